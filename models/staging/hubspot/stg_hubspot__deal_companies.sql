-- One row per HubSpot deal, associated company and label of the association.

with

landed as (

    select * from {{ source('hubspot', 'deal_company') }}

),

deal_companies as (

    select
        {{ hubspot_id('deal', 'deal_id') }} as deal_id,
        {{ hubspot_id('company', 'company_id') }} as company_record_id,
        nullif(trim(type_id), '') as association_type_id,
        nullif(trim(category), '') as association_category,
        _seen_at as seen_at
    from landed

)

select * from deal_companies
