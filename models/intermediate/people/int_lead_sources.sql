-- One row per lead source value that the policy knows at as_of.

with

lead_sources as (

    select * from {{ ref('lead_sources') }}

),

build as (

    select * from {{ ref('int_as_of') }}

)

select
    lower(trim(lead_sources.source_value)) as source_value_key,
    lead_sources.lead_source,
    lead_sources.lead_source_group,
    lead_sources.is_valid,
    lead_sources.is_sales_created
from lead_sources
cross join build
where
    (lead_sources.valid_from is null or build.as_of >= lead_sources.valid_from)
    and (lead_sources.valid_to is null or build.as_of < lead_sources.valid_to)
