{# Pairs of rows of one key that are in force on the same day; an empty end is open. #}
{% test periods_do_not_overlap(model, columns) %}

with

numbered as (

    select
        {{ columns | join(', ') }},
        coalesce(valid_from, date '1900-01-01') as valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        lag(coalesce(valid_to, date '9999-12-31')) over (
            partition by {{ columns | join(', ') }}
            order by coalesce(valid_from, date '1900-01-01'), coalesce(valid_to, date '9999-12-31')
        ) as previous_valid_to
    from {{ model }}

)

select * from numbered
where valid_from < previous_valid_to or valid_to <= valid_from

{% endtest %}
