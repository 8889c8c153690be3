-- One row per person that belongs to a company, with its account.

with

records as (

    select * from {{ ref('int_records_unioned') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

live_records as (

    select * from {{ ref('int_live_records') }}

),

domains as (

    select * from {{ ref('int_record_domains') }}
    where not is_shared

),

-- A domain names an account where all live companies with it are one.
account_domains as (

    select
        domains.domain_key,
        min(clusters.cluster_key) as account_key
    from domains
    inner join live_records on domains.record_id = live_records.record_id
    inner join clusters on domains.record_id = clusters.record_id
    where clusters.cluster_kind = 'account'
    group by domains.domain_key
    having count(distinct clusters.cluster_key) = 1

),

stated as (

    select
        records.record_id,
        accounts.cluster_key as account_key,
        companies.is_deleted as is_company_deleted,
        0 as is_guessed
    from records
    inner join clusters as accounts
        on records.company_record_id = accounts.record_id
    inner join records as companies
        on records.company_record_id = companies.record_id
    where accounts.cluster_kind = 'account'

    union all

    select
        live_records.record_id,
        account_domains.account_key,
        false,
        1
    from live_records
    inner join domains on live_records.record_id = domains.record_id
    inner join account_domains on domains.domain_key = account_domains.domain_key

),

ranked as (

    select
        people.cluster_key as person_key,
        stated.account_key,
        row_number() over (
            partition by people.cluster_key
            order by
                stated.is_guessed,
                records.is_deleted,
                stated.is_company_deleted,
                records.created_at nulls last,
                records.record_id
        ) as company_number
    from stated
    inner join records on stated.record_id = records.record_id
    inner join clusters as people on stated.record_id = people.record_id
    where people.cluster_kind = 'person'

),

named as (

    -- distinct: an account has many records
    select distinct
        cluster_key,
        cluster_id
    from clusters
    where cluster_kind = 'account'

)

select
    ranked.person_key,
    ranked.account_key,
    named.cluster_id as account_id
from ranked
inner join named on ranked.account_key = named.cluster_key
where ranked.company_number = 1
