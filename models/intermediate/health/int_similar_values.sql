-- One row per unmapped value that differs from one the policy knows only by signs and
-- blanks, or whose label in the source does.

with

unmapped_values as (

    select * from {{ ref('int_unmapped_values') }}
    where concept in ('lifecycle_stage', 'lead_status', 'rejection_reason')

),

value_mappings as (

    select * from {{ ref('value_mappings') }}

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

reasons as (

    select * from {{ ref('reasons') }}

),

named as (

    select
        concept,
        source_value as known_as,
        value
    from value_mappings
    union all
    select
        'lifecycle_stage' as concept,
        label as known_as,
        lifecycle_stage as value
    from stages
    union all
    select
        'rejection_reason' as concept,
        label as known_as,
        reason_code as value
    from reasons

),

-- A name that stands for two things suggests neither.
names as (

    select
        concept,
        {{ name_key('known_as') }} as name_key,
        min(value) as value
    from named
    group by concept, {{ name_key('known_as') }}
    having count(distinct value) = 1

)

select
    unmapped_values.source_system,
    unmapped_values.concept,
    unmapped_values.source_value_key,
    coalesce(by_value.value, by_label.value) as value
from unmapped_values
left join names as by_value
    on
        unmapped_values.concept = by_value.concept
        and {{ name_key('unmapped_values.source_value_key') }} = by_value.name_key
left join names as by_label
    on
        unmapped_values.concept = by_label.concept
        and {{ name_key('unmapped_values.source_label') }} = by_label.name_key
where coalesce(by_value.value, by_label.value) is not null
