-- One row per source, concept and value that no mapping of the policy knows.

with

uses as (

    select * from {{ ref('int_unmapped_uses') }}

),

labels as (

    select * from {{ ref('int_value_labels') }}

),

deals as (

    select * from {{ ref('int_deals_unioned') }}

),

counted as (

    select
        source_system,
        concept,
        lower(trim(source_value)) as source_value_key,
        min(trim(source_value)) as source_value,
        count(distinct record_id) as record_count,
        count(distinct record_id) filter (where is_today) as current_record_count,
        count(*) filter (where not is_today) as change_count,
        min(used_at) filter (where not is_today) as first_used_at,
        max(used_at) filter (where not is_today) as last_used_at
    from uses
    group by source_system, concept, lower(trim(source_value))

),

-- what the deals that are there today say of their stage
deal_stages as (

    select
        source_system,
        lower(trim(deal_stage_value)) as deal_stage_key,
        case when min(pipeline) = max(pipeline) then min(pipeline) else 'any' end
            as pipeline,
        case
            when bool_and(is_won) then 'won'
            when bool_and(is_closed and not is_won) then 'lost'
            when bool_and(not is_closed) then 'open'
        end as deal_role
    from deals
    where not is_deleted and deal_stage_value is not null
    group by source_system, lower(trim(deal_stage_value))

),

described as (

    select
        counted.source_system,
        counted.concept,
        counted.source_value_key,
        counted.source_value,
        labels.label as source_label,
        coalesce(deal_stages.pipeline, 'any') as pipeline,
        deal_stages.deal_role,
        counted.record_count,
        counted.current_record_count,
        counted.change_count,
        counted.first_used_at,
        counted.last_used_at
    from counted
    left join labels
        on
            counted.concept = labels.concept
            and counted.source_system = labels.source_system
            and counted.source_value_key = labels.source_value_key
    left join deal_stages
        on
            counted.concept = 'deal_stage'
            and counted.source_system = deal_stages.source_system
            and counted.source_value_key = deal_stages.deal_stage_key

)

select * from described
