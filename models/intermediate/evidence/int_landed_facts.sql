-- One row per kind of evidence, with whether any source lands it and how completely.

with

records as (

    select
        count(*) filter (where has_email_opt_in is not null) as opt_in_count,
        count(*) filter (where lead_source_value is not null) as source_count,
        count(*) filter (where rejection_reason_value is not null) as reason_count,
        count(*) filter (
            where country is not null or industry is not null or job_title is not null
            or employee_count is not null or annual_revenue_cents is not null
        ) as attribute_count
    from {{ ref('int_records_unioned') }}

),

qualification as (

    select count(*) as value_count
    from {{ ref('int_record_values') }}
    where attribute like '%_confirmed'

),

changes as (

    select
        count(*) filter (where concept = 'rejection_reason') as reason_count,
        count(*) filter (where concept = 'lead_source') as source_count
    from {{ ref('int_changes_unioned') }}
    where new_value is not null

),

activities as (

    -- Calls and meetings add points, but nobody shows interest only by being called: a
    -- source of interest lands what people do by themselves.
    select
        count(*) filter (
            where signal in ('conversion', 'response') and (points > 0 or is_decisive)
        ) as interest_count
    from {{ ref('int_person_activities') }}

),

crm_scores as (

    select count(*) as person_count from {{ ref('int_person_score_bounds') }}

),

acceptances as (

    select count(*) as acceptance_count
    from {{ ref('int_stage_transitions') }}
    where actor_kind = 'human'

),

status_acceptances as (

    select count(*) as acceptance_count from {{ ref('int_status_decisions') }}

),

deals as (

    select
        count(*) as deal_count,
        count(*) filter (where won_at is not null) as won_count,
        count(*) filter (where won_at is not null and has_contract)
            as with_contract_count
    from {{ ref('int_deals') }}
    where is_new_business and not is_merged_away

),

offers as (

    select count(*) as offer_count
    from {{ ref('int_deal_stage_roles') }}
    where deal_role = 'offer'

),

documents as (

    select
        count(*) filter (where document_type in ('quote', 'proposal')) as offer_count,
        count(*) filter (where document_type = 'contract') as contract_count
    from {{ ref('int_documents_unioned') }}

),

facts as (

    select
        'consent' as fact,
        opt_in_count > 0 as is_landed,
        null as coverage_rate
    from records
    union all
    select
        'valid_source',
        records.source_count + changes.source_count > 0,
        null
    from records cross join changes
    union all
    select
        'fit',
        attribute_count > 0,
        null
    from records
    union all
    select
        'interest',
        activities.interest_count + crm_scores.person_count > 0,
        null
    from activities cross join crm_scores
    union all
    select
        'acceptance',
        acceptances.acceptance_count + status_acceptances.acceptance_count > 0,
        null
    from acceptances cross join status_acceptances
    union all
    select
        'qualification',
        value_count > 0,
        null
    from qualification
    union all
    select
        'open_deal',
        deal_count > 0,
        null
    from deals
    union all
    select
        'won_deal',
        deal_count > 0,
        null
    from deals
    union all
    select
        'offer',
        offers.offer_count + documents.offer_count > 0,
        null
    from offers cross join documents
    union all
    select
        'signed_contract',
        documents.contract_count > 0,
        cast(deals.with_contract_count as double) / nullif(deals.won_count, 0)
    from documents cross join deals
    union all
    select
        'reason',
        records.reason_count + changes.reason_count > 0,
        null
    from records cross join changes

)

select
    fact,
    is_landed,
    cast(coverage_rate as double) as coverage_rate
from facts
