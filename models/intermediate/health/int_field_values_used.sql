-- One row per use of a value in a field whose values the policy maps: a change to it,
-- or a record, deal or user that holds it today.
{{ config(materialized='view') }} -- read once

{% set held = {
    'lifecycle_stage': 'lifecycle_stage_value',
    'lead_status': 'lead_status_value',
    'rejection_reason': 'rejection_reason_value',
    'lead_source': 'lead_source_value',
} %}
{% set held_by_deals = {
    'deal_stage': 'deal_stage_value',
    'pipeline': 'pipeline',
    'rejection_reason': 'lost_reason_value',
} %}
with

changes as (

    select * from {{ ref('int_changes_unioned') }}

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

deals as (

    select * from {{ ref('int_deals_unioned') }}

),

users as (

    select * from {{ ref('int_users_unioned') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

uses as (

    select
        changes.source_system,
        changes.record_id,
        changes.concept,
        changes.new_value as source_value,
        false as is_today,
        changes.changed_at as used_at
    from changes
    where changes.concept in ('{{ (held.keys() | list + held_by_deals.keys() | list)
        | unique | join("', '") }}')
    union all
    select
        source_system,
        record_id,
        'change_source',
        change_source,
        false,
        changed_at
    from changes
    {% for concept, field in held.items() %}
    union all
    select
        records.source_system,
        records.record_id,
        '{{ concept }}',
        records.{{ field }},
        true,
        build.as_of
    from records
    cross join build
    where not records.is_deleted
    {% endfor %}
    {% for concept, field in held_by_deals.items() %}
    union all
    select
        deals.source_system,
        deals.deal_id,
        '{{ concept }}',
        deals.{{ field }},
        true,
        build.as_of
    from deals
    cross join build
    where not deals.is_deleted
    {% endfor %}
    union all
    select
        users.source_system,
        users.user_id,
        'team',
        users.source_team,
        true,
        build.as_of
    from users
    cross join build

)

select * from uses
where source_value is not null
