-- One row per segment, criterion that applies to it and stretch of time.
-- A segment's own row replaces the row for any segment of the same criterion.

with

criteria as (

    select
        *,
        coalesce({{ local_midnight('valid_from') }}, timestamp '1900-01-01')
            as in_force_from,
        coalesce({{ local_midnight('valid_to') }}, timestamp '9999-12-31')
            as in_force_to
    from {{ ref('mql_criteria') }}

),

segments as (

    -- distinct: many people are in one segment; none is empty text
    select distinct coalesce(segment, '') as segment
    from {{ ref('int_people') }}

),

applying as (

    select
        segments.segment,
        criteria.criterion,
        criteria.attribute,
        criteria.operator,
        criteria.value,
        criteria.segment <> 'any' as is_own,
        max(case when criteria.segment <> 'any' then 1 else 0 end) over (
            partition by segments.segment, criteria.criterion
        ) = 1 as has_own,
        criteria.in_force_from,
        criteria.in_force_to
    from segments
    inner join criteria on criteria.segment in ('any', segments.segment)

)

select
    segment,
    criterion,
    attribute,
    operator,
    value,
    in_force_from,
    in_force_to
from applying
where is_own or not has_own
