-- One row per deal and unbroken stretch of time in one pipeline, with what is sold
-- in it.

with

deals as (

    select * from {{ ref('int_deals_unioned') }}

),

changes as (

    select * from {{ ref('int_changes_unioned') }}
    where
        concept = 'pipeline' and object_type = 'deal'
        and (old_value is not null or new_value is not null)

),

pipelines as (

    select * from {{ ref('deal_pipelines') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

ordered as (

    select
        record_id as deal_id,
        old_value,
        new_value,
        changed_at,
        lead(changed_at) over in_order as next_changed_at,
        row_number() over in_order as change_number
    from changes
    window in_order as (
        partition by record_id
        order by changed_at, new_value nulls first, old_value nulls first
    )

),

last_changes as (

    select
        deal_id,
        new_value
    from ordered
    where next_changed_at is null

),

-- Before its first change a deal was where that change took it from; after its last one
-- where it was put, unless the deal itself says otherwise today.
stretches as (

    select
        deal_id,
        coalesce(old_value, new_value) as pipeline,
        true as is_dated,
        timestamp '1900-01-01' as valid_from,
        changed_at as valid_to
    from ordered
    where change_number = 1

    union all

    select
        deal_id,
        new_value,
        true,
        changed_at,
        coalesce(next_changed_at, timestamp '9999-12-31')
    from ordered

    union all

    select
        deals.deal_id,
        deals.pipeline,
        false,
        timestamp '1900-01-01',
        timestamp '9999-12-31'
    from deals
    left join last_changes on deals.deal_id = last_changes.deal_id
    where last_changes.deal_id is null

),

told as (

    select
        stretches.deal_id,
        deals.source_system,
        stretches.pipeline,
        stretches.is_dated,
        stretches.valid_from,
        case
            when
                stretches.valid_to = timestamp '9999-12-31'
                and lower(trim(stretches.pipeline)) <> lower(trim(deals.pipeline))
                then build.as_of
            else stretches.valid_to
        end as valid_to
    from stretches
    cross join build
    inner join deals on stretches.deal_id = deals.deal_id

    union all

    select
        deals.deal_id,
        deals.source_system,
        deals.pipeline,
        false,
        build.as_of,
        timestamp '9999-12-31'
    from deals
    cross join build
    inner join last_changes on deals.deal_id = last_changes.deal_id
    where lower(trim(last_changes.new_value)) <> lower(trim(deals.pipeline))

),

named as (

    -- distinct: many deals share a pipeline
    select distinct
        source_system,
        lower(trim(pipeline)) as pipeline_key
    from told
    where pipeline is not null

),

kinds as (

    select
        named.source_system,
        named.pipeline_key,
        pipelines.pipeline_kind
    from named
    inner join pipelines
        on
            pipelines.source_system in (named.source_system, 'any')
            and lower(trim(pipelines.pipeline)) in (named.pipeline_key, 'any')
    qualify
        row_number() over (
            partition by named.source_system, named.pipeline_key
            order by pipelines.pipeline = 'any', pipelines.source_system = 'any'
        ) = 1

),

deal_pipelines as (

    select
        told.deal_id,
        told.pipeline,
        -- a pipeline that the policy does not name is where things are sold
        coalesce(kinds.pipeline_kind, 'new_business') as pipeline_kind,
        told.is_dated,
        told.valid_to = timestamp '9999-12-31' as is_current,
        told.valid_from,
        told.valid_to
    from told
    left join kinds
        on
            told.source_system = kinds.source_system
            and lower(trim(told.pipeline)) = kinds.pipeline_key
    where told.valid_from < told.valid_to

)

select * from deal_pipelines
