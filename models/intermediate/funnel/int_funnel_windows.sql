-- One row per window within which a step has to happen to count.

with

windows as (

    select cast(listed.window_days as bigint) as window_days
    from (values (30), (60), (90), (180)) as listed (window_days)

)

select * from windows
