-- One row per deal created by as_of, with its stage and its closing as of that moment.

with

deals as (

    select * from {{ ref('int_deals_landed') }}

),

held as (

    select * from {{ ref('int_record_values_held') }}
    where object_type = 'deal'

),

changes as (

    select * from {{ ref('int_changes_unioned') }}

),

sources as (

    select * from {{ ref('int_sources') }}

),

unborn as (

    select * from {{ ref('int_records_unborn') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

last_stages as (

    select
        record_id,
        new_value
    from changes
    where concept = 'deal_stage' and object_type = 'deal' and new_value is not null
    qualify
        row_number() over (
            partition by record_id
            order by changed_at desc, new_value asc
        ) = 1

),

-- The landed row is that of the extract; at an earlier as_of the history knows better.
at_as_of as (

    select
        deals.deal_id,
        case
            when as_of.as_of < sources.extracted_at
                then coalesce(last_stages.new_value, held.deal_stage_value)
            else held.deal_stage_value
        end as deal_stage_value,
        coalesce(
            as_of.as_of < sources.extracted_at and deals.close_date_at > as_of.as_of,
            false
        ) as is_closed_later,
        as_of.is_past and deals.close_date_at is null as is_flag_undated,
        -- a date outside the life of its record tells nothing of it
        case
            when
                deals.close_date_at <= as_of.as_of
                and coalesce(
                    not deals.is_close_day
                    or {{ local_date('deals.close_date_at') }}
                    >= {{ local_date('deals.created_at') }},
                    true
                )
                then deals.close_date_at
        end as closed_at,
        deals.is_close_day as is_closed_by_day
    from deals
    cross join as_of
    left join sources on deals.source_system = sources.source_system
    left join held on deals.deal_id = held.record_id
    left join last_stages on deals.deal_id = last_stages.record_id
    left join unborn on deals.deal_id = unborn.record_id
    where
        unborn.record_id is null
        and (deals.created_at is null or deals.created_at <= as_of.as_of)

)

select * from at_as_of
