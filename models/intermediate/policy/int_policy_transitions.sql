-- One row per allowed move and stretch of time in which it was allowed.

with

lifecycle_transitions as (

    select * from {{ ref('lifecycle_transitions') }}

),

transitions as (

    select
        from_stage,
        to_stage,
        owner_team,
        actor_policy,
        requires_reason,
        coalesce({{ local_midnight('valid_from') }}, timestamp '1900-01-01 00:00:00')
            as valid_from,
        coalesce({{ local_midnight('valid_to') }}, timestamp '9999-12-31 00:00:00')
            as valid_to
    from lifecycle_transitions

)

select * from transitions
