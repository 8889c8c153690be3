-- One row per live contact or lead with an e-mail address of its own, judged (HY12) for
-- being a later record of the same address, kind and source.

with

addresses as (

    select * from {{ ref('int_record_addresses') }}
    where address_kind = 'email' and not is_shared and is_own

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

placed as (

    select
        *,
        row_number() over same_address as place,
        first_value(record_id) over same_address as first_record_id,
        first_value(created_at) over same_address as first_created_at
    from addresses
    window same_address as (
        partition by address_key, source_system, object_type
        order by created_at nulls last, record_id
    )

),

judged as (

    select
        clusters.record_key as subject_key,
        case when placed.place > 1 then 'broken' else 'passed' end as verdict,
        cast(null as varchar) as reason,
        build.as_of as judged_at,
        coalesce(placed.created_at, build.as_of) as occurred_at,
        case
            when placed.place > 1
                then
                    'has the e-mail address of ' || placed.first_record_id
                    || coalesce(
                        ', which was created '
                        || {{ readable_time('placed.first_created_at') }},
                        ''
                    )
                    || coalesce(
                        '; this one ' || {{ readable_time('placed.created_at') }}, ''
                    )
        end as evidence
    from placed
    cross join build
    inner join clusters on placed.record_id = clusters.record_id

)

select * from judged
