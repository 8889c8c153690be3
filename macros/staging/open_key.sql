{# An id as a source without rules has it; a key where somebody made an address one. #}
{% macro open_key(column) -%}
    case
        when {{ column }} like '%@%'
            then 'named-' || substr(md5(trim({{ column }})), 1, 16)
        else nullif(trim({{ column }}), '')
    end
{%- endmacro %}
