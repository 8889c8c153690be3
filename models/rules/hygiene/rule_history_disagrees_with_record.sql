-- One row per record whose stage, status or owner has a history, judged for a history
-- that does not end in what the record holds (HY13).

with

values_compared as (

    select * from {{ ref('int_values_compared') }}
    where object_type <> 'deal'

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

told as (

    select
        *,
        case when not is_agreeing and not is_undated then last_changed_at end
            as disagrees_from,
        case
            when not is_agreeing and not is_undated
                then
                    coalesce(
                        'holds the ' || replace(concept, '_', ' ') || ' "'
                        || current_value || '"',
                        'holds no ' || replace(concept, '_', ' ')
                    )
                    || ', its history ended in '
                    || coalesce('"' || last_value || '"', 'nothing')
                    || ' on ' || {{ readable_time('last_changed_at') }}
        end as fault
    from values_compared

),

gathered as (

    select
        record_key,
        bool_or(fault is not null) as is_broken,
        bool_or(is_undated) as is_undated,
        min(disagrees_from) as disagrees_from,
        max(last_changed_at) as last_changed_at,
        {{ joined_text('fault', "'; '", 'concept') }} as faults
    from told
    group by record_key

),

judged as (

    select
        gathered.record_key as subject_key,
        case
            when gathered.is_undated then 'not_judged'
            when gathered.is_broken then 'broken'
            else 'passed'
        end as verdict,
        case when gathered.is_undated then 'evidence_undated' end as reason,
        as_of.as_of as judged_at,
        coalesce(gathered.disagrees_from, gathered.last_changed_at) as occurred_at,
        case when not gathered.is_undated then gathered.faults end as evidence
    from gathered
    cross join as_of

)

select * from judged
