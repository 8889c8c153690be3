-- One row per handoff that sales acted upon, with its first action. What sales does
-- from the person's next handoff on is its answer to that one.

with

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'mql' and not is_restored

),

sales_touches as (

    select * from {{ ref('int_person_activities') }}
    where is_sales

),

offers as (

    select
        visit_key,
        person_key,
        valid_from as offered_at,
        lead(valid_from) over (
            partition by person_key order by valid_from
        ) as next_offered_at
    from visits

),

first_actions as (

    select
        offers.visit_key,
        min(sales_touches.occurred_at) as first_action_at
    from offers
    inner join sales_touches
        on
            offers.person_key = sales_touches.person_key
            and offers.offered_at <= sales_touches.occurred_at
            and (
                offers.next_offered_at is null
                or offers.next_offered_at > sales_touches.occurred_at
            )
    group by offers.visit_key

)

select * from first_actions
