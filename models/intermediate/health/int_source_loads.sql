-- One row per source, with what it was last loaded for.

with

sources as (

    select * from {{ ref('int_sources') }}

),

loads as (

    select
        source_system,
        max(finished_at) as last_loaded_at
    from {{ ref('stg_meta__loads') }}
    group by source_system

)

select
    sources.source_system,
    sources.is_stale,
    sources.extracted_at,
    loads.last_loaded_at
from sources
left join loads on sources.source_system = loads.source_system
