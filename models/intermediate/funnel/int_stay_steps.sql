-- One row per moment at which a stay in a stage of the policy (valid) or in an unmapped
-- value began (+1) or ended (-1).

with

stage_visits as (

    select
        case when stage_role is null then 'unmapped' else 'valid' end as counted,
        valid_from,
        valid_to
    from {{ ref('int_stage_visits') }}

),

steps as (

    select
        counted,
        1 as step,
        valid_from as stepped_at
    from stage_visits
    union all
    select
        counted,
        -1 as step,
        valid_to as stepped_at
    from stage_visits
    where valid_to is not null

)

select * from steps
