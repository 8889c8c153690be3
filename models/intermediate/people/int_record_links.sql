-- One row per two records of one kind (people, or companies) that belong together.

with

merged_away as (

    select * from {{ ref('int_merges_told') }}
    where object_type <> 'deal'

),

claims as (

    select * from {{ ref('int_crm_id_claims') }}
    where is_linked

),

groups as (

    select * from {{ ref('int_address_groups') }}
    where reason_code is null

),

addresses as (

    select * from {{ ref('int_record_addresses') }}

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

unioned as (

    select
        record_id,
        survivor_id as linked_record_id,
        link_kind,
        1 as link_rank,
        merged_at as linked_at
    from merged_away
    where
        record_id <> survivor_id
        -- people merge with people, companies with companies
        and case split_part(record_id, ':', 2) when 'company' then 1 else 0 end
        = case split_part(survivor_id, ':', 2) when 'company' then 1 else 0 end

    union all

    select
        claims.record_id,
        claims.claimed_record_id,
        'crm_id',
        2,
        greatest(claims.created_at, claimed.created_at)
    from claims
    left join records as claimed on claims.claimed_record_id = claimed.record_id

    union all

    select
        addresses.record_id,
        groups.first_record_id,
        groups.address_kind,
        3,
        greatest(addresses.created_at, first_records.created_at)
    from groups
    inner join addresses
        on
            groups.address_kind = addresses.address_kind
            and groups.address_key = addresses.address_key
            and groups.first_record_id <> addresses.record_id
    inner join records as first_records
        on groups.first_record_id = first_records.record_id

),

strongest as (

    select
        record_id,
        linked_record_id,
        link_kind,
        linked_at
    from unioned
    qualify
        row_number() over (
            partition by
                least(record_id, linked_record_id),
                greatest(record_id, linked_record_id)
            order by link_rank asc, record_id asc
        ) = 1

)

select * from strongest
