-- One row per moment at which versions of a HubSpot record or deal say that it was
-- deleted or that it came back.

with

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

contact_versions as (

    select * from {{ ref('stg_hubspot__contact_versions') }}

),

companies as (

    select * from {{ ref('stg_hubspot__companies') }}

),

company_versions as (

    select * from {{ ref('stg_hubspot__company_versions') }}

),

deals as (

    select * from {{ ref('stg_hubspot__deals') }}

),

deal_versions as (

    select * from {{ ref('stg_hubspot__deal_versions') }}

),

{% set relations = {
    'contacts': ['record_id', 'updated_at'],
    'contact_versions': ['record_id', 'modified_at'],
    'companies': ['record_id', 'updated_at'],
    'company_versions': ['record_id', 'modified_at'],
    'deals': ['deal_id', 'updated_at'],
    'deal_versions': ['record_id', 'modified_at'],
} %}
versions as (

    {% for relation, columns in relations.items() %}
    select
        split_part({{ columns[0] }}, ':', 2) as object_type,
        {{ columns[0] }} as record_id,
        load_id,
        is_deleted,
        {{ columns[1] }} as modified_at,
        synced_at,
        seen_at
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

turns as (

    select
        *,
        lag(is_deleted, 1, false) over (
            partition by record_id
            order by coalesce(modified_at, seen_at), seen_at, load_id, is_deleted
        ) as was_deleted
    from versions

),

-- HubSpot says neither when a record went nor when it came back: the connector saw it.
deletions as (

    select
        'hubspot' as source_system,
        object_type,
        record_id,
        load_id,
        is_deleted,
        coalesce(synced_at, seen_at) as seen_at
    from turns
    where is_deleted <> was_deleted

)

select * from deletions
