-- One row per build: the Salesforce server that record URLs need (exactly one row).

with

organizations as (

    select * from {{ ref('stg_salesforce__organizations') }}

),

settings as (

    select * from {{ ref('stg_meta__settings') }}
    where setting = 'address'

),

told as (

    select
        instance_name,
        false as is_set
    from organizations
    union all
    select
        setting_value as instance_name,
        true as is_set
    from settings

),

named as (

    select
        lower(coalesce(
            min(case when is_set then instance_name end), min(instance_name)
        )) as instance_name
    from told

),

-- A server's name leads to the organisation's own address, which may also stand there.
urls as (

    select
        'https://' || instance_name
        || case when instance_name like '%.%' then '/' else '.salesforce.com/' end
            as record_url
    from named

)

select * from urls
