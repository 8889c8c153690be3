{# A name without capitals, blanks and signs, to compare names written differently. #}
{% macro name_key(text) -%}
    replace(replace(replace(replace(replace(
        lower({{ text }}), ' ', ''), '_', ''), '-', ''), '.', ''), '/', '')
{%- endmacro %}
