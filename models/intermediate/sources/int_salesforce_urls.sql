-- One row per build: the Salesforce server that record URLs need (exactly one row).

with

organizations as (

    select * from {{ ref('stg_salesforce__organizations') }}

),

named as (

    select lower(min(instance_name)) as instance_name from organizations

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
