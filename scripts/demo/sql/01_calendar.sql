-- Deterministic chance and working time. Everything is a pure function of the seed and an id.

create or replace macro chance(id, salt) as
    (md5_number_lower(getvariable('seed') || '|' || salt || '|' || id) >> 11)
    / 9007199254740992.0;

create or replace macro between_values(low, high, share) as low + (high - low) * share;

create or replace macro pick(choices, id, salt) as
    choices[1 + cast(floor(chance(id, salt) * len(choices)) as bigint)];

-- People work Monday to Friday, 09:00 to 17:00 UTC, and not on these days.
create or replace table closed_days as
select cast(unnest([
    '2024-01-01', '2024-03-29', '2024-04-01', '2024-05-01', '2024-12-25', '2024-12-26',
    '2025-01-01', '2025-04-18', '2025-04-21', '2025-05-01', '2025-12-25', '2025-12-26',
    '2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-12-25', '2026-12-26',
    '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-01', '2027-12-25', '2027-12-26'
]) as date) as closed_on;

create or replace table calendar_days as
with days as (
    select cast(getvariable('starts_at') as date) - 60 + cast(day_number as integer) as day_on
    from range(1400) as spine (day_number)
),

opened as (
    select
        day_on,
        isodow(day_on) <= 5
        and day_on not in (select closed_on from closed_days) as is_open
    from days
)

select
    day_on,
    is_open,
    sum(is_open::integer) over (order by day_on) - is_open::integer as open_days_before
from opened;

set variable first_day = (select min(day_on) from calendar_days);
set variable opening_times = (
    select list(day_on + interval 9 hour order by day_on) from calendar_days where is_open
);
set variable seconds_before = (
    select list(cast(open_days_before * 28800 as bigint) order by day_on)
    from calendar_days
);
set variable opening_flags = (select list(is_open order by day_on) from calendar_days);

-- Working seconds passed since the first day, and the moment at which so many have passed.
create or replace macro day_position(moment) as
    1 + date_diff('day', getvariable('first_day'), cast(moment as date));

create or replace macro work_position(moment) as
    getvariable('seconds_before')[day_position(moment)]
    + case
        when getvariable('opening_flags')[day_position(moment)]
            then least(greatest(
                date_diff('second', date_trunc('day', moment), moment) - 32400, 0), 28800)
        else 0
    end;

create or replace macro at_work(worked) as
    getvariable('opening_times')[1 + cast(worked as bigint) // 28800]
    + to_seconds(cast(worked as bigint) % 28800);

-- So many working seconds after a moment.
create or replace macro after_work(moment, seconds) as
    at_work(work_position(moment) + cast(seconds as bigint));

-- Buyers act by day, mostly; the result is never earlier than an hour after the floor.
create or replace macro buyer_moment(moment, floor_at, id, salt) as
    greatest(
        date_trunc('day', moment)
        + to_hours(pick(
            [7, 8, 8, 9, 9, 9, 10, 10, 10, 10, 11, 11, 11, 12, 13, 13, 14, 14, 14, 15,
             15, 15, 16, 16, 17, 18, 19, 20, 20, 21, 22], id, salt || ' hour'))
        + to_seconds(cast(floor(chance(id, salt || ' second') * 3600) as bigint)),
        floor_at
        + to_seconds(3600 + cast(floor(chance(id, salt || ' wait') * 7200) as bigint))
    );

-- Half of the time between a moment and the as-of moment has passed.
create or replace macro halfway(moment) as
    moment + to_seconds(date_diff('second', moment, getvariable('as_of')) // 2);
