{# A UTC timestamp as wall-clock time in a time zone (default: the reporting one). #}
{% macro local_time(utc_at, time_zone=none) -%}
    {%- set zone = time_zone or reporting_time_zone() -%}
    {{ return(adapter.dispatch('local_time', 'crm_lifecycle')(utc_at, zone)) }}
{%- endmacro %}

{% macro default__local_time(utc_at, time_zone) -%}
    timezone({{ time_zone }}, timezone('UTC', {{ utc_at }}))
{%- endmacro %}

{% macro spark__local_time(utc_at, time_zone) -%}
    from_utc_timestamp({{ utc_at }}, {{ time_zone }})
{%- endmacro %}
