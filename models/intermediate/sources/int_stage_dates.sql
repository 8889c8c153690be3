-- One row per record or deal and stage for which a mapped date field says when it was
-- entered, with whether it makes a stay.

with

written as (

    select * from {{ ref('int_stage_dates_written') }}

),

records as (

    select
        record_id,
        created_at
    from {{ ref('int_records_landed') }}
    union all
    select
        deal_id,
        created_at
    from {{ ref('int_deals_landed') }}

),

changes as (

    select * from {{ ref('int_changes_by_concept') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

settings as (

    select creation_window_seconds * interval '1' second as creation_window
    from {{ ref('int_settings') }}

),

read as (

    select
        written.source_system,
        written.object_type,
        written.record_id,
        case written.object_type
            when 'deal' then 'deal_stage' else 'lifecycle_stage'
        end as concept,
        written.source_field,
        written.stage_value,
        {{ try_moment_of('written.value') }} as written_at,
        records.created_at
    from written
    inner join records on written.record_id = records.record_id

),

-- A date without a time is the whole day, as the reporting time zone has it.
placed as (

    select
        *,
        written_at = date_trunc('day', written_at) as is_day,
        case
            when written_at > date_trunc('day', written_at) then written_at
            when {{ local_date('created_at') }} = cast(written_at as date)
                then created_at
            else {{ local_midnight('cast(written_at as date)') }}
        end as dated_at
    from read
    where written_at is not null

),

first_changes as (

    select
        placed.record_id,
        placed.concept,
        min(changes.changed_at) as first_change_at,
        {{ local_date('min(changes.changed_at)') }} as first_changed_on
    from placed
    inner join changes
        on placed.record_id = changes.record_id and placed.concept = changes.concept
    group by placed.record_id, placed.concept

),

-- History speaks wherever it reaches: a date counts only before its first change.
judged as (

    select
        placed.*,
        placed.dated_at <= as_of.as_of
        and coalesce(
            placed.dated_at >= placed.created_at - settings.creation_window, true
        )
        and coalesce(
            case
                when placed.is_day
                    then
                        cast(placed.written_at as date) < first_changes.first_changed_on
                else
                    placed.dated_at + settings.creation_window
                    < first_changes.first_change_at
            end,
            true
        ) as is_used
    from placed
    cross join as_of
    cross join settings
    left join first_changes
        on
            placed.record_id = first_changes.record_id
            and placed.concept = first_changes.concept

),

stage_dates as (

    select
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        stage_value,
        is_used,
        dated_at,
        case when is_used then greatest(dated_at, coalesce(created_at, dated_at)) end
            as entered_at
    from judged

)

select * from stage_dates
