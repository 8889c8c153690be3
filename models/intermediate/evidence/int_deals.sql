-- One row per deal with its pipeline kind, role, people and documents.

with

deals as (

    select * from {{ ref('int_deals_unioned') }}

),

roles as (

    select * from {{ ref('int_deal_stage_roles') }}

),

links as (

    select * from {{ ref('int_deal_links') }}

),

documents as (

    select * from {{ ref('int_documents_unioned') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'account'

),

pipelines as (

    select * from {{ ref('int_deal_pipelines') }}

),

reasons as (

    select * from {{ ref('int_value_mappings') }}
    where concept = 'rejection_reason'

),

build as (

    select * from {{ ref('int_as_of') }}

),

owners as (

    select * from {{ ref('int_visits') }}
    where concept = 'owner' and is_open

),

-- What the record lacks, its history may tell.
newest_changes as (

    select
        record_id,
        concept,
        new_value
    from {{ ref('int_changes_unioned') }}
    where object_type = 'deal' and concept in ('amount', 'rejection_reason')
    qualify
        row_number() over (
            partition by record_id, concept
            order by changed_at desc, new_value asc nulls last
        ) = 1

),

told as (

    select
        record_id,
        max(new_value) filter (where concept = 'rejection_reason')
            as lost_reason_value,
        try_cast(
            round(
                cast(max(new_value) filter (where concept = 'amount') as double) * 100
            ) as bigint
        ) as amount_cents
    from newest_changes
    group by record_id

),

roles_today as (

    select * from roles
    where valid_to is null

),

role_starts as (

    select
        deal_id,
        deal_role,
        valid_from,
        sure_from,
        lag(deal_role) over (partition by deal_id order by valid_from) as role_before
    from roles

),

-- since when the deal has been won, or lost, without a break
role_changes as (

    select
        deal_id,
        max(valid_from) as role_from,
        max(sure_from) as role_sure_from
    from role_starts
    where deal_role is distinct from role_before
    group by deal_id

),

people_counts as (

    select
        deal_id,
        count(*) as person_count
    from links
    group by deal_id

),

papers as (

    select
        deal_id,
        min(sent_at) filter (where document_type in ('quote', 'proposal'))
            as offer_sent_at,
        min(signed_at) filter (where document_type = 'contract') as contract_signed_at,
        min(surely_signed_at) filter (where document_type = 'contract')
            as contract_surely_signed_at,
        count(*) filter (where document_type = 'contract') > 0 as has_contract
    from documents
    group by deal_id

),

pipelines_today as (

    select
        deal_id,
        max(pipeline) filter (where is_current) as pipeline,
        max(pipeline_kind) filter (where is_current) as pipeline_kind,
        bool_or(pipeline_kind = 'new_business') as is_new_business
    from pipelines
    group by deal_id

),

put_together as (

    select
        row_number() over (order by deals.deal_id) as deal_key,
        deals.deal_id,
        clusters.cluster_id as account_id,
        coalesce(owners.mapped_value, deals.owner_id) as owner_id,
        pipelines_today.pipeline,
        pipelines_today.pipeline_kind,
        coalesce(roles_today.deal_stage, deals.deal_stage_value) as deal_stage,
        roles_today.deal_role,
        roles_today.supports_role,
        deals.currency,
        reasons.value as lost_reason_code,
        deals.merged_into_deal_id,
        deals.crm_url,
        coalesce(deals.amount_cents, told.amount_cents) as amount_cents,
        coalesce(people_counts.person_count, 0) as person_count,
        coalesce(deals.is_deleted, false) as is_deleted,
        deals.merged_into_deal_id is not null as is_merged_away,
        coalesce(papers.has_contract, false) as has_contract,
        pipelines_today.is_new_business,
        deals.created_at,
        papers.offer_sent_at,
        papers.contract_signed_at,
        papers.contract_surely_signed_at,
        case
            when roles_today.deal_role = 'won' then role_changes.role_from
        end as won_at,
        case
            when roles_today.deal_role in ('won', 'lost') then role_changes.role_from
        end as closed_at,
        case
            when roles_today.deal_role in ('won', 'lost')
                then role_changes.role_sure_from
        end as surely_closed_at
    from deals
    cross join build
    left join owners on deals.deal_id = owners.subject_id
    left join told on deals.deal_id = told.record_id
    left join roles_today on deals.deal_id = roles_today.deal_id
    left join role_changes on deals.deal_id = role_changes.deal_id
    left join people_counts on deals.deal_id = people_counts.deal_id
    left join papers on deals.deal_id = papers.deal_id
    left join clusters on deals.company_record_id = clusters.record_id
    inner join pipelines_today on deals.deal_id = pipelines_today.deal_id
    left join reasons
        on
            deals.source_system = reasons.source_system
            and lower(trim(coalesce(deals.lost_reason_value, told.lost_reason_value)))
            = reasons.source_value_key
            and build.as_of >= reasons.valid_from
            and build.as_of < reasons.valid_to

)

select * from put_together
