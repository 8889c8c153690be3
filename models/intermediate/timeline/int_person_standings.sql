-- One row per stage change of a person whose records may disagree, with where its own
-- record and the highest of the person's live records stood just before.

with

changes as (

    select * from {{ ref('int_person_births') }}
    where is_disputed

),

records as (

    select * from {{ ref('int_timeline_records') }}

),

intakes as (

    select * from {{ ref('int_record_intakes') }}

),

lives as (

    select * from {{ ref('int_record_lives') }}

),

exclusions as (

    select * from {{ ref('int_excluded_records') }}

),

-- A record stands in its last mapped stage, whether that counted or not.
stands as (

    select
        person_key,
        record_key,
        coalesce(stage_rank, 0) as stage_rank,
        is_sold,
        position as from_position,
        lead(position) over (partition by record_key order by position) as to_position,
        changed_at as stood_from
    from changes
    where has_value and not is_unmapped

),

own as (

    select
        changes.change_key,
        changes.record_key as changed_record_key,
        stands.record_key,
        stands.stage_rank,
        stands.is_sold,
        changes.changed_at,
        stands.stood_from
    from changes
    inner join stands
        on
            changes.person_key = stands.person_key
            and changes.position > stands.from_position
            and (changes.position <= stands.to_position or stands.to_position is null)

),

taken_in as (

    select
        taken.record_key as taken_key,
        takers.record_key,
        intakes.taken_in_at
    from intakes
    inner join records as taken on intakes.record_id = taken.record_id
    inner join records as takers on intakes.survivor_id = takers.record_id

),

inherited as (

    select
        own.change_key,
        own.changed_record_key,
        taken_in.record_key,
        own.stage_rank,
        own.is_sold,
        own.changed_at,
        -- a merge that nobody dates is no older than what happened before it
        coalesce(taken_in.taken_in_at, own.stood_from) as taken_in_at
    from own
    inner join taken_in on own.record_key = taken_in.taken_key

),

together as (

    select
        change_key,
        changed_record_key,
        record_key,
        stage_rank,
        is_sold,
        changed_at
    from own

    union all

    -- What the survivor writes itself after a merge says where it stands.
    select
        inherited.change_key,
        inherited.changed_record_key,
        inherited.record_key,
        inherited.stage_rank,
        inherited.is_sold,
        inherited.changed_at
    from inherited
    left join own
        on
            inherited.change_key = own.change_key
            and inherited.record_key = own.record_key
    where
        inherited.taken_in_at <= inherited.changed_at
        and (own.stood_from is null or inherited.taken_in_at >= own.stood_from)

),

absent as (

    select
        record_key,
        absent_from,
        absent_to
    from lives

    union all

    select
        record_key,
        timestamp '1900-01-01',
        null
    from records
    where is_merged_away and merged_at is null

    union all

    select
        records.record_key,
        exclusions.valid_from,
        exclusions.valid_to
    from exclusions
    inner join records on exclusions.record_id = records.record_id

),

seen as (

    select
        together.*,
        absent.record_key is null as is_live
    from together
    left join absent
        on
            together.record_key = absent.record_key
            and together.changed_at >= absent.absent_from
            and (together.changed_at < absent.absent_to or absent.absent_to is null)

),

standings as (

    select
        change_key,
        coalesce(max(case when record_key = changed_record_key then stage_rank end), 0)
            as own_rank,
        coalesce(max(case when is_live then stage_rank end), 0) as live_rank,
        bool_or(record_key = changed_record_key and is_sold) as is_own_sold
    from seen
    group by change_key

)

select * from standings
