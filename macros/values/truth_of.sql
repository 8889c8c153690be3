{#
  What a person or a CRM wrote for yes or no, as true or false in text; else null. Patterns,
  because DuckDB turns a long list of values into a join, and that for every row.
#}
{% macro truth_of(text) -%}
    case
        when
            regexp_extract(
                lower(trim({{ text }})),
                '^(true|t|yes|y|1|1[.]0|on|checked|ja|oui|si)$', 1
            ) <> ''
            then 'true'
        when
            regexp_extract(
                lower(trim({{ text }})),
                '^(false|f|no|n|0|0[.]0|off|unchecked|nein|non)$', 1
            ) <> ''
            then 'false'
    end
{%- endmacro %}
