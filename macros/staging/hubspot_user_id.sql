{# A HubSpot owner or user in the project's form, never by name: HubSpot's ids are numbers. #}
{% macro hubspot_user_id(object_type, column) -%}
    'hubspot:{{ object_type }}:' || nullif({{ user_key(column, is_number=true) }}, '')
{%- endmacro %}
