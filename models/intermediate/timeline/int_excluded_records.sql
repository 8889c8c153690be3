-- One row per record and stretch of time in which the policy leaves it out.

with

records as (

    select * from {{ ref('int_records_unioned') }}

),

exclusions as (

    select * from {{ ref('record_exclusions') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

matched as (

    select
        records.record_id,
        min(exclusions.reason) as reason,
        coalesce(cast(exclusions.valid_from as timestamp), timestamp '1900-01-01')
            as valid_from,
        coalesce(cast(exclusions.valid_to as timestamp), timestamp '9999-01-01')
            as valid_to
    from records
    inner join exclusions
        on
            exclusions.source_system in (records.source_system, 'any')
            and case exclusions.field
                when 'email_domain' then split_part(records.email, '@', 2)
                when 'email' then records.email
                when 'owner_id' then records.owner_id
                when 'record_id' then records.record_id
            end ilike exclusions.pattern
    group by records.record_id, exclusions.valid_from, exclusions.valid_to

),

dated as (

    select
        matched.*,
        build.as_of >= matched.valid_from and build.as_of < matched.valid_to
            as is_left_out
    from matched
    cross join build

)

select * from dated
