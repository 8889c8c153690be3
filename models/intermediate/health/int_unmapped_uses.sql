-- One row per use of a value that no mapping of the policy knew at that moment.

with

fields as (

    select * from {{ ref('int_field_values_used') }}

),

activities as (

    select * from {{ ref('int_activities_unioned') }}

),

teams as (

    select * from {{ ref('int_user_teams_seen') }}

),

known as (

    select * from {{ ref('int_known_values') }}

),

uses as (

    select * from fields
    union all
    select
        source_system,
        record_id,
        'activity_type',
        activity_type,
        false,
        occurred_at
    from activities
    where activity_type is not null
    union all
    select
        source_system,
        user_id,
        'team',
        source_team,
        false,
        observed_at
    from teams

)

select
    uses.source_system,
    uses.record_id,
    uses.concept,
    uses.source_value,
    uses.is_today,
    uses.used_at
from uses
left join known
    on
        uses.concept = known.concept
        and uses.source_system = known.source_system
        and lower(trim(uses.source_value)) = known.source_value_key
        and uses.used_at >= known.valid_from
        and uses.used_at < known.valid_to
where known.concept is null
