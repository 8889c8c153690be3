-- One row per build: the days for which an activity's points count, at as_of.

with

limits as (

    select * from {{ ref('int_rule_thresholds') }}
    where rule_code = 'EN07' and threshold_name = 'score_window_days'

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

in_force as (

    -- one running sum a person: there is one window, and a scope would not be applied
    select max(cast(limits.threshold_value as bigint)) as score_window_days
    from limits
    cross join as_of
    where as_of.as_of >= limits.valid_from and as_of.as_of < limits.valid_to

)

select * from in_force
