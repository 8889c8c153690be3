{# A Salesforce id in the project's form (salesforce:lead:00Q…, 18 characters). #}
{% macro salesforce_id(object_type, column) -%}
    'salesforce:{{ object_type }}:' || {{ salesforce_id_18(column) }}
{%- endmacro %}
