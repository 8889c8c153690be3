-- One row per build: the Salesforce server that record URLs need (exactly one row).

with

organizations as (

    select * from {{ ref('stg_salesforce__organizations') }}

),

-- The server name leads to the organisation's own address.
urls as (

    select 'https://' || lower(min(instance_name)) || '.salesforce.com/' as record_url
    from organizations

)

select * from urls
