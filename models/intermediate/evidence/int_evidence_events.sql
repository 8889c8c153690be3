-- One row per person, cycle and change of one count of evidence.

select
    person_key,
    cycle_number,
    kind,
    delta,
    event_at
from {{ ref('int_evidence_activities') }}

union all

select
    person_key,
    cycle_number,
    kind,
    delta,
    event_at
from {{ ref('int_evidence_states') }}

union all

select
    person_key,
    cycle_number,
    'qualification' as kind,
    cast(1 as bigint) as delta,
    confirmed_at as event_at
from {{ ref('int_person_points') }}
