{# A written moment as a UTC timestamp like moment_of, null where it is none. #}
{% macro try_moment_of(text) -%}
    {{ return(adapter.dispatch('try_moment_of', 'crm_lifecycle')(text)) }}
{%- endmacro %}

{% macro default__try_moment_of(text) -%}
    timezone('UTC', try_cast({{ text }} as timestamptz))
{%- endmacro %}

{% macro spark__try_moment_of(text) -%}
    try_cast({{ text }} as timestamp)
{%- endmacro %}
