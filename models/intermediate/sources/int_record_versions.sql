-- One row per version of a record or deal that any load has shown.

with

hubspot_contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

hubspot_contact_versions as (

    select * from {{ ref('stg_hubspot__contact_versions') }}

),

hubspot_companies as (

    select * from {{ ref('stg_hubspot__companies') }}

),

hubspot_company_versions as (

    select * from {{ ref('stg_hubspot__company_versions') }}

),

hubspot_deals as (

    select * from {{ ref('stg_hubspot__deals') }}

),

hubspot_deal_versions as (

    select * from {{ ref('stg_hubspot__deal_versions') }}

),

salesforce_leads as (

    select * from {{ ref('stg_salesforce__leads') }}

),

salesforce_lead_versions as (

    select * from {{ ref('stg_salesforce__lead_versions') }}

),

salesforce_contacts as (

    select * from {{ ref('stg_salesforce__contacts') }}

),

salesforce_contact_versions as (

    select * from {{ ref('stg_salesforce__contact_versions') }}

),

salesforce_accounts as (

    select * from {{ ref('stg_salesforce__accounts') }}

),

salesforce_account_versions as (

    select * from {{ ref('stg_salesforce__account_versions') }}

),

salesforce_opportunities as (

    select * from {{ ref('stg_salesforce__opportunities') }}

),

salesforce_opportunity_versions as (

    select * from {{ ref('stg_salesforce__opportunity_versions') }}

),

open_records as (

    select * from {{ ref('stg_open__records') }}

),

open_record_versions as (

    select * from {{ ref('stg_open__record_versions') }}

),

open_deals as (

    select * from {{ ref('stg_open__deals') }}

),

open_deal_versions as (

    select * from {{ ref('stg_open__deal_versions') }}

),
{% set hubspot = {
    'hubspot_contacts': 'record_id',
    'hubspot_contact_versions': 'record_id',
    'hubspot_companies': 'record_id',
    'hubspot_company_versions': 'record_id',
    'hubspot_deals': 'deal_id',
    'hubspot_deal_versions': 'record_id',
} %}
{% set salesforce = {
    'salesforce_leads': 'record_id',
    'salesforce_lead_versions': 'record_id',
    'salesforce_contacts': 'record_id',
    'salesforce_contact_versions': 'record_id',
    'salesforce_accounts': 'record_id',
    'salesforce_account_versions': 'record_id',
    'salesforce_opportunities': 'deal_id',
    'salesforce_opportunity_versions': 'deal_id',
} %}
{% set open = {
    'open_records': 'record_id',
    'open_record_versions': 'record_id',
    'open_deals': 'deal_id',
    'open_deal_versions': 'record_id',
} %}
unioned as (

    {% for relation, id in hubspot.items() %}
    select
        {{ id }} as record_id,
        cast(null as varchar) as master_record_id,
        load_id,
        {{ 'false' if relation.endswith('_versions') else 'true' }} as is_current,
        is_deleted,
        cast(null as timestamp) as deleted_at,
        modified_at,
        modified_at as updated_at,
        synced_at,
        seen_at
    from {{ relation }}
    union all
    {% endfor %}
    {% for relation, id in salesforce.items() %}
    select
        {{ id }},
        {{ 'master_record_id' if id == 'record_id' else 'null' }},
        load_id,
        {{ 'false' if relation.endswith('_versions') else 'true' }},
        is_deleted,
        deleted_at,
        modified_at,
        updated_at,
        synced_at,
        seen_at
    from {{ relation }}
    union all
    {% endfor %}
    {% for relation, id in open.items() %}
    select
        {{ id }},
        null,
        load_id,
        {{ 'false' if relation.endswith('_versions') else 'true' }},
        is_deleted,
        {{ 'null' if 'deal' in relation else 'deleted_at' }},
        null,
        null,
        null,
        seen_at
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

versions as (

    select
        split_part(record_id, ':', 1) as source_system,
        split_part(record_id, ':', 2) as object_type,
        *
    from unioned

)

select * from versions
