{#
  The time zone of dates and periods, as a SQL text. A unit test of the project holds whatever zone
  its reader works in: it is run in UTC, or in the zone that its own overrides name.
#}
{% macro reporting_time_zone() -%}
    {%- set is_unit_test = model is defined and model.resource_type == 'unit_test' -%}
    {%- set overrides = model.overrides if is_unit_test and model.overrides else {} -%}
    {%- if is_unit_test and 'LIFECYCLE_TIMEZONE' not in (overrides.env_vars or {}) -%}
        'UTC'
    {%- else -%}
        '{{ env_var('LIFECYCLE_TIMEZONE', 'UTC') }}'
    {%- endif -%}
{%- endmacro %}
