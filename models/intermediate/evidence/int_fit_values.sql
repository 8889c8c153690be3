-- One row per fit criterion's test (attribute, operator, bound) and value that occurs,
-- with whether the value meets it.

with

criteria as (

    -- distinct: segments share criteria
    select distinct
        attribute,
        operator,
        value as bound
    from {{ ref('int_fit_criteria') }}

),

occurring as (

    -- distinct: people share values
    select distinct
        attribute,
        value
    from {{ ref('int_person_values') }}
    where is_known and value is not null

),

positions (position) as (

    values (1),
    (2),
    (3),
    (4),
    (5),
    (6),
    (7),
    (8),
    (9),
    (10),
    (11),
    (12),
    (13),
    (14),
    (15),
    (16),
    (17),
    (18),
    (19),
    (20),
    (21),
    (22),
    (23),
    (24),
    (25),
    (26),
    (27),
    (28),
    (29),
    (30)

),

-- a list holds up to thirty patterns
patterns as (

    select
        criteria.attribute,
        criteria.bound,
        trim(split_part(criteria.bound, '|', positions.position)) as pattern
    from criteria
    cross join positions
    where
        criteria.operator = 'like'
        and trim(split_part(criteria.bound, '|', positions.position)) <> ''

),

liked as (

    -- distinct: a value may fit several patterns
    select distinct
        occurring.attribute,
        occurring.value,
        patterns.bound
    from occurring
    inner join patterns
        on
            occurring.attribute = patterns.attribute
            and occurring.value ilike patterns.pattern

),

tested as (

    select
        criteria.attribute,
        criteria.operator,
        criteria.bound,
        occurring.value,
        case criteria.operator
            when 'is_present' then true
            when 'in'
                then position(
                    '|' || lower(trim(occurring.value)) || '|'
                    in '|'
                    || lower(replace(replace(criteria.bound, ' |', '|'), '| ', '|'))
                    || '|'
                ) > 0
            when 'at_least'
                then coalesce(
                    try_cast(occurring.value as double)
                    >= try_cast(criteria.bound as double),
                    false
                )
            when 'at_most'
                then coalesce(
                    try_cast(occurring.value as double)
                    <= try_cast(criteria.bound as double),
                    false
                )
            when 'like' then liked.value is not null
            else false
        end as is_met
    from criteria
    inner join occurring on criteria.attribute = occurring.attribute
    left join liked
        on
            criteria.attribute = liked.attribute
            and criteria.bound = liked.bound
            and occurring.value = liked.value

)

select * from tested
