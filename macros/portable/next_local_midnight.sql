{# The UTC moment at which the day of a UTC timestamp ends in the reporting time zone. #}
{% macro next_local_midnight(utc_at) -%}
    {{ local_midnight(local_date(utc_at) ~ " + interval '1' day") }}
{%- endmacro %}
