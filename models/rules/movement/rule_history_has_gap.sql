-- One row per record change that says what the value was before, judged for a value
-- that the history never made (MV08).

with

changes as (

    select * from {{ ref('int_changes_linked') }}

),

judged as (

    select
        change_key as subject_key,
        case when is_explained then 'passed' else 'broken' end as verdict,
        cast(null as varchar) as reason,
        changed_at as judged_at,
        changed_at as occurred_at,
        case
            when not is_explained
                then
                    source_field || ' changed from "' || old_value || '"'
                    || coalesce(' to "' || new_value || '"', ' to nothing') || ' on '
                    || {{ readable_time('changed_at') }}
                    || ', and no earlier change had made it "' || old_value || '"'
        end as evidence
    from changes

)

select * from judged
