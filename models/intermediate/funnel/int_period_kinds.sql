-- One row per kind of period that funnel marts count by.

with

period_kinds as (

    select listed.period_kind
    from (values ('week'), ('month')) as listed (period_kind)

)

select * from period_kinds
