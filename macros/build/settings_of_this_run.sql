{# What this run reads by, by the key under which a warehouse remembers it. #}
{% macro settings_of_this_run() -%}
    {{ return({
        'policy': {
            'variable': 'LIFECYCLE_POLICY',
            'value': env_var('LIFECYCLE_POLICY', 'b2b'),
        },
        'time_zone': {
            'variable': 'LIFECYCLE_TIMEZONE',
            'value': env_var('LIFECYCLE_TIMEZONE', 'UTC'),
        },
    }) }}
{%- endmacro %}
