-- One row per contact or lead and address of it in comparable form: the one in its
-- e-mail field, and those that its CRM lists beside it.

with

records as (

    select * from {{ ref('int_records_unioned') }}
    where object_type <> 'company'

),

shared as (

    select * from {{ ref('shared_addresses') }}

),

further as (

    select
        record_id,
        {{ split_to_rows('ids', "';'") }} as email
    from {{ ref('int_merge_fields') }}
    where told_by = 'address' and is_current

),

held as (

    select
        record_id,
        {{ email_key('email') }} as email_key,
        true as is_own
    from records
    union all
    select
        further.record_id,
        {{ email_key('further.email') }} as email_key,
        false as is_own
    from further
    inner join records on further.record_id = records.record_id

),

keyed as (

    select
        record_id,
        email_key,
        bool_or(is_own) as is_own
    from held
    group by record_id, email_key

),

parted as (

    select
        *,
        -- info+fair@ is still info@
        split_part(split_part(email_key, '@', 1), '+', 1) as mailbox
    from keyed
    where email_key is not null

),

emails as (

    select
        parted.record_id,
        parted.email_key,
        {{ host_of('parted.email_key') }} as host,
        coalesce(mailboxes.address, addresses.address) is not null as is_shared,
        parted.is_own
    from parted
    left join shared as mailboxes
        on mailboxes.address_kind = 'mailbox' and parted.mailbox = mailboxes.address
    left join shared as addresses
        on addresses.address_kind = 'email' and parted.email_key = addresses.address

)

select * from emails
