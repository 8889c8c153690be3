-- One row per live record and the address it may be known by: a person's e-mail, a
-- company's domain.

with

records as (

    select * from {{ ref('int_live_records') }}

),

emails as (

    select * from {{ ref('int_record_emails') }}

),

domains as (

    select * from {{ ref('int_record_domains') }}

),

addresses as (

    select
        records.record_id,
        records.source_system,
        records.object_type,
        case when records.object_type = 'company' then 'domain' else 'email' end
            as address_kind,
        case
            when records.object_type = 'company' then domains.domain_key
            else emails.email_key
        end as address_key,
        coalesce(
            case
                when records.object_type = 'company' then domains.is_shared
                else emails.is_shared
            end,
            false
        ) as is_shared,
        records.created_at
    from records
    left join emails on records.record_id = emails.record_id
    left join domains on records.record_id = domains.record_id

)

select * from addresses
where address_key is not null
