-- One row per person, attribute and stretch of time in which one value decided, or in
-- which nobody knows it. Where there is no row, the attribute was empty.

with

record_values as (

    -- scores and confirmed points count on whichever record they stand
    select * from {{ ref('int_record_values') }}
    where attribute <> 'score' and attribute not like '%_confirmed'

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

own as (

    select
        clusters.cluster_key as person_key,
        records.record_id,
        records.company_record_id,
        row_number() over (
            partition by clusters.cluster_key
            order by records.created_at nulls last, records.record_id
        ) as precedence
    from records
    inner join clusters on records.record_id = clusters.record_id
    where clusters.cluster_kind = 'person'

),

-- what the person's own records do not say, the company's may
contributors as (

    select
        person_key,
        record_id,
        precedence
    from own

    union all

    select
        person_key,
        company_record_id,
        1000000 + min(precedence)
    from own
    where company_record_id is not null
    group by person_key, company_record_id

),

contributed as (

    select
        contributors.person_key,
        record_values.attribute,
        contributors.precedence,
        record_values.value,
        record_values.is_known,
        record_values.valid_from,
        coalesce(record_values.valid_to, timestamp '9999-12-31') as valid_to,
        min(contributors.precedence) over attribute_values
        <> max(contributors.precedence) over attribute_values as is_shared
    from contributors
    inner join record_values on contributors.record_id = record_values.record_id
    window attribute_values as (
        partition by contributors.person_key, record_values.attribute
    )

),

boundaries as (

    select
        person_key,
        attribute,
        valid_from
    from contributed
    where is_shared

    union

    select
        person_key,
        attribute,
        valid_to
    from contributed
    where is_shared

),

slices as (

    select
        *,
        lead(valid_from) over (
            partition by person_key, attribute order by valid_from
        ) as valid_to
    from boundaries

),

ranked as (

    select
        slices.person_key,
        slices.attribute,
        contributed.value,
        contributed.is_known,
        slices.valid_from,
        slices.valid_to,
        row_number() over (
            partition by slices.person_key, slices.attribute, slices.valid_from
            order by contributed.precedence
        ) as choice
    from slices
    inner join contributed
        on
            slices.person_key = contributed.person_key
            and slices.attribute = contributed.attribute
            and slices.valid_from >= contributed.valid_from
            and slices.valid_to <= contributed.valid_to

),

person_values as (

    select
        person_key,
        attribute,
        value,
        is_known,
        valid_from,
        valid_to
    from contributed
    where not is_shared

    union all

    select
        person_key,
        attribute,
        value,
        is_known,
        valid_from,
        valid_to
    from ranked
    where choice = 1

)

select * from person_values
