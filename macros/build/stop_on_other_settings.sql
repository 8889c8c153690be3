{#
  At the start of a run: stops where nothing has landed, or where the environment contradicts what
  the warehouse remembers. dbt reads its variables while it parses, so it cannot take what is
  remembered; it can refuse to publish other numbers in silence.
#}
{% macro stop_on_other_settings() -%}
    {%- if execute -%}
        {%- set place = env_var('LIFECYCLE_WAREHOUSE', 'warehouse/crm.duckdb') -%}
        {%- set loads = adapter.get_relation(target.database, 'raw_meta', 'loads') -%}
        {%- if loads is none or run_query('select * from raw_meta.loads limit 1') | length == 0 -%}
            {{ exceptions.raise_compiler_error(
                'Nothing has landed in ' ~ place
                ~ ': load your data first, python -m scripts.load SOURCE FOLDER'
            ) }}
        {%- endif -%}
        {%- if
            adapter.get_relation(target.database, 'raw_meta', 'settings') is none
            or adapter.get_relation(target.database, 'raw_meta', 'dbt_runs') is none
        -%}
            {{ exceptions.raise_compiler_error(
                place ~ ' was loaded by an earlier version: load any file once more, which brings'
                ~ ' it up to date, python -m scripts.load SOURCE FOLDER'
            ) }}
        {%- endif -%}
        {%- set read_by = settings_of_this_run() -%}
        {%- for row in run_query('select key, value from raw_meta.settings order by key') -%}
            {%- set setting = read_by.get(row[0]) -%}
            {%- if setting and setting.value != row[1] -%}
                {{ exceptions.raise_compiler_error(
                    place ~ ' remembers ' ~ row[0] ~ ' ' ~ row[1] ~ ', and this run reads '
                    ~ setting.value ~ ': set ' ~ setting.variable ~ '=' ~ row[1]
                    ~ ', or change what is remembered, python -m scripts.settings '
                    ~ row[0] ~ '=' ~ setting.value
                ) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
