{# A text as a cell of a CSV file: in quotes where it must be. #}
{% macro csv_cell(text) -%}
    case
        when
            {{ text }} like '%,%' or {{ text }} like '%"%'
            or {{ text }} like '%' || chr(10) || '%'
            then '"' || replace({{ text }}, '"', '""') || '"'
        else {{ text }}
    end
{%- endmacro %}
