-- One row per person, as known at the as-of moment.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

people as (

    select * from {{ ref('int_people') }}

),

person_evidence as (

    select * from {{ ref('int_person_evidence') }}

),

open_deals as (

    select * from {{ ref('int_person_open_deals') }}

),

person_systems as (

    select * from {{ ref('int_person_systems') }}

),

inactive_people as (

    select * from {{ ref('int_inactive_people') }}

),

persons as (

    select
        people.person_id,
        people.account_id,
        people.primary_record_id,
        people.owner_id,
        people.campaign_id,
        people.owner_team,
        people.lead_source,
        people.lead_source_group,
        people.segment,
        people.country,
        people.industry,
        person_systems.source_systems,
        people.lifecycle_stage,
        people.stage_role,
        person_evidence.supported_stage,
        coalesce(person_evidence.stage_alignment, 'not_judged') as stage_alignment,
        people.lead_status,
        people.crm_url,
        coalesce(open_deals.open_deal_count, 0) as open_deal_count,
        people.record_count,
        person_evidence.interest_score,
        person_evidence.fit_met_count,
        person_evidence.fit_needed_count,
        coalesce(people.is_deleted, false) as is_deleted,
        inactive_people.person_id is not null as is_inactive,
        coalesce(people.stage_role in ('customer', 'advocate'), false) as is_customer,
        coalesce(person_evidence.has_consent, false) as has_consent,
        people.created_at,
        people.stage_entered_at,
        people.last_activity_at
    from people
    left join person_evidence
        on people.person_key = person_evidence.person_key
    left join open_deals
        on people.person_key = open_deals.person_key
    left join person_systems
        on people.person_id = person_systems.person_id
    left join inactive_people
        on people.person_id = inactive_people.person_id

),

as_known as (

    select
        persons.*,
        as_of.as_of
    from persons
    cross join as_of

)

select * from as_known
