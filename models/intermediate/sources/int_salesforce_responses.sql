-- One row per Salesforce campaign and lead or contact that responded to it.
-- The first response has a day, without a time: it is dated at its beginning, or when
-- the membership was made on that day. A response without a day proves nothing.

with

members as (

    select * from {{ ref('stg_salesforce__campaign_members') }}
    where not is_deleted and has_responded and first_responded_on is not null

),

campaigns as (

    select * from {{ ref('stg_salesforce__campaigns') }}

),

contacts as (

    select * from {{ ref('stg_salesforce__contacts') }}

),

-- A membership goes on with the contact when its lead is converted: it is one response.
responses as (

    select
        members.activity_id,
        coalesce(
            contacts.record_id,
            members.lead_record_id,
            members.contact_record_id,
            members.record_id
        ) as record_id,
        cast(null as varchar) as deal_id,
        'campaign_response' as activity_type,
        'inbound' as direction,
        nullif(
            concat_ws(': ', campaigns.campaign_type, campaigns.campaign_name), ''
        ) as asset,
        cast(null as varchar) as actor_id,
        members.campaign_id,
        case
            when {{ local_date('members.created_at') }} = members.first_responded_on
                then members.created_at
            else {{ local_midnight('members.first_responded_on') }}
        end as occurred_at
    from members
    left join campaigns on members.campaign_id = campaigns.campaign_id
    left join contacts on members.contact_record_id = contacts.record_id

)

select * from responses
