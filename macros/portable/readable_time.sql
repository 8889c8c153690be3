{# A UTC timestamp for people: '2026-03-02 09:14' in the reporting time zone. #}
{% macro readable_time(utc_at) -%}
    {{ return(adapter.dispatch('readable_time', 'crm_lifecycle')(utc_at)) }}
{%- endmacro %}

{% macro default__readable_time(utc_at) -%}
    strftime({{ local_time(utc_at) }}, '%Y-%m-%d %H:%M')
{%- endmacro %}

{% macro spark__readable_time(utc_at) -%}
    date_format({{ local_time(utc_at) }}, 'yyyy-MM-dd HH:mm')
{%- endmacro %}
