-- One row per cohort, step and length of stay at which somebody converted: the share
-- still unconverted then, by Kaplan and Meier.
{% set cohort = 'cohort_on, from_stage, to_stage, lead_source_group, segment' %}

with

members as (

    select
        from_stage,
        to_stage,
        lead_source_group,
        segment,
        watched_days,
        is_converted,
        cast(date_trunc('month', {{ local_date('entered_at') }}) as date) as cohort_on
    from {{ ref('int_cohort_members') }}

),

stays as (

    select
        {{ cohort }},
        watched_days,
        count(*) filter (where is_converted) as converted_count,
        count(*) as member_count
    from members
    group by {{ cohort }}, watched_days

),

-- At risk: everybody watched at least that long.
at_risk as (

    select
        {{ cohort }},
        watched_days,
        converted_count,
        sum(member_count) over (
            partition by {{ cohort }}
            order by watched_days desc
            rows between unbounded preceding and current row
        ) as at_risk_count
    from stays

),

-- The product of (1 - d / n) as a sum of logarithms, added up in order of time. Where
-- all at risk convert nobody is left, and no later step can follow.
steps as (

    select
        {{ cohort }},
        watched_days,
        case
            when converted_count = at_risk_count then 0
            else exp(
                sum(
                    case
                        when converted_count = at_risk_count then 0
                        else ln(1 - cast(converted_count as double) / at_risk_count)
                    end
                ) over (
                    partition by {{ cohort }}
                    order by watched_days asc
                    rows between unbounded preceding and current row
                )
            )
        end as unconverted_rate
    from at_risk
    where converted_count > 0

)

select * from steps
