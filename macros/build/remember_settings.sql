{#
  At the end of a run: the warehouse keeps what it was first built by, whatever the tests said, for
  the marts that now stand in it are of this policy and zone.
#}
{% macro remember_settings() -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- for key, setting in settings_of_this_run().items() %}
            insert into raw_meta.settings
            select '{{ key }}', '{{ setting.value }}', timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}'
            where '{{ key }}' not in (select key from raw_meta.settings);
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}
