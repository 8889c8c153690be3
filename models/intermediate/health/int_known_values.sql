-- One row per source, concept and source value that the policy maps, and stretch of
-- time in which it does.

{% set seeds = {
    'deal_stage': ['deal_stages', 'deal_stage', true],
    'pipeline': ['deal_pipelines', 'pipeline', false],
    'change_source': ['change_sources', 'change_source', false],
    'activity_type': ['activity_types', 'activity_type', true],
    'team': ['team_mappings', 'source_team', false],
} %}
with

value_mappings as (

    select * from {{ ref('int_value_mappings') }}

),

sources as (

    select * from {{ ref('int_sources') }}

),

lead_sources as (

    select * from {{ ref('lead_sources') }}

),

{% for concept, (seed, field, is_dated) in seeds.items() %}
{{ concept }}_rows as (

    select
        '{{ concept }}' as concept,
        source_system as policy_source,
        {{ field }} as source_value,
        {{ 'valid_from' if is_dated else 'cast(null as date)' }} as valid_on,
        {{ 'valid_to' if is_dated else 'cast(null as date)' }} as invalid_on
    from {{ ref(seed) }}

),

{% endfor %}
stated as (

    {% for concept in seeds %}
    select * from {{ concept }}_rows
    union all
    {% endfor %}
    select
        'lead_source',
        'any',
        source_value,
        valid_from,
        valid_to
    from lead_sources

),

known as (

    select
        concept,
        source_system,
        source_value_key,
        valid_from,
        valid_to
    from value_mappings
    union all
    select
        stated.concept,
        sources.source_system,
        lower(trim(stated.source_value)),
        coalesce(
            {{ local_midnight('stated.valid_on') }}, timestamp '1900-01-01 00:00:00'
        ),
        coalesce(
            {{ local_midnight('stated.invalid_on') }}, timestamp '9999-12-31 00:00:00'
        )
    from stated
    inner join sources on stated.policy_source in ('any', sources.source_system)

)

-- distinct: a deal stage has a row a pipeline, an activity type one an asset
select distinct * from known
