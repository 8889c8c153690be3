-- One row per source, concept and value that no mapping of the policy knows.

{% set seeds = {
    'lifecycle_stage': 'value_mappings',
    'lead_status': 'value_mappings',
    'rejection_reason': 'value_mappings',
    'deal_stage': 'deal_stages',
    'pipeline': 'deal_pipelines',
    'change_source': 'change_sources',
    'activity_type': 'activity_types',
    'lead_source': 'lead_sources',
    'team': 'team_mappings',
} %}
with

as_of as (

    select * from {{ ref('int_as_of') }}

),

unmapped_values as (

    select * from {{ ref('int_unmapped_values') }}

),

similar_values as (

    select * from {{ ref('int_similar_values') }}

),

-- A value may be anything that somebody typed: an address in it is not repeated.
masked as (

    select
        unmapped_values.*,
        md5(
            unmapped_values.source_system || '|' || unmapped_values.concept || '|'
            || unmapped_values.source_value_key
        ) as unmapped_value_id,
        case unmapped_values.concept
            {% for concept, seed in seeds.items() %}
            when '{{ concept }}' then '{{ seed }}'
            {% endfor %}
        end as seed,
        unmapped_values.source_value like '%@%' as is_masked,
        case
            when unmapped_values.source_value like '%@%' then '(an address)'
            else unmapped_values.source_value
        end as shown_value,
        coalesce(similar_values.value, unmapped_values.deal_role) as suggested_value
    from unmapped_values
    left join similar_values
        on
            unmapped_values.source_system = similar_values.source_system
            and unmapped_values.concept = similar_values.concept
            and unmapped_values.source_value_key = similar_values.source_value_key

),

quoted as (

    select
        *,
        {{ csv_cell('source_value') }} as value_cell,
        {{ csv_cell('pipeline') }} as pipeline_cell,
        {{ csv_cell('coalesce(source_label, source_value)') }} as label_cell,
        coalesce(suggested_value, '?') as suggested_cell,
        case deal_role when 'won' then 'customer' when 'open' then 'opportunity' end
            as supports_role
    from masked

),

suggested as (

    select
        unmapped_value_id,
        source_system,
        concept,
        seed,
        shown_value as source_value,
        case when not is_masked then source_label end as source_label,
        suggested_value,
        case
            when is_masked then null
            when seed = 'value_mappings'
                then
                    concept || ',' || source_system || ',' || value_cell || ','
                    || suggested_cell || ',,,'
            when seed = 'deal_stages'
                then
                    source_system || ',' || pipeline_cell || ',' || value_cell || ','
                    || label_cell || ',' || suggested_cell || ','
                    || coalesce(supports_role, '') || ',,'
            when seed = 'deal_pipelines'
                then source_system || ',' || value_cell || ',' || label_cell || ',?'
            when seed = 'change_sources'
                then source_system || ',' || value_cell || ',?'
            when seed = 'activity_types'
                then
                    source_system || ',' || value_cell
                    || ',%,any,50,?,0,false,false,false,,'
            when seed = 'lead_sources'
                then
                    value_cell || ',' || coalesce(suggested_value, value_cell)
                    || ',?,?,?,,'
            else source_system || ',' || value_cell || ',' || suggested_cell
        end as suggested_row,
        record_count,
        current_record_count,
        change_count,
        first_used_at,
        last_used_at
    from quoted

),

as_known as (

    select
        suggested.*,
        as_of.as_of
    from suggested
    cross join as_of

)

select * from as_known
