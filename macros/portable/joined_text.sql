{# The values of a group as one text, in a stated order. #}
{% macro joined_text(value, separator, ordered_by) -%}
    {{ return(adapter.dispatch('joined_text', 'crm_lifecycle')(value, separator, ordered_by)) }}
{%- endmacro %}

{% macro default__joined_text(value, separator, ordered_by) -%}
    string_agg({{ value }}, {{ separator }} order by {{ ordered_by }})
{%- endmacro %}

{% macro spark__joined_text(value, separator, ordered_by) -%}
    listagg({{ value }}, {{ separator }}) within group (order by {{ ordered_by }})
{%- endmacro %}
