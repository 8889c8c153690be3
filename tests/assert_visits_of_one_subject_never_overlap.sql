-- Visits that begin before the one before them has ended, or that leave a hole although
-- the value was neither cleared nor deleted in between.

with

visits as (

    select
        'stage' as timeline,
        person_id as subject_id,
        lifecycle_stage,
        valid_from,
        valid_to
    from {{ ref('fct_stage_visits') }}

    union all

    select
        'record stage',
        record_id,
        null,
        valid_from,
        valid_to
    from {{ ref('fct_record_stage_visits') }}

    union all

    select
        'status',
        record_id,
        null,
        valid_from,
        valid_to
    from {{ ref('fct_status_visits') }}

    union all

    select
        'deal stage',
        deal_id,
        null,
        valid_from,
        valid_to
    from {{ ref('fct_deal_stage_visits') }}

    union all

    select
        'owner',
        coalesce(deal_id, record_id),
        null,
        valid_from,
        valid_to
    from {{ ref('fct_owner_visits') }}

),

neighbours as (

    select
        *,
        row_number() over subject as place,
        lag(valid_to) over subject as previous_valid_to,
        lag(lifecycle_stage) over subject as previous_stage
    from visits
    window subject as (partition by timeline, subject_id order by valid_from)

),

-- only a person's holes can be told from the marts: each begins with such a move, but
-- where a value that the policy does not know was cleared, which is no move
emptied as (

    select distinct
        person_id,
        transitioned_at
    from {{ ref('fct_stage_transitions') }}
    where movement in ('cleared', 'deleted')

)

select neighbours.*
from neighbours
left join emptied
    on
        neighbours.timeline = 'stage'
        and neighbours.subject_id = emptied.person_id
        and neighbours.previous_valid_to = emptied.transitioned_at
where
    neighbours.place > 1
    and (
        neighbours.previous_valid_to is null
        or neighbours.previous_valid_to > neighbours.valid_from
        or (
            neighbours.timeline = 'stage'
            and neighbours.previous_valid_to < neighbours.valid_from
            and neighbours.previous_stage <> 'unmapped'
            and emptied.person_id is null
        )
    )
