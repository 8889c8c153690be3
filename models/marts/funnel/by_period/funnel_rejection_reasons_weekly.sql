-- One row per week of its mart, and what else the rows of that tell apart.

with

periods as (

    select * from {{ ref('funnel_rejection_reasons') }}

),

weekly as (

    select * from periods
    where period_kind = 'week'

)

select * from weekly
