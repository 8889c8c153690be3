{# Milliseconds since 1970 as a UTC timestamp; null where the text is no whole number. #}
{% macro moment_of_millis(text) -%}
    {{ return(adapter.dispatch('moment_of_millis', 'crm_lifecycle')(text)) }}
{%- endmacro %}

{% macro default__moment_of_millis(text) -%}
    epoch_ms(try_cast({{ text }} as bigint))
{%- endmacro %}

{% macro spark__moment_of_millis(text) -%}
    timestamp_millis(try_cast({{ text }} as bigint))
{%- endmacro %}
