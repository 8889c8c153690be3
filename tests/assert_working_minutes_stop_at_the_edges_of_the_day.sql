-- Moments whose working minutes are not what the clock on the wall says: before opening,
-- at opening, within, at closing, after closing, and on a closed day.

with

moments as (

    select * from (
        values
        (timestamp '2026-03-02 07:00:00', timestamp '2026-03-02 09:00:00', 480, 960.0),
        (timestamp '2026-03-02 09:00:00', timestamp '2026-03-02 09:00:00', 480, 960.0),
        (timestamp '2026-03-02 09:30:30', timestamp '2026-03-02 09:00:00', 480, 990.5),
        (timestamp '2026-03-02 17:00:00', timestamp '2026-03-02 09:00:00', 480, 1440.0),
        (timestamp '2026-03-02 23:00:00', timestamp '2026-03-02 09:00:00', 480, 1440.0),
        (timestamp '2026-03-01 12:00:00', cast(null as timestamp), 0, 960.0)
    ) as moments (moment_at, opens_at, open_minutes, expected_minutes)

),

measured as (

    select
        day.moment_at,
        day.expected_minutes,
        {{ working_minutes_at('day.moment_at', 'day') }} as measured_minutes
    from (select *, 960 as minutes_before from moments) as day

)

select * from measured
where measured_minutes is distinct from expected_minutes
