-- One row per record whose stage is dated where it cannot be: the first change after
-- the extract, else the first editable date outside the record's life.

with

future_changes as (

    select * from {{ ref('int_future_changes') }}
    where concept = 'lifecycle_stage'

),

stage_dates as (

    select * from {{ ref('int_stage_dates') }}
    where concept = 'lifecycle_stage'

),

births as (

    select * from {{ ref('int_record_births') }}

),

sources as (

    select * from {{ ref('int_sources') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

misplaced as (

    select
        record_id,
        cast(null as varchar) as source_field,
        cast(null as timestamp) as born_at,
        changed_at as dated_at
    from future_changes
    union all
    select
        stage_dates.record_id,
        stage_dates.source_field,
        case when stage_dates.dated_at < births.born_at then births.born_at end,
        stage_dates.dated_at
    from stage_dates
    cross join settings
    inner join sources on stage_dates.source_system = sources.source_system
    left join births on stage_dates.record_id = births.record_id
    where
        stage_dates.dated_at > sources.extracted_at
        or (
            births.is_known
            and stage_dates.dated_at
            < births.born_at - settings.creation_window_seconds * interval '1' second
        )

)

select
    record_id,
    source_field,
    born_at,
    dated_at
from misplaced
qualify
    row_number() over (
        partition by record_id
        order by source_field asc nulls first, dated_at asc
    ) = 1
