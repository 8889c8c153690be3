-- One row per record or deal that is deleted at as_of.

with

deletions as (

    select * from {{ ref('int_deletions') }}

),

-- A record may be deleted and restored many times: its last moment says what it is.
last_moments as (

    select
        record_id,
        new_value,
        changed_at
    from deletions
    qualify
        row_number() over (
            partition by record_id
            order by changed_at desc, new_value desc
        ) = 1

),

deleted as (

    select
        record_id,
        changed_at as deleted_at
    from last_moments
    where new_value = 'true'

)

select * from deleted
