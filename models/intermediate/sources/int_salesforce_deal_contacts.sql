-- One row per Salesforce opportunity, contact and way in which they are associated.

with

contact_roles as (

    select * from {{ ref('stg_salesforce__opportunity_contact_roles') }}

),

conversions as (

    select * from {{ ref('int_salesforce_conversions') }}

),

opportunities as (

    select * from {{ ref('stg_salesforce__opportunities') }}

),

deal_contacts as (

    select
        deal_id,
        record_id,
        is_primary
    from contact_roles
    where not is_deleted
    union all
    select
        deal_id,
        case when is_contact_landed then contact_record_id else record_id end
            as record_id,
        false as is_primary
    from conversions
    where deal_id is not null
    union all
    select
        deal_id,
        contact_record_id as record_id,
        false as is_primary
    from opportunities
    where contact_record_id is not null

)

select * from deal_contacts
