-- One row per version of a record or deal and timeline concept that the version tells,
-- for records with several versions and for those that date fields speak of.

with

record_versions as (

    select * from {{ ref('int_record_versions') }}

),

field_versions as (

    select * from {{ ref('int_field_versions') }}

),

field_mappings as (

    select * from {{ ref('int_field_mappings') }}
    where concept in ('lifecycle_stage', 'lead_status', 'owner', 'deal_stage')

),

load_fields as (

    select * from {{ ref('int_load_fields') }}

),

held as (

    select * from {{ ref('int_record_concepts') }}

),

stage_dates as (

    select * from {{ ref('int_stage_dates') }}
    where is_used

),

user_names as (

    select * from {{ ref('int_user_names') }}

),

concerned as (

    select record_id from record_versions
    where not is_current
    union
    select record_id from stage_dates

),

-- distinct: two versions of one load may bear one stamp
versions as (

    select distinct
        source_system,
        object_type,
        record_id,
        load_id,
        seen_at,
        modified_at,
        is_current
    from record_versions
    where record_id in (select concerned.record_id from concerned)

),

-- A version tells of a field only if the files of its load had it.
told as (

    -- distinct: several fields may hold one concept
    select distinct
        versions.*,
        field_mappings.concept
    from versions
    inner join field_mappings
        on
            versions.source_system = field_mappings.source_system
            and versions.object_type = field_mappings.object_type
    inner join load_fields
        on
            versions.load_id = load_fields.load_id
            and field_mappings.object_type = load_fields.object_type
            and field_mappings.source_field = load_fields.source_field

),

read as (

    select
        field_versions.record_id,
        field_versions.load_id,
        field_versions.seen_at,
        field_versions.modified_at,
        field_mappings.concept,
        field_versions.source_field,
        {{ concept_value('field_mappings', 'field_versions.value') }} as value
    from field_versions
    inner join field_mappings
        on
            field_versions.source_system = field_mappings.source_system
            and field_versions.object_type = field_mappings.object_type
            and field_versions.source_field = field_mappings.source_field
    qualify
        row_number() over (
            partition by
                field_versions.record_id, field_versions.load_id,
                field_versions.seen_at, field_versions.modified_at,
                field_mappings.concept
            order by field_versions.source_field, field_versions.value
        ) = 1

),

superseded_values as (

    select
        read.record_id,
        read.load_id,
        read.seen_at,
        read.modified_at,
        read.concept,
        read.source_field,
        coalesce(user_names.user_id, read.value) as value
    from read
    left join user_names on read.value = user_names.named_id

),

seen as (

    select
        told.source_system,
        told.object_type,
        told.record_id,
        told.concept,
        coalesce(superseded_values.source_field, held.source_field) as source_field,
        case
            when told.is_current then held.value else superseded_values.value
        end as value,
        told.is_current,
        told.seen_at,
        coalesce(told.modified_at, told.seen_at) as modified_at
    from told
    left join superseded_values
        on
            not told.is_current
            and told.record_id = superseded_values.record_id
            and told.load_id = superseded_values.load_id
            and told.seen_at = superseded_values.seen_at
            and told.modified_at is not distinct from superseded_values.modified_at
            and told.concept = superseded_values.concept
    left join held
        on
            told.is_current
            and told.record_id = held.record_id
            and told.concept = held.concept

)

select * from seen
