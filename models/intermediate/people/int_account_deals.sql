-- One row per account with live deals, with how many are open and won.

with

deals as (

    select * from {{ ref('int_deals') }}
    where not is_deleted and not is_merged_away and pipeline_kind != 'ignored'

),

accounts as (

    select
        account_id,
        count(*) filter (
            where deal_role in ('open', 'offer', 'paused')
        ) as open_deal_count,
        count(*) filter (where deal_role = 'won') as won_deal_count
    from deals
    where account_id is not null
    group by account_id

)

select * from accounts
