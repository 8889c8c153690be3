-- One row per rule and subject excepted at as_of.

with

exceptions as (

    select
        *,
        {{ local_midnight('expires_on') }} as expires_at
    from {{ ref('rule_exceptions') }}

),

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

subjects as (

    select
        subject_type,
        subject_key,
        subject_id
    from {{ ref('int_subjects') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

in_force as (

    select
        exceptions.rule_code,
        subjects.subject_key,
        exceptions.reason,
        exceptions.expires_at
    from exceptions
    cross join build
    inner join rules on exceptions.rule_code = rules.rule_code
    inner join subjects
        on
            rules.subject_type = subjects.subject_type
            and exceptions.subject_id = subjects.subject_id
    where exceptions.expires_at > build.as_of

)

select * from in_force
