-- One row per identity conflict and record concerned.

with

groups as (

    select * from {{ ref('int_address_groups') }}
    where reason_code is not null

),

addresses as (

    select * from {{ ref('int_record_addresses') }}

),

ids as (

    select * from {{ ref('int_crm_ids') }}
    where is_live and not is_known

),

claims as (

    select * from {{ ref('int_crm_id_claims') }}
    where is_contested

),

crowds as (

    select * from {{ ref('int_crowded_records') }}

),

concerned as (

    select
        groups.address_kind as conflict_kind,
        groups.reason_code,
        groups.first_record_id as anchor_id,
        addresses.record_id
    from groups
    inner join addresses
        on
            groups.address_kind = addresses.address_kind
            and groups.address_key = addresses.address_key
    union all
    select
        'crm_id' as conflict_kind,
        'record_not_found' as reason_code,
        claimed_record_id as anchor_id,
        record_id
    from ids
    union all
    select
        'crm_id' as conflict_kind,
        'held_by_several' as reason_code,
        claimed_record_id as anchor_id,
        record_id
    from claims
    union all
    -- distinct: the record that the id names stands in the list once
    select distinct
        'crm_id' as conflict_kind,
        'held_by_several' as reason_code,
        claimed_record_id as anchor_id,
        claimed_record_id as record_id
    from claims
    union all
    select
        'cluster' as conflict_kind,
        'too_many_records' as reason_code,
        first_record_id as anchor_id,
        record_id
    from crowds

)

select
    -- an address is personal: what identifies the conflict is one of its records
    md5(conflict_kind || '|' || anchor_id) as conflict_id,
    conflict_kind,
    reason_code,
    record_id
from concerned
