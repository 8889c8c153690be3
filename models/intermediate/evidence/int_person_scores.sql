-- One row per person, cycle, fact and stretch of time: the CRM's own score as it stood,
-- whether it reached its bound, or that nobody knows it.

with

bounds as (

    select * from {{ ref('int_person_score_bounds') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

record_scores as (

    select
        record_id,
        is_known,
        cast(floor(cast(value as double)) as bigint) as score,
        valid_from,
        coalesce(valid_to, timestamp '9999-12-31') as valid_to
    from {{ ref('int_record_values') }}
    where attribute = 'score'

),

cycles as (

    select * from {{ ref('int_person_cycles') }}

),

settings as (

    select evidence_grace_minutes * interval '1' minute as grace
    from {{ ref('int_settings') }}

),

-- a score counts in the cycle in which it was written; one that nobody can date may
-- have been written in any cycle it spans
in_cycles as (

    select
        cycles.person_key,
        cycles.cycle_number,
        record_scores.is_known,
        record_scores.score,
        record_scores.valid_from,
        record_scores.valid_to
    from record_scores
    inner join clusters on record_scores.record_id = clusters.record_id
    inner join cycles on clusters.cluster_key = cycles.person_key
    where
        case
            when record_scores.is_known
                then
                    record_scores.valid_from > cycles.starts_at
                    and record_scores.valid_from <= cycles.ends_at
            else
                record_scores.valid_from <= cycles.ends_at
                and record_scores.valid_to > cycles.starts_at
        end

),

boundaries as (

    select
        person_key,
        cycle_number,
        valid_from
    from in_cycles
    where is_known

    union

    select
        person_key,
        cycle_number,
        valid_to
    from in_cycles
    where is_known

),

slices as (

    select
        *,
        lead(valid_from) over (
            partition by person_key, cycle_number order by valid_from
        ) as valid_to
    from boundaries

),

-- of several records the highest score counts
standing as (

    select
        slices.person_key,
        slices.cycle_number,
        max(in_cycles.score) as score,
        slices.valid_from,
        slices.valid_to
    from slices
    inner join in_cycles
        on
            slices.person_key = in_cycles.person_key
            and slices.cycle_number = in_cycles.cycle_number
            and in_cycles.is_known
            and slices.valid_from >= in_cycles.valid_from
            and slices.valid_to <= in_cycles.valid_to
    group by
        slices.person_key, slices.cycle_number, slices.valid_from, slices.valid_to

),

facts as (

    select
        standing.person_key,
        standing.cycle_number,
        'crm_score' as fact,
        standing.score,
        standing.valid_from,
        standing.valid_to
    from standing

    union all

    -- a policy row neither helps nor hurts, so it is read at the judged moment itself
    select
        standing.person_key,
        standing.cycle_number,
        'score_met' as fact,
        1 as score,
        greatest(standing.valid_from, bounds.in_force_from + settings.grace)
            as valid_from,
        least(standing.valid_to, bounds.in_force_to) as valid_to
    from standing
    cross join settings
    inner join bounds
        on
            standing.person_key = bounds.person_key
            and standing.score >= bounds.score_threshold

    union all

    select
        person_key,
        cycle_number,
        'score_unknown' as fact,
        1 as score,
        valid_from,
        valid_to
    from in_cycles
    where not is_known

)

select
    facts.person_key,
    facts.cycle_number,
    facts.fact,
    cast(facts.score as bigint) as score,
    facts.valid_from,
    facts.valid_to
from facts
where
    facts.valid_from < facts.valid_to
    and facts.person_key in (select bounds.person_key from bounds)
