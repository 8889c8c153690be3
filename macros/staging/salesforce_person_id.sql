{# The lead or contact a Salesforce id names by its first three characters, else null. #}
{% macro salesforce_person_id(column) -%}
    case substr(trim({{ column }}), 1, 3)
        when '00Q' then 'salesforce:lead:'
        when '003' then 'salesforce:contact:'
    end || {{ salesforce_id_18(column) }}
{%- endmacro %}
