{# Rows in which one of the given columns is empty: one test for a whole seed. #}
{% test filled(model, columns) %}

select * from {{ model }}
where {% for column in columns -%}
    {{ column }} is null{{ ' or ' if not loop.last }}
{%- endfor %}

{% endtest %}
