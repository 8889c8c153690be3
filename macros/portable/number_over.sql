{# A number above its limit, for people: it never reads like the limit itself. #}
{% macro number_over(number, limit) -%}
    case
        when round(cast({{ number }} as double), 1) <= {{ limit }} then 'just over '
        else ''
    end || {{ readable_number(number) }}
{%- endmacro %}
