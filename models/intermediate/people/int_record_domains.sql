-- One row per record with an internet domain: a company's own, a person's e-mail's.

with

concepts as (

    select * from {{ ref('int_record_concepts') }}
    where concept = 'domain'

),

emails as (

    select * from {{ ref('int_record_emails') }}
    where is_own

),

shared as (

    select * from {{ ref('shared_addresses') }}

),

hosts as (

    select
        record_id,
        {{ host_of('value') }} as host
    from concepts
    union all
    select
        record_id,
        host
    from emails

),

parted as (

    select
        record_id,
        host,
        split_part(host, '.', -2) || '.' || split_part(host, '.', -1) as last_two,
        nullif(split_part(host, '.', -3), '') as third
    from hosts
    where host is not null

),

registered as (

    select
        parted.record_id,
        case
            when suffixes.address is null then parted.last_two
            else parted.third || '.' || parted.last_two
        end as domain_key
    from parted
    left join shared as suffixes
        on suffixes.address_kind = 'suffix' and parted.last_two = suffixes.address

),

domains as (

    select
        registered.record_id,
        registered.domain_key,
        platforms.address is not null as is_shared
    from registered
    left join shared as platforms
        on
            platforms.address_kind = 'domain'
            and registered.domain_key = platforms.address
    where registered.domain_key is not null

)

select * from domains
