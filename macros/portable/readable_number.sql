{# A number for people: one decimal, none where it is whole. #}
{% macro readable_number(number) -%}
    replace(
        replace(cast(round(cast({{ number }} as double), 1) as varchar) || '|', '.0|', ''), '|', ''
    )
{%- endmacro %}
