-- One row per source, kind of record and concept that has a fault, with how often.

with

gaps as (

    select * from {{ ref('int_change_gaps') }}

),

changes as (

    select * from {{ ref('int_landed_changes') }}

),

values_compared as (

    select * from {{ ref('int_values_compared') }}

),

unmapped_uses as (

    select * from {{ ref('int_unmapped_uses') }}

),

gap_counts as (

    select
        changes.source_system,
        changes.object_type,
        changes.concept,
        count(*) as gap_count
    from gaps
    inner join changes on gaps.change_key = changes.change_key
    group by changes.source_system, changes.object_type, changes.concept

),

mismatch_counts as (

    select
        source_system,
        object_type,
        concept,
        count(*) as history_mismatch_count
    from values_compared
    where not is_agreeing and not is_undated
    group by source_system, object_type, concept

),

unmapped_counts as (

    select
        source_system,
        split_part(record_id, ':', 2) as object_type,
        concept,
        count(distinct lower(trim(source_value))) as unmapped_value_count,
        count(distinct record_id) as unmapped_record_count
    from unmapped_uses
    group by source_system, split_part(record_id, ':', 2), concept

),

faults as (

    select
        source_system,
        object_type,
        concept,
        gap_count,
        0 as history_mismatch_count,
        0 as unmapped_value_count,
        0 as unmapped_record_count
    from gap_counts
    union all
    select
        source_system,
        object_type,
        concept,
        0,
        history_mismatch_count,
        0,
        0
    from mismatch_counts
    union all
    select
        source_system,
        object_type,
        concept,
        0,
        0,
        unmapped_value_count,
        unmapped_record_count
    from unmapped_counts

)

select
    source_system,
    object_type,
    concept,
    cast(sum(gap_count) as bigint) as gap_count,
    cast(sum(history_mismatch_count) as bigint) as history_mismatch_count,
    cast(sum(unmapped_value_count) as bigint) as unmapped_value_count,
    cast(sum(unmapped_record_count) as bigint) as unmapped_record_count
from faults
group by source_system, object_type, concept
