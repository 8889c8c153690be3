-- Stays of one subject in one kind of timeline that begin before the one before ends.

with

stays as (

    select
        'stage' as kind,
        person_id as subject_id,
        visit_id,
        valid_from,
        valid_to
    from {{ ref('fct_stage_visits') }}
    union all
    select
        'status' as kind,
        record_id as subject_id,
        visit_id,
        valid_from,
        valid_to
    from {{ ref('fct_status_visits') }}
    union all
    select
        'deal stage' as kind,
        deal_id as subject_id,
        visit_id,
        valid_from,
        valid_to
    from {{ ref('fct_deal_stage_visits') }}
    union all
    select
        'owner' as kind,
        coalesce(record_id, deal_id) as subject_id,
        visit_id,
        valid_from,
        valid_to
    from {{ ref('fct_owner_visits') }}

),

followed as (

    select
        *,
        lead(valid_from) over (
            partition by kind, subject_id
            order by valid_from asc, visit_id asc
        ) as next_valid_from
    from stays

)

select * from followed
where coalesce(valid_to, timestamp '9999-12-31 00:00:00') > next_valid_from
