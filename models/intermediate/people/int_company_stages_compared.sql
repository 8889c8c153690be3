-- One row per live company with a stage of its own, beside the stage its account has.

with

visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'account_stage' and is_open and mapped_value <> 'unmapped'

),

live_records as (

    select * from {{ ref('int_live_records') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

account_stages as (

    select * from {{ ref('int_account_stages') }}

),

people as (

    select * from {{ ref('int_people') }}
    where not is_deleted

),

holders as (

    select people.*
    from people
    inner join account_stages
        on
            people.account_id = account_stages.account_id
            and people.lifecycle_stage = account_stages.lifecycle_stage
    qualify
        row_number() over (
            partition by people.account_id
            order by people.stage_entered_at, people.person_id
        ) = 1

),

compared as (

    select
        holders.person_key,
        live_records.record_id,
        holders.primary_record_id,
        live_records.source_system,
        visits.mapped_value as company_stage,
        holders.lifecycle_stage as account_stage,
        visits.valid_from as company_stage_from,
        holders.stage_entered_at as account_stage_from
    from visits
    inner join live_records on visits.record_id = live_records.record_id
    inner join clusters on visits.record_id = clusters.record_id
    inner join holders on clusters.cluster_id = holders.account_id

)

select * from compared
