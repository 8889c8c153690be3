{# The name of a CRM field in one form: Lifecycle_Stage__c and lifecycle_stage_c are equal. #}
{% macro field_key(field) -%}
    {{ return(adapter.dispatch('field_key', 'crm_lifecycle')(field)) }}
{%- endmacro %}

{% macro default__field_key(field) -%}
    lower(
        regexp_replace(
            regexp_replace(
                regexp_replace(trim({{ field }}), '([^_])([A-Z][a-z]+)', '\1_\2', 'g'),
                '([a-z0-9])([A-Z])', '\1_\2', 'g'
            ),
            '_+', '_', 'g'
        )
    )
{%- endmacro %}

{% macro spark__field_key(field) -%}
    lower(
        regexp_replace(
            regexp_replace(
                regexp_replace(trim({{ field }}), '([^_])([A-Z][a-z]+)', '$1_$2'),
                '([a-z0-9])([A-Z])', '$1_$2'
            ),
            '_+', '_'
        )
    )
{%- endmacro %}
