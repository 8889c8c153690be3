-- One row per e-mail address or domain that several live records have, with whether it
-- links them.

with

addresses as (

    select * from {{ ref('int_record_addresses') }}

),

counted as (

    select
        *,
        count(*) over (
            partition by address_kind, address_key, source_system, object_type
        ) as same_kind_count,
        first_value(record_id) over (
            partition by address_kind, address_key
            order by created_at nulls last, record_id
        ) as first_record_id
    from addresses

),

grouped as (

    select
        address_kind,
        address_key,
        min(first_record_id) as first_record_id,
        case
            when bool_or(is_shared) then 'shared_address'
            when max(same_kind_count) > 1 then 'several_in_one_source'
        end as reason_code,
        count(*) as record_count
    from counted
    group by address_kind, address_key
    having count(*) > 1

)

select * from grouped
