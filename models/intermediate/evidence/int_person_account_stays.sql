-- One row per person, account and unbroken stretch of time in which they belonged to
-- it: dated where a history of the company is on file, else today's account throughout.

with

people as (

    select * from {{ ref('int_people') }}

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

changes as (

    select * from {{ ref('int_changes_unioned') }}
    where concept = 'company' and object_type <> 'deal'

),

ordered as (

    select
        record_id,
        old_value,
        new_value,
        changed_at,
        lead(changed_at) over in_order as next_changed_at,
        row_number() over in_order as change_number
    from changes
    window in_order as (
        partition by record_id
        order by changed_at, new_value nulls first, old_value nulls first
    )

),

told as (

    select
        ordered.record_id,
        ordered.old_value as company_record_id,
        coalesce(records.created_at, timestamp '1900-01-01') as valid_from,
        ordered.changed_at as valid_to
    from ordered
    inner join records on ordered.record_id = records.record_id
    where ordered.change_number = 1

    union all

    select
        record_id,
        new_value,
        changed_at,
        coalesce(next_changed_at, timestamp '9999-12-31')
    from ordered

),

dated as (

    select
        persons.cluster_key as person_key,
        accounts.cluster_id as account_id,
        told.valid_from,
        told.valid_to
    from told
    inner join clusters as persons
        on told.record_id = persons.record_id and persons.cluster_kind = 'person'
    inner join clusters as accounts
        on
            told.company_record_id = accounts.record_id
            and accounts.cluster_kind = 'account'
    where told.valid_from < told.valid_to

),

-- distinct: several records of a person may be in an account
dated_today as (

    select distinct
        person_key,
        account_id
    from dated
    where valid_to = timestamp '9999-12-31'

),

stays as (

    select * from dated

    union all

    select
        people.person_key,
        people.account_id,
        timestamp '1900-01-01' as valid_from,
        timestamp '9999-12-31' as valid_to
    from people
    left join dated_today
        on
            people.person_key = dated_today.person_key
            and people.account_id = dated_today.account_id
    where people.account_id is not null and dated_today.person_key is null

),

marked as (

    select
        *,
        case
            when valid_from <= max(valid_to) over (
                partition by person_key, account_id order by valid_from, valid_to
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as starts_stay
    from stays

),

numbered as (

    select
        *,
        sum(starts_stay) over (
            partition by person_key, account_id order by valid_from, valid_to
            rows between unbounded preceding and current row
        ) as stay_number
    from marked

),

merged as (

    select
        person_key,
        account_id,
        min(valid_from) as valid_from,
        max(valid_to) as valid_to
    from numbered
    group by person_key, account_id, stay_number

)

select * from merged
