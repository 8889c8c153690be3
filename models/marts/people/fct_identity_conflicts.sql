-- One row per identity conflict: records that may or may not be one person or company.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

conflicts as (

    select * from {{ ref('int_identity_conflicts') }}

),

users as (

    select * from {{ ref('int_users_unioned') }}

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

texts (reason_code, why_not_linked, remedy) as (

    values
    (
        'shared_address',
        'The policy says that several share this address (shared_addresses).',
        'Give each record an address of its own, or take the address off the list.'
    ),
    (
        'several_in_one_source',
        'One source holds several live records of one kind with this address.',
        'Merge the duplicates in that source, or correct the address of one.'
    ),
    (
        'held_by_several',
        'Several live records hold this id; only the best match was linked.',
        'Merge the duplicates, or clear the id on the records it does not name.'
    ),
    (
        'record_not_found',
        'No landed record has this id.',
        'Load the missing record, or clear the id.'
    ),
    (
        'too_many_records',
        'Linked, but more live records of one kind in one source than is plausible.',
        'Merge the duplicates, or clear the id or address that joins strangers.'
    )

),

described as (

    select
        conflicts.conflict_id,
        conflicts.conflict_kind,
        conflicts.reason_code,
        conflicts.record_id,
        conflicts.record_ids,
        conflicts.owner_id,
        coalesce(users.team, 'operations') as owner_team,
        texts.why_not_linked,
        texts.remedy,
        records.crm_url,
        conflicts.record_count,
        conflicts.record_count > 1
        and conflicts.cluster_count = 1 as is_joined_otherwise,
        conflicts.occurred_at
    from conflicts
    inner join texts on conflicts.reason_code = texts.reason_code
    left join users on conflicts.owner_id = users.user_id
    left join records on conflicts.record_id = records.record_id

),

as_known as (

    select
        described.*,
        as_of.as_of
    from described
    cross join as_of

)

select * from as_known
