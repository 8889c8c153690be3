-- One row per HubSpot engagement or form submission and contact.

with

engagements as (

    select * from {{ ref('int_hubspot_engagements') }}

),

engagement_contacts as (

    select * from {{ ref('stg_hubspot__engagement_contacts') }}

),

engagement_deals as (

    select * from {{ ref('stg_hubspot__engagement_deals') }}

),

actors as (

    select * from {{ ref('int_hubspot_actors') }}

),

form_submissions as (

    select * from {{ ref('int_hubspot_form_submissions') }}

),

-- An engagement may be about several deals: the first by id stands for them.
first_deals as (

    select
        engagement_id,
        min(deal_id) as deal_id
    from engagement_deals
    group by engagement_id

),

activities as (

    select
        engagements.engagement_id as activity_id,
        engagement_contacts.record_id,
        first_deals.deal_id,
        engagements.activity_type,
        engagements.direction,
        engagements.outcome as asset,
        coalesce(engagements.owner_id, actors.actor_id, engagements.created_by_user_id)
            as actor_id,
        engagements.occurred_at
    from engagements
    left join engagement_contacts
        on engagements.engagement_id = engagement_contacts.engagement_id
    left join first_deals on engagements.engagement_id = first_deals.engagement_id
    left join actors on engagements.created_by_user_id = actors.user_id
    union all
    select
        activity_id,
        record_id,
        cast(null as varchar) as deal_id,
        'form_submission' as activity_type,
        'inbound' as direction,
        asset,
        cast(null as varchar) as actor_id,
        occurred_at
    from form_submissions

)

select * from activities
