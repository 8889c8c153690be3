-- One row per stage change of a person's records, with whether the record may speak.

with

changes as (

    select * from {{ ref('int_changes_ranked') }}
    where concept = 'lifecycle_stage' and object_type <> 'company'

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

exclusions as (

    select * from {{ ref('int_excluded_records') }}

),

lives as (

    select * from {{ ref('int_record_lives') }}
    where not is_merge

),

merged_away as (

    select * from {{ ref('int_record_merges') }}
    where object_type <> 'deal' and merged_at is not null

),

survivors as (

    select * from {{ ref('int_record_survivors') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

kinds_with_stages as (

    -- distinct: a kind has many changes
    select distinct
        source_system,
        object_type
    from changes

),

-- Where the survivor tells no stages, those of what it took in go on speaking.
merged_into_told as (

    select
        merged_away.record_id,
        merged_away.merged_at
        + settings.clear_set_minutes * interval '1' minute as speaks_until
    from merged_away
    cross join settings
    inner join survivors on merged_away.record_id = survivors.record_id
    inner join kinds_with_stages
        on
            split_part(survivors.survivor_id, ':', 1) = kinds_with_stages.source_system
            and split_part(survivors.survivor_id, ':', 2)
            = kinds_with_stages.object_type

),

authority as (

    select * from {{ ref('stage_authority') }}

),

authorised_sources as (

    -- distinct: a source has a row a stage
    select distinct source_system from authority

),

allowed as (

    select
        clusters.cluster_key as person_key,
        changes.*,
        exclusions.record_id is not null as is_excluded,
        lives.record_key is not null as is_deleted,
        coalesce(changes.changed_at > merged_into_told.speaks_until, false)
            as is_after_merge,
        changes.mapped_value is null
        or authorised_sources.source_system is null
        or authority.lifecycle_stage is not null as has_authority
    from changes
    inner join clusters on changes.record_key = clusters.record_key
    left join exclusions
        on
            changes.record_id = exclusions.record_id
            and changes.changed_at >= exclusions.valid_from
            and changes.changed_at < exclusions.valid_to
    left join lives
        on
            changes.record_key = lives.record_key
            and changes.changed_at >= lives.absent_from
            and (changes.changed_at < lives.absent_to or lives.absent_to is null)
    left join merged_into_told on changes.record_id = merged_into_told.record_id
    left join authorised_sources
        on changes.source_system = authorised_sources.source_system
    left join authority
        on
            changes.source_system = authority.source_system
            and changes.mapped_value = authority.lifecycle_stage
            and (
                authority.valid_from is null
                or changes.changed_at >= authority.valid_from
            )
            and (authority.valid_to is null or changes.changed_at < authority.valid_to)
    -- one row a change, should policy rows overlap
    qualify row_number() over (
        partition by changes.change_key
        order by exclusions.valid_from, lives.absent_from, authority.valid_from
    ) = 1

)

select
    *,
    case
        when is_excluded then 'excluded_record'
        when is_deleted then 'deleted_record'
        when is_after_merge then 'after_merge'
        when not has_authority then 'no_authority'
        else 'counted'
    end as first_fate
from allowed
