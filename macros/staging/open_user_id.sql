{# A user of an open-format source in the project's form, never by name. #}
{% macro open_user_id(column) -%}
    source_system || ':user:' || {{ user_key(column) }}
{%- endmacro %}
