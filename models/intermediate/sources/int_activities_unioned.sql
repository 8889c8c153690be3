-- One row per activity and record, none after as_of.

with

hubspot_activities as (

    select * from {{ ref('int_hubspot_activities') }}

),

salesforce_activities as (

    select * from {{ ref('int_salesforce_activities') }}

),

open_activities as (

    select * from {{ ref('stg_open__activities') }}

),

open_people as (

    select * from {{ ref('int_open_people') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

unioned as (

    select
        activity_id,
        'hubspot' as source_system,
        record_id,
        deal_id,
        activity_type,
        direction,
        asset,
        actor_id,
        cast(null as varchar) as campaign_id,
        occurred_at
    from hubspot_activities

    union all

    select
        activity_id,
        'salesforce' as source_system,
        record_id,
        deal_id,
        activity_type,
        direction,
        asset,
        actor_id,
        campaign_id,
        occurred_at
    from salesforce_activities

    union all

    select
        open_activities.activity_id,
        open_activities.source_system,
        coalesce(
            open_people.record_id,
            open_activities.source_system || ':contact:'
            || open_activities.native_record_id
        ) as record_id,
        open_activities.deal_id,
        open_activities.activity_type,
        open_activities.direction_value as direction,
        open_activities.asset,
        open_activities.actor_id,
        open_activities.campaign_id,
        open_activities.occurred_at
    from open_activities
    left join open_people
        on
            open_activities.source_system = open_people.source_system
            and open_activities.native_record_id = open_people.native_record_id

),

activities as (

    select unioned.*
    from unioned
    inner join as_of on unioned.occurred_at <= as_of.as_of

)

select * from activities
