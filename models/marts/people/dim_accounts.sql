-- One row per account (company) that the CRM knows.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

companies as (

    select * from {{ ref('int_account_companies') }}

),

account_stages as (

    select * from {{ ref('int_account_stages') }}

),

people as (

    select * from {{ ref('int_account_people') }}

),

deals as (

    select * from {{ ref('int_account_deals') }}

),

accounts as (

    select
        companies.account_id,
        companies.owner_id,
        account_stages.lifecycle_stage,
        account_stages.stage_role,
        people.segment,
        companies.industry,
        companies.country,
        companies.crm_url,
        coalesce(people.person_count, 0) as person_count,
        coalesce(deals.open_deal_count, 0) as open_deal_count,
        coalesce(deals.won_deal_count, 0) as won_deal_count,
        companies.created_at,
        account_stages.stage_entered_at
    from companies
    left join account_stages
        on companies.account_id = account_stages.account_id
    left join people
        on companies.account_id = people.account_id
    left join deals
        on companies.account_id = deals.account_id

),

as_known as (

    select
        accounts.*,
        as_of.as_of
    from accounts
    cross join as_of

)

select * from as_known
