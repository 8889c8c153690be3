-- One row per person that belongs to a company, with its account.

with

records as (

    select * from {{ ref('int_records_unioned') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

companies as (

    select
        people.cluster_key as person_key,
        accounts.cluster_key as account_key,
        accounts.cluster_id as account_id,
        row_number() over (
            partition by people.cluster_key
            order by
                records.is_deleted, records.created_at nulls last, records.record_id
        ) as company_number
    from records
    inner join clusters as people on records.record_id = people.record_id
    inner join clusters as accounts
        on records.company_record_id = accounts.record_id
    where people.cluster_kind = 'person' and accounts.cluster_kind = 'account'

)

select
    person_key,
    account_key,
    account_id
from companies
where company_number = 1
