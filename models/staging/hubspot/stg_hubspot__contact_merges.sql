-- One row per HubSpot contact merged into another.

with

landed as (

    select * from {{ source('hubspot', 'contact_merge_audit') }}

),

contact_merges as (

    select
        {{ hubspot_id('contact', 'canonical_vid') }} as record_id,
        {{ hubspot_id('contact', 'vid_to_merge') }} as merged_record_id,
        {{ hubspot_user_id('user', 'user_id') }} as merged_by_user_id,
        timestamp as merged_at
    from landed

)

select * from contact_merges
