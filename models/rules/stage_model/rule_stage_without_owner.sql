-- One row per stage in force, judged for lacking an owner or a purpose (SM05).

with

stages as (

    select * from {{ ref('int_policy_stages') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

checked as (

    select
        stages.stage_key,
        stages.label,
        as_of.as_of,
        coalesce(trim(stages.owner_team), '') = '' as is_without_owner,
        coalesce(trim(stages.reporting_purpose), '') = '' as is_without_purpose
    from stages
    cross join as_of
    where as_of.as_of >= stages.valid_from and as_of.as_of < stages.valid_to

),

judged as (

    select
        stage_key as subject_key,
        case
            when is_without_owner or is_without_purpose then 'broken'
            else 'passed'
        end as verdict,
        cast(null as varchar) as reason,
        as_of as judged_at,
        as_of as occurred_at,
        case
            when is_without_owner and is_without_purpose
                then label || ' has no owner team and no reporting purpose'
            when is_without_owner then label || ' has no owner team'
            when is_without_purpose then label || ' has no reporting purpose'
        end as evidence
    from checked

)

select * from judged
