-- One row per version of a Salesforce record or deal that any load has shown.
{{ config(materialized='view') }} -- read for merges and for deletions

with

leads as (

    select * from {{ ref('stg_salesforce__leads') }}

),

lead_versions as (

    select * from {{ ref('stg_salesforce__lead_versions') }}

),

contacts as (

    select * from {{ ref('stg_salesforce__contacts') }}

),

contact_versions as (

    select * from {{ ref('stg_salesforce__contact_versions') }}

),

accounts as (

    select * from {{ ref('stg_salesforce__accounts') }}

),

account_versions as (

    select * from {{ ref('stg_salesforce__account_versions') }}

),

opportunities as (

    select * from {{ ref('stg_salesforce__opportunities') }}

),

opportunity_versions as (

    select * from {{ ref('stg_salesforce__opportunity_versions') }}

),

{% set relations = {
    'leads': 'record_id',
    'lead_versions': 'record_id',
    'contacts': 'record_id',
    'contact_versions': 'record_id',
    'accounts': 'record_id',
    'account_versions': 'record_id',
    'opportunities': 'deal_id',
    'opportunity_versions': 'deal_id',
} %}
versions as (

    {% for relation, id in relations.items() %}
    select
        split_part({{ id }}, ':', 2) as object_type,
        {{ id }} as record_id,
        {{ 'master_record_id' if id == 'record_id' else 'cast(null as varchar)' }}
            as master_record_id,
        load_id,
        is_deleted,
        deleted_at,
        updated_at,
        synced_at,
        seen_at
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from versions
