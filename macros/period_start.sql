{# First day of the week or month a date falls into, by the kind of period of the row. #}
{% macro period_start(period_kind, day) -%}
    cast(
        case
            when {{ period_kind }} = 'week' then date_trunc('week', {{ day }})
            else date_trunc('month', {{ day }})
        end as date
    )
{%- endmacro %}
