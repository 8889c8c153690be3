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
        when not has_authority then 'no_authority'
        else 'counted'
    end as first_fate
from allowed
