-- One row per HubSpot deal, associated contact and label of the association.

with

landed as (

    select * from {{ source('hubspot', 'deal_contact') }}

),

deal_contacts as (

    select
        {{ hubspot_id('deal', 'deal_id') }} as deal_id,
        {{ hubspot_id('contact', 'contact_id') }} as record_id,
        nullif(trim(type_id), '') as association_type_id,
        nullif(trim(category), '') as association_category
    from landed

)

select * from deal_contacts
