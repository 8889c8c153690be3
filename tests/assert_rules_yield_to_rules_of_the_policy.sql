-- Codes in rules.yields_to that the policy does not hold.

with

rules as (

    select * from {{ ref('rules') }}

),

known as (

    select
        rules.rule_code,
        rules.yields_to,
        string_agg(leaders.rule_code, '|') as leaders
    from rules
    left join rules as leaders
        on '|' || rules.yields_to || '|' like '%|' || leaders.rule_code || '|%'
    where rules.yields_to is not null
    group by rules.rule_code, rules.yields_to

)

-- A leader that is not found leaves the list of those found shorter.
select * from known
where length(yields_to) is distinct from length(leaders)
