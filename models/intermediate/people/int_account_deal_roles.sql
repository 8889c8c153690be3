-- One row per live deal of an account, with the stage role that the deal supports.

with

deals as (

    select * from {{ ref('int_deals') }}
    where account_id is not null and not is_deleted and pipeline_kind != 'ignored'

),

deal_stages as (

    select * from {{ ref('deal_stages') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

-- The source's own row wins over `any`, then the pipeline's own.
matched as (

    select
        deals.deal_id,
        deals.account_id,
        deals.created_at,
        deals.won_at,
        deal_stages.supports_role,
        row_number() over (
            partition by deals.deal_id
            order by
                case when deal_stages.source_system = 'any' then 1 else 0 end asc,
                case when deal_stages.pipeline = 'any' then 1 else 0 end asc,
                deal_stages.valid_from desc nulls last
        ) as match_rank
    from deals
    cross join as_of
    inner join deal_stages
        on
            lower(deals.deal_stage) = lower(deal_stages.deal_stage)
            and deal_stages.source_system in (split_part(deals.deal_id, ':', 1), 'any')
            and deal_stages.pipeline in (deals.pipeline, 'any')
            and coalesce(as_of.as_of >= deal_stages.valid_from, true)
            and coalesce(as_of.as_of < deal_stages.valid_to, true)

),

supported as (

    select
        deal_id,
        account_id,
        supports_role as stage_role,
        coalesce(won_at, created_at) as stage_entered_at
    from matched
    where match_rank = 1 and supports_role is not null

)

select * from supported
