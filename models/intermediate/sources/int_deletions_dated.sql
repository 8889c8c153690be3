-- One row per deletion or return that is not a landed change, with its moment: the
-- source's own, or between the last sight of the record and the load that showed it.

with

landed as (

    select * from {{ ref('int_deletions_landed') }}

),

observed as (

    select * from {{ ref('int_deletions_observed') }}

),

versions as (

    select * from {{ ref('int_record_versions') }}

),

sights as (

    select
        record_id,
        seen_at
    from versions
    union all
    select
        record_id,
        observed_at as seen_at
    from observed

),

-- What a load showed stands for the moment of that load.
last_sights as (

    select
        observed.record_id,
        observed.observed_at,
        max(sights.seen_at) as last_seen_at
    from observed
    inner join sights
        on
            observed.record_id = sights.record_id
            and observed.observed_at > sights.seen_at
    group by observed.record_id, observed.observed_at

),

unioned as (

    -- what the load itself marked was observed, not landed
    select
        landed.source_system,
        landed.object_type,
        landed.record_id,
        landed.is_deleted,
        case when landed.deleted_at is null then 'observed' else 'history' end
            as known_by,
        landed.last_seen_at,
        coalesce(landed.deleted_at, landed.known_at) as changed_at
    from landed
    left join observed
        on landed.record_id = observed.record_id and landed.load_id = observed.load_id
    where observed.record_id is null
    union all
    select
        observed.source_system,
        observed.object_type,
        observed.record_id,
        observed.is_deleted,
        'observed' as known_by,
        last_sights.last_seen_at,
        observed.observed_at as changed_at
    from observed
    left join last_sights
        on
            observed.record_id = last_sights.record_id
            and observed.observed_at = last_sights.observed_at

),

created as (

    select
        record_id,
        created_at
    from {{ ref('int_records_landed') }}
    union all
    select
        deal_id as record_id,
        created_at
    from {{ ref('int_deals_landed') }}

),

deletions as (

    select
        unioned.source_system,
        unioned.object_type,
        unioned.record_id,
        unioned.is_deleted,
        unioned.known_by,
        -- what nobody saw before was there from its creation, or begins here
        case
            when unioned.known_by = 'observed'
                then least(
                    coalesce(unioned.last_seen_at, created.created_at),
                    unioned.changed_at
                )
        end as changed_after,
        unioned.changed_at
    from unioned
    left join created on unioned.record_id = created.record_id

)

select * from deletions
