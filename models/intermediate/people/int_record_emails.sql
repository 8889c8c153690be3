-- One row per contact or lead whose e-mail field holds one address, in comparable form.

with

records as (

    select * from {{ ref('int_records_unioned') }}
    where object_type <> 'company'

),

shared as (

    select * from {{ ref('shared_addresses') }}

),

keyed as (

    select
        record_id,
        {{ email_key('email') }} as email_key
    from records

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
        coalesce(mailboxes.address, addresses.address) is not null as is_shared
    from parted
    left join shared as mailboxes
        on mailboxes.address_kind = 'mailbox' and parted.mailbox = mailboxes.address
    left join shared as addresses
        on addresses.address_kind = 'email' and parted.email_key = addresses.address

)

select * from emails
