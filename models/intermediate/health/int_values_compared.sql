-- One row per live record or deal and timeline's field whose history has landed, with
-- whether the history ends in what the record holds today.

{% set fields = {
    'lifecycle_stage': 'lifecycle_stage_value',
    'lead_status': 'lead_status_value',
    'owner': 'owner_value',
    'deal_stage': 'deal_stage_value',
} %}
with

changes as (

    select * from {{ ref('int_landed_changes') }}
    where concept <> 'is_deleted'

),

records as (

    select * from {{ ref('int_timeline_records') }}

),

landed_records as (

    select record_id from {{ ref('int_records_landed') }}
    union all
    select deal_id from {{ ref('int_deals_landed') }}

),

-- the record holds what is dated in the future already
futures as (

    -- distinct: a field may have several such values
    select distinct
        record_id,
        concept
    from {{ ref('int_future_changes') }}

),

sources as (

    select * from {{ ref('int_sources') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

last_moments as (

    select * from changes
    qualify changed_at = max(changed_at) over (partition by record_key, concept)

),

today as (

    {% for concept, field in fields.items() %}
    select
        records.record_key,
        records.record_id,
        records.source_system,
        records.object_type,
        '{{ concept }}' as concept,
        records.{{ field }} as current_value,
        records.is_deleted,
        bool_or(records.{{ field }} is not null) over (
            partition by records.source_system, records.object_type
        ) as is_field_landed
    from records
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

compared as (

    select
        today.record_key,
        today.record_id,
        today.source_system,
        today.object_type,
        today.concept,
        last_moments.new_value as last_value,
        today.current_value,
        -- values of one moment have no order of their own: any may be the last
        bool_or(
            lower(trim(last_moments.new_value))
            is not distinct from lower(trim(today.current_value))
        ) over of_record as is_agreeing,
        bool_and(last_moments.known_by = 'history') over of_record
        and futures.record_id is null as is_told,
        -- the landed record is that of the extract, not of an earlier moment
        coalesce(build.as_of < sources.extracted_at, false) as is_undated,
        last_moments.changed_at as last_changed_at,
        last_moments.change_key
    from today
    inner join landed_records on today.record_id = landed_records.record_id
    inner join last_moments
        on
            today.record_key = last_moments.record_key
            and today.concept = last_moments.concept
    cross join build
    left join futures
        on today.record_id = futures.record_id and today.concept = futures.concept
    left join sources on today.source_system = sources.source_system
    where today.is_field_landed and not today.is_deleted
    window of_record as (partition by today.record_key, today.concept)

)

select
    record_key,
    record_id,
    source_system,
    object_type,
    concept,
    last_value,
    current_value,
    is_agreeing,
    is_undated,
    last_changed_at
from compared
where is_told
qualify
    row_number() over (
        partition by record_key, concept
        order by change_key desc
    ) = 1
