{# One row per date from the first to the last, both included: alone in a select list. #}
{% macro date_series(first_on, last_on) -%}
    {{ return(adapter.dispatch('date_series', 'crm_lifecycle')(first_on, last_on)) }}
{%- endmacro %}

{% macro default__date_series(first_on, last_on) -%}
    cast(
        unnest(generate_series({{ first_on }}, {{ last_on }}, interval '1' day)) as date
    )
{%- endmacro %}

{% macro spark__date_series(first_on, last_on) -%}
    explode(sequence({{ first_on }}, {{ last_on }}, interval '1' day))
{%- endmacro %}
