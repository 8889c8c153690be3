{# An open-format id in the project's form (pipedrive:contact:17); object_type is SQL. #}
{% macro open_id(object_type, column) -%}
    source_system || ':' || {{ object_type }} || ':' || {{ open_key(column) }}
{%- endmacro %}
