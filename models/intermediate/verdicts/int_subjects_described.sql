-- One row per thing that rules can judge, with what a finding about it must show.
-- A view: its texts are joined for the few subjects that broke a rule.

{{ config(materialized='view') }}

with

subjects as (

    select
        *,
        -- a change may be one of a deal: `<source>:deal:<id>`
        coalesce(split_part(record_id, ':', 2) = 'deal', false) as is_deal
    from {{ ref('int_subjects') }}

),

people as (

    select * from {{ ref('int_people') }}

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

visit_deals as (

    select
        visit_key,
        deal_id
    from {{ ref('int_visit_evidence') }}
    where moment_kind = 'entry' and deal_id is not null

),

person_deals as (

    select
        person_key,
        deal_id
    from {{ ref('int_person_evidence') }}
    where deal_id is not null

),

described as (

    select
        subjects.subject_type,
        subjects.subject_key,
        subjects.subject_id,
        people.person_id,
        people.account_id,
        case when not subjects.is_deal then subjects.record_id end as record_id,
        case
            when subjects.is_deal then subjects.record_id
            else coalesce(visit_deals.deal_id, person_deals.deal_id)
        end as deal_id,
        subjects.lifecycle_stage,
        coalesce(subjects.owner_id, people.owner_id) as owner_id,
        coalesce(subjects.owner_team, people.owner_team) as owner_team,
        coalesce(records.crm_url, people.crm_url) as crm_url
    from subjects
    left join people on subjects.person_key = people.person_key
    left join records on subjects.record_id = records.record_id
    left join visit_deals
        on
            subjects.subject_type in ('stage_visit', 'handoff')
            and subjects.subject_key = visit_deals.visit_key
    left join person_deals
        on
            subjects.subject_type = 'person'
            and subjects.subject_key = person_deals.person_key

)

select * from described
