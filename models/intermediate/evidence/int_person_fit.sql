-- One row per person, fit criterion and stretch of time in which it was met, or in
-- which nobody knows whether it was.

with

people as (

    select * from {{ ref('int_people') }}

),

criteria as (

    select * from {{ ref('int_fit_criteria') }}

),

person_values as (

    select * from {{ ref('int_person_values') }}

),

fit_values as (

    select * from {{ ref('int_fit_values') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

judged as (

    select
        people.person_key,
        criteria.criterion,
        case when person_values.is_known then 'fit_met' else 'fit_unknown' end as fact,
        -- a policy row neither helps nor hurts, so it is read at the judged moment
        -- itself
        greatest(
            person_values.valid_from,
            criteria.in_force_from
            + settings.evidence_grace_minutes * interval '1' minute
        ) as valid_from,
        least(person_values.valid_to, criteria.in_force_to) as valid_to,
        settings.evidence_grace_minutes
    from people
    cross join settings
    inner join criteria on coalesce(people.segment, '') = criteria.segment
    inner join person_values
        on
            people.person_key = person_values.person_key
            and criteria.attribute = person_values.attribute
    left join fit_values
        on
            criteria.attribute = fit_values.attribute
            and criteria.operator = fit_values.operator
            and criteria.value = fit_values.bound
            and person_values.value = fit_values.value
    where fit_values.is_met or not person_values.is_known

),

marked as (

    -- a gap within the grace never shows: the criterion holds at some moment of the
    -- grace
    select
        *,
        case
            when
                valid_from <= max(valid_to) over (
                    partition by person_key, criterion, fact order by valid_from
                    rows between unbounded preceding and 1 preceding
                ) + evidence_grace_minutes * interval '1' minute
                then 0
            else 1
        end as starts_stretch
    from judged
    where valid_from < valid_to

),

numbered as (

    select
        *,
        sum(starts_stretch) over (
            partition by person_key, criterion, fact order by valid_from
            rows between unbounded preceding and current row
        ) as stretch_number
    from marked

),

stretches as (

    select
        person_key,
        criterion,
        fact,
        min(valid_from) as valid_from,
        max(valid_to) as valid_to
    from numbered
    group by person_key, criterion, fact, stretch_number

)

select * from stretches
