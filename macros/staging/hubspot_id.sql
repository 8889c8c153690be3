{# A HubSpot id in the project's form (hubspot:contact:101); ids also land as 101.0. #}
{% macro hubspot_id(object_type, column) -%}
    'hubspot:{{ object_type }}:' || nullif(split_part(trim({{ column }}), '.', 1), '')
{%- endmacro %}
