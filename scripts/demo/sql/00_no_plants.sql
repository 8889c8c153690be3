-- No plants yet: the undisturbed plan.

create or replace table plants (
    pair_number integer, person_id bigint, cycle integer, rule_code varchar, kind varchar,
    variant varchar, seconds bigint, is_extra boolean
);
