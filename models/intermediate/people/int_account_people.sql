-- One row per account that has live people, with how many and their segment.

with

people as (

    select * from {{ ref('int_people') }}
    where account_id is not null and not is_deleted

),

ranked as (

    select
        account_id,
        segment,
        row_number() over (
            partition by account_id
            order by created_at asc nulls last, person_id asc
        ) as person_rank
    from people

),

accounts as (

    select
        account_id,
        max(case when person_rank = 1 then segment end) as segment,
        count(*) as person_count
    from ranked
    group by account_id

)

select * from accounts
