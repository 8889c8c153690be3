{# The opportunity a Salesforce id names by its first three characters, else null. #}
{% macro salesforce_what_id(column) -%}
    case when substr(trim({{ column }}), 1, 3) = '006' then 'salesforce:deal:' end
    || {{ salesforce_id_18(column) }}
{%- endmacro %}
