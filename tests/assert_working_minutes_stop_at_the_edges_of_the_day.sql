-- Moments whose working minutes differ from the clock on the wall: before opening, at
-- opening, within, at closing, after closing, and on a closed day.

with

moments (moment_at, opens_at, minutes_before, open_minutes, expected_minutes) as (

    values
    (timestamp '2026-03-02 07:00:00', timestamp '2026-03-02 09:00:00', 960, 480, 960),
    (timestamp '2026-03-02 09:00:00', timestamp '2026-03-02 09:00:00', 960, 480, 960),
    (timestamp '2026-03-02 09:30:30', timestamp '2026-03-02 09:00:00', 960, 480, 990.5),
    (timestamp '2026-03-02 17:00:00', timestamp '2026-03-02 09:00:00', 960, 480, 1440),
    (timestamp '2026-03-02 23:00:00', timestamp '2026-03-02 09:00:00', 960, 480, 1440),
    (timestamp '2026-03-01 12:00:00', null, 960, 0, 960)

),

measured as (

    select
        moments.moment_at,
        moments.expected_minutes,
        {{ working_minutes_at('moments.moment_at', 'moments') }} as measured_minutes
    from moments

)

select * from measured
where measured_minutes is distinct from expected_minutes
