{# The UTC moment at which a calendar date begins in the reporting time zone. #}
{% macro local_midnight(day) -%}
    {{ utc_time('cast(' ~ day ~ ' as timestamp)', reporting_time_zone()) }}
{%- endmacro %}
