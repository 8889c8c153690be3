{# The calendar date of a UTC timestamp in the reporting time zone. #}
{% macro local_date(utc_at) -%}
    cast({{ local_time(utc_at) }} as date)
{%- endmacro %}
