{# At the end of a run in which nothing failed: the warehouse keeps what it was first built by. #}
{% macro remember_settings(results) -%}
    {%- set failed = results | selectattr('status', 'in', ['error', 'fail', 'skipped']) | list -%}
    {%- if execute and flags.WHICH in ('build', 'run') and failed | length == 0 -%}
        {%- for key, setting in settings_of_this_run().items() %}
            insert into raw_meta.settings
            select '{{ key }}', '{{ setting.value }}', timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}'
            where '{{ key }}' not in (select key from raw_meta.settings);
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}
