-- One row per handoff that somebody owned, with whose it was and how long.

with

owners as (

    select * from {{ ref('int_handoff_owners') }}

),

days as (

    select * from {{ ref('int_business_days') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

placed as (

    select
        owners.*,
        lag(owners.owner_id) over (
            partition by owners.visit_key order by owners.owned_from, owners.owner_id
        ) as previous_owner_id,
        settings.business_time_zone as time_zone
    from owners
    cross join settings

),

measured as (

    select
        placed.*,
        {{ working_minutes_at('placed.owned_to', 'last_days') }}
        - {{ working_minutes_at('placed.owned_from', 'first_days') }} as owned_minutes
    from placed
    left join days as first_days
        on
            cast(
                {{ local_time('placed.owned_from', 'placed.time_zone') }} as date
            )
            = first_days.local_date
    left join days as last_days
        on
            cast(
                {{ local_time('placed.owned_to', 'placed.time_zone') }} as date
            )
            = last_days.local_date

),

assigned as (

    select
        visit_key,
        min(owner_id) filter (where owned_from = offered_at) as owner_id,
        count(*) filter (
            where previous_owner_id is not null and previous_owner_id <> owner_id
        ) as owner_change_count,
        sum(greatest(owned_minutes, 0)) as owned_minutes,
        min(owned_from) as assigned_at
    from measured
    group by visit_key

)

select * from assigned
