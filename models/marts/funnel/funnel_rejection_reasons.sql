-- One row per period, lifecycle stage, source group and reason of rejection.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

rejections as (

    select * from {{ ref('int_rejections') }}

),

notes as (

    select * from {{ ref('int_rejection_notes') }}

),

period_kinds as (

    select * from {{ ref('int_period_kinds') }}

),

dated as (

    select
        rejections.*,
        period_kinds.period_kind,
        notes.subject_key is not null as is_only_in_notes,
        {{ period_start(
            'period_kinds.period_kind', local_date('rejections.rejected_at')
        ) }} as period_on
    from rejections
    cross join period_kinds
    left join notes
        on
            rejections.subject_type = notes.subject_type
            and rejections.subject_key = notes.subject_key

),

counted as (

    select
        period_kind,
        lifecycle_stage,
        lead_source_group,
        reason_code,
        count(*) as rejection_count,
        count(*) filter (where is_only_in_notes) as only_in_notes_count,
        period_on
    from dated
    group by period_kind, lifecycle_stage, lead_source_group, reason_code, period_on

),

totals as (

    select
        *,
        cast(
            sum(rejection_count) over (
                partition by period_kind, period_on, lifecycle_stage, lead_source_group
            ) as bigint
        ) as all_rejection_count
    from counted

),

reasons as (

    select
        period_kind,
        lifecycle_stage,
        lead_source_group,
        reason_code,
        rejection_count,
        all_rejection_count,
        only_in_notes_count,
        cast(rejection_count as double) / all_rejection_count as share_rate,
        period_on
    from totals

),

as_known as (

    select
        reasons.*,
        as_of.as_of
    from reasons
    cross join as_of

)

select * from as_known
