{# Wall-clock time in a time zone as a UTC timestamp: the inverse of local_time. #}
{% macro utc_time(local_at, time_zone) -%}
    {{ return(adapter.dispatch('utc_time', 'crm_lifecycle')(local_at, time_zone)) }}
{%- endmacro %}

{% macro default__utc_time(local_at, time_zone) -%}
    timezone('UTC', timezone({{ time_zone }}, {{ local_at }}))
{%- endmacro %}

{% macro spark__utc_time(local_at, time_zone) -%}
    to_utc_timestamp({{ local_at }}, {{ time_zone }})
{%- endmacro %}
