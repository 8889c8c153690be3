-- One row per record or deal seen to vanish from, or to return to, a complete load.

with

observed_deletions as (

    select * from {{ ref('stg_meta__observed_deletions') }}

),

tables as (

    select
        *,
        table_name as object_type
    from observed_deletions

),

observed_keys as (

    select
        source_system,
        load_id,
        case object_type
            when 'records' then lower(trim(split_part(key_value, '|', 1)))
            when 'deals' then 'deal'
            when 'account' then 'company'
            when 'opportunity' then 'deal'
            else object_type
        end as object_type,
        case
            when table_name = 'records'
                then
                    {{ open_key(
                        "substr(key_value, length(split_part(key_value, '|', 1)) + 2)"
                    ) }}
            when table_name = 'deals' then {{ open_key('key_value') }}
            when source_system = 'salesforce'
                then {{ salesforce_id_18('key_value') }}
            else split_part(trim(key_value), '.', 1)
        end as native_id,
        is_deleted,
        observed_at
    from tables

),

observed as (

    select
        source_system,
        object_type,
        load_id,
        is_deleted,
        observed_at,
        source_system || ':' || object_type || ':' || native_id as record_id
    from observed_keys
    where object_type in ('contact', 'lead', 'company', 'deal')

)

select * from observed
