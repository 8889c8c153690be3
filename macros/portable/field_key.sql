{# The name of a CRM field in one form: Lifecycle_Stage__c is lifecycle_stage_c. #}
{% macro field_key(field) -%}
    {{ return(adapter.dispatch('field_key', 'crm_lifecycle')(field)) }}
{%- endmacro %}

{% macro default__field_key(field) -%}
    regexp_replace(
        regexp_replace(
            lower(
                regexp_replace(
                    regexp_replace({{ field }}, '([a-z0-9])([A-Z])', '\1_\2', 'g'),
                    '([A-Z]+)([A-Z][a-z])', '\1_\2', 'g'
                )
            ),
            '[^0-9a-z]+', '_', 'g'
        ),
        '^_+|_+$', '', 'g'
    )
{%- endmacro %}

{% macro spark__field_key(field) -%}
    regexp_replace(
        regexp_replace(
            lower(
                regexp_replace(
                    regexp_replace({{ field }}, '([a-z0-9])([A-Z])', '$1_$2'),
                    '([A-Z]+)([A-Z][a-z])', '$1_$2'
                )
            ),
            '[^0-9a-z]+', '_'
        ),
        '^_+|_+$', ''
    )
{%- endmacro %}
