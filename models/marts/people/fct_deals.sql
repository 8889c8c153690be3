-- One row per deal; deleted ones are kept and marked, and those that were merged away
-- or are copies of another CRM's name the deal they stand for.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

deals as (

    select * from {{ ref('int_deals') }}

),

listed as (

    select
        deal_id,
        account_id,
        owner_id,
        pipeline,
        pipeline_kind,
        deal_stage,
        deal_role,
        currency,
        lost_reason_code,
        merged_into_deal_id as duplicate_of_deal_id,
        crm_url,
        person_count,
        cast(amount_cents as double) / 100 as amount,
        is_deleted and not is_merged_away as is_deleted,
        created_at,
        offer_sent_at,
        contract_signed_at,
        closed_at,
        {{ local_date('closed_at') }} as closed_on
    from deals

),

as_known as (

    select
        listed.*,
        as_of.as_of
    from listed
    cross join as_of

)

select * from as_known
