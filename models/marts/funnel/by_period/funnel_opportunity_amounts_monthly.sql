-- One row per month of its mart, and what else the rows of that tell apart.

with

periods as (

    select * from {{ ref('funnel_opportunity_amounts') }}

),

monthly as (

    select * from periods
    where period_kind = 'month'

)

select * from monthly
