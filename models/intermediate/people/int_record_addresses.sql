-- One row per live record and address it may be known by: a person's e-mails, a
-- company's domains, its own and those of the records that were merged into it.

with

records as (

    select * from {{ ref('int_live_records') }}

),

survivors as (

    select * from {{ ref('int_record_survivors') }}

),

emails as (

    select * from {{ ref('int_record_emails') }}

),

domains as (

    select * from {{ ref('int_record_domains') }}

),

held as (

    select
        record_id,
        'email' as address_kind,
        email_key as address_key,
        is_shared,
        is_own
    from emails

    union all

    select
        record_id,
        'domain' as address_kind,
        domain_key as address_key,
        is_shared,
        true as is_own
    from domains

),

together as (

    select * from held

    union all

    select
        survivors.survivor_id as record_id,
        held.address_kind,
        held.address_key,
        held.is_shared,
        false as is_own
    from held
    inner join survivors on held.record_id = survivors.record_id

),

addresses as (

    select
        records.record_id,
        records.source_system,
        records.object_type,
        together.address_kind,
        together.address_key,
        bool_or(coalesce(together.is_shared, false)) as is_shared,
        bool_or(together.is_own) as is_own,
        records.created_at
    from records
    inner join together on records.record_id = together.record_id
    where
        together.address_key is not null
        and together.address_kind
        = case when records.object_type = 'company' then 'domain' else 'email' end
    group by
        records.record_id, records.source_system, records.object_type,
        together.address_kind, together.address_key, records.created_at

)

select * from addresses
