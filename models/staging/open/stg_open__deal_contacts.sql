-- One row per deal and associated contact or lead of an open-format source.

with

landed as (

    select * from {{ source('open', 'deal_contacts') }}

),

deal_contacts as (

    select
        source_system,
        {{ open_id("'deal'", 'deal_id') }} as deal_id,
        {{ open_key('record_id') }} as native_record_id,
        coalesce(is_primary, false) as is_primary
    from landed

)

select * from deal_contacts
