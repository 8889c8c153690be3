-- One row per segment, fit criterion that applies to it and stretch of time.

select
    segment,
    criterion,
    attribute,
    operator,
    value,
    in_force_from,
    in_force_to
from {{ ref('int_mql_criteria') }}
where attribute <> 'score'
