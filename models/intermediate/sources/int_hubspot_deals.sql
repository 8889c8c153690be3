-- One row per HubSpot deal, in the columns that all deals share.

with

deals as (

    select * from {{ ref('stg_hubspot__deals') }}

),

deal_companies as (

    select * from {{ ref('stg_hubspot__deal_companies') }}

),

actors as (

    select * from {{ ref('int_hubspot_actors') }}

),

portals as (

    select * from {{ ref('int_hubspot_portals') }}

),

-- HubSpot's own label 5 is the primary company of a deal; a portal's own labels are
-- numbered from 1 too. A deal has one: the one told last, since labels that were
-- taken away are told by nobody.
ranked_companies as (

    select
        deal_id,
        company_record_id,
        row_number() over (
            partition by deal_id
            order by
                case
                    when
                        association_type_id = '5'
                        and coalesce(association_category, 'HUBSPOT_DEFINED')
                        = 'HUBSPOT_DEFINED'
                        then seen_at
                end desc nulls last,
                company_record_id
        ) as company_number
    from deal_companies

),

main_companies as (

    select * from ranked_companies
    where company_number = 1

),

shared as (

    select
        deals.deal_id,
        'hubspot' as source_system,
        deals.deal_name,
        deals.currency,
        main_companies.company_record_id,
        coalesce(actors.actor_id, deals.created_by_user_id) as created_by_id,
        portals.record_url || '0-3/' || split_part(deals.deal_id, ':', 3) as crm_url,
        true as is_closed_in_stage,
        deals.is_closed,
        deals.is_won,
        deals.created_at,
        deals.close_date_at
    from deals
    cross join portals
    left join main_companies on deals.deal_id = main_companies.deal_id
    left join actors on deals.created_by_user_id = actors.user_id

)

select * from shared
