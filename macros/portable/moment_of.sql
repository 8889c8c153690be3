{# A written moment as a UTC timestamp; an offset in the text is honoured, none means UTC. #}
{% macro moment_of(text) -%}
    {{ return(adapter.dispatch('moment_of', 'crm_lifecycle')(text)) }}
{%- endmacro %}

{% macro default__moment_of(text) -%}
    timezone('UTC', cast({{ text }} as timestamptz))
{%- endmacro %}

{% macro spark__moment_of(text) -%}
    cast({{ text }} as timestamp)
{%- endmacro %}
