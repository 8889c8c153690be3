{# Seconds from one timestamp to another, fractions kept; null where either is null. #}
{% macro seconds_between(from_at, to_at) -%}
    {{ return(adapter.dispatch('seconds_between', 'crm_lifecycle')(from_at, to_at)) }}
{%- endmacro %}

{% macro default__seconds_between(from_at, to_at) -%}
    epoch({{ to_at }} - {{ from_at }})
{%- endmacro %}

{% macro spark__seconds_between(from_at, to_at) -%}
    (unix_micros({{ to_at }}) - unix_micros({{ from_at }})) / 1000000.0
{%- endmacro %}
