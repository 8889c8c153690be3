{# For people: a UTC timestamp as readable_time, or, where it is a whole day, its date. #}
{% macro readable_day(utc_at, is_day) -%}
    case
        when {{ is_day }} then cast({{ local_date(utc_at) }} as varchar)
        else {{ readable_time(utc_at) }}
    end
{%- endmacro %}
