{#
  Whether an id came in a spreadsheet's wrapping (="17", '17, 1,704, 1.704): which id that is
  cannot be told.
#}
{% macro is_wrapped_id(text) -%}
    regexp_extract(
        trim({{ text }}),
        '^(=.*|''[0-9A-Za-z_-]+|"[^"]*"|[0-9]{1,3}([.,][0-9]{3})+)$', 0
    ) <> ''
{%- endmacro %}
