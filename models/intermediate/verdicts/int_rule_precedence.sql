-- One row per rule and rule that takes its findings over, the preferred one first.

with

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

precedence as (

    select
        rules.rule_code,
        leading_rules.rule_code as leading_rule_code,
        strpos('|' || rules.yields_to || '|', '|' || leading_rules.rule_code || '|')
            as preference
    from rules
    inner join rules as leading_rules
        on
            rules.rule_code != leading_rules.rule_code
            and strpos(
                '|' || rules.yields_to || '|', '|' || leading_rules.rule_code || '|'
            ) > 0

)

select * from precedence
