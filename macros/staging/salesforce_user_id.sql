{# A Salesforce user in the project's form, never by name, as reports and imports have them. #}
{% macro salesforce_user_id(column) -%}
    'salesforce:user:' || coalesce(
        {{ named_user_key(column) }}, {{ salesforce_id_18(column) }}
    )
{%- endmacro %}
