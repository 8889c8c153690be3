-- One row per person and two records that tell its stage today, both entitled to.

with

records as (

    select * from {{ ref('int_person_records') }}
    where is_live

),

visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'record_stage' and is_open and mapped_value <> 'unmapped'

),

companies as (

    select * from {{ ref('int_company_stages_compared') }}

),

rights as (

    select * from {{ ref('int_stage_rights') }}

),

voices as (

    select
        records.person_key,
        records.record_id,
        records.source_system,
        visits.mapped_value as lifecycle_stage,
        visits.valid_from as held_from
    from records
    inner join visits on records.record_key = visits.subject_key

),

pairs as (

    select
        one.person_key,
        one.record_id,
        other.record_id as other_record_id,
        one.source_system,
        other.source_system as other_source_system,
        one.lifecycle_stage,
        other.lifecycle_stage as other_stage,
        one.held_from,
        other.held_from as other_held_from
    from voices as one
    inner join voices as other
        on one.person_key = other.person_key and one.record_id < other.record_id
    union all
    select
        person_key,
        record_id,
        primary_record_id,
        source_system,
        source_system as other_source_system,
        company_stage,
        account_stage,
        company_stage_from,
        account_stage_from
    from companies

),

-- What a source has no say in, it is not asked to keep right.
entitled as (

    select pairs.*
    from pairs
    inner join rights as own_right
        on
            pairs.source_system = own_right.source_system
            and pairs.lifecycle_stage = own_right.lifecycle_stage
    inner join rights as their_right
        on
            pairs.other_source_system = their_right.source_system
            and pairs.other_stage = their_right.lifecycle_stage
    inner join rights as right_over_theirs
        on
            pairs.source_system = right_over_theirs.source_system
            and pairs.other_stage = right_over_theirs.lifecycle_stage
    inner join rights as their_right_over_own
        on
            pairs.other_source_system = their_right_over_own.source_system
            and pairs.lifecycle_stage = their_right_over_own.lifecycle_stage

)

select
    person_key,
    record_id,
    other_record_id,
    lifecycle_stage,
    other_stage,
    lifecycle_stage <> other_stage as is_different,
    held_from,
    other_held_from,
    greatest(held_from, other_held_from) as differs_from
from entitled
