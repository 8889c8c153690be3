-- One row per record that a link names, purged ones included.

with

records as (

    select * from {{ ref('int_timeline_records') }}

),

links as (

    select * from {{ ref('int_record_links') }}

),

named as (

    select record_id from links
    union
    select linked_record_id from links

),

known as (

    select max(record_key) as last_key from records

),

keyed as (

    select
        named.record_id,
        coalesce(
            records.record_key,
            coalesce(known.last_key, 0) + row_number() over (
                order by
                    case when records.record_key is null then 0 else 1 end,
                    named.record_id
            )
        ) as record_key
    from named
    cross join known
    left join records on named.record_id = records.record_id

)

select * from keyed
