-- One row per deal and record it is associated with.

with

hubspot_deal_contacts as (

    select * from {{ ref('stg_hubspot__deal_contacts') }}

),

salesforce_deal_contacts as (

    select * from {{ ref('int_salesforce_deal_contacts') }}

),

open_deal_contacts as (

    select * from {{ ref('stg_open__deal_contacts') }}

),

open_people as (

    select * from {{ ref('int_open_people') }}

),

unioned as (

    select
        deal_id,
        record_id,
        false as is_primary
    from hubspot_deal_contacts
    union all
    select
        deal_id,
        record_id,
        is_primary
    from salesforce_deal_contacts
    union all
    select
        open_deal_contacts.deal_id,
        coalesce(
            open_people.record_id,
            open_deal_contacts.source_system || ':contact:'
            || open_deal_contacts.native_record_id
        ) as record_id,
        open_deal_contacts.is_primary
    from open_deal_contacts
    left join open_people
        on
            open_deal_contacts.source_system = open_people.source_system
            and open_deal_contacts.native_record_id = open_people.native_record_id

),

deal_contacts as (

    select
        deal_id,
        record_id,
        bool_or(is_primary) as is_primary
    from unioned
    where deal_id is not null and record_id is not null
    group by deal_id, record_id

)

select * from deal_contacts
