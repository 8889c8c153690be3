-- One row per entry that lacked fit or a valid source, with what was there instead.

with

moments as (

    select * from {{ ref('int_judged_moments') }}
    where moment_kind = 'entry'

),

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role in ('lead', 'mql')

),

bounds as (

    select * from {{ ref('int_visit_bounds') }}
    where moment_kind = 'entry'

),

readings as (

    select * from {{ ref('int_evidence_read') }}
    where kind = 'entry'

),

people as (

    select * from {{ ref('int_people') }}

),

criteria as (

    select * from {{ ref('int_fit_criteria') }}

),

person_fit as (

    select * from {{ ref('int_person_fit') }}
    where fact = 'fit_met'

),

person_values as (

    select * from {{ ref('int_person_values') }}
    where attribute = 'lead_source'

),

settings as (

    select * from {{ ref('int_settings') }}

),

short as (

    select
        moments.visit_key,
        moments.moment_kind,
        moments.person_key,
        moments.judged_at,
        coalesce(people.segment, '') as segment,
        visits.stage_role = 'mql'
        and readings.fit_met_count < bounds.fit_needed_count as lacks_fit,
        settings.evidence_grace_minutes * interval '1' minute as grace
    from moments
    cross join settings
    inner join visits on moments.visit_key = visits.visit_key
    inner join bounds on moments.visit_key = bounds.visit_key
    inner join readings on moments.visit_key = readings.visit_key
    inner join people on moments.person_key = people.person_key
    where
        (visits.stage_role = 'mql' and readings.fit_met_count < bounds.fit_needed_count)
        or (visits.stage_role = 'lead' and readings.source_valid_count = 0)

),

unmet as (

    select
        short.visit_key,
        {{ joined_text(
            "replace(criteria.criterion, '_', ' ')", "', '", 'criteria.criterion'
        ) }} as fit_detail
    from short
    inner join criteria
        on
            short.segment = criteria.segment
            and short.judged_at >= criteria.in_force_from
            and short.judged_at < criteria.in_force_to
    left join person_fit
        on
            short.person_key = person_fit.person_key
            and criteria.criterion = person_fit.criterion
            and person_fit.valid_from <= short.judged_at + short.grace
            and short.judged_at < person_fit.valid_to
    where short.lacks_fit and person_fit.person_key is null
    group by short.visit_key

),

sourced as (

    -- the value at entry: stretches of one person do not overlap
    select
        short.visit_key,
        person_values.value as lead_source_value
    from short
    inner join person_values
        on
            short.person_key = person_values.person_key
            and short.judged_at >= person_values.valid_from
            and short.judged_at < person_values.valid_to

),

shortfalls as (

    select
        short.visit_key,
        short.moment_kind,
        unmet.fit_detail,
        sourced.lead_source_value
    from short
    left join unmet on short.visit_key = unmet.visit_key
    left join sourced on short.visit_key = sourced.visit_key

)

select * from shortfalls
