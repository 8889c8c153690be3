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
                place ~ ' was loaded by an earlier version: say once which policy is its, which'
                ~ ' brings it up to date, python -m scripts.settings policy=NAME'
            ) }}
        {%- endif -%}
        {%- set read_by = settings_of_this_run() -%}
        {%- set kept = {} -%}
        {%- for row in run_query('select key, value from raw_meta.settings') -%}
            {%- do kept.update({row[0]: row[1]}) -%}
        {%- endfor -%}
        {#- Marts of an older version tell their zone, and nobody but a person their policy. -#}
        {%- if adapter.get_relation(target.database, 'intermediate', 'int_as_of') -%}
            {%- if 'policy' not in kept and not env_var('LIFECYCLE_POLICY', '') -%}
                {{ exceptions.raise_compiler_error(
                    place ~ ' was built before warehouses remembered their policy: say once which'
                    ~ ' it is, python -m scripts.settings policy=NAME'
                ) }}
            {%- endif -%}
            {%- for row in run_query('select time_zone from intermediate.int_as_of') -%}
                {%- do kept.setdefault('time_zone', row[0]) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- for key, value in kept.items() | sort -%}
            {%- set setting = read_by.get(key) -%}
            {%- if setting and setting.value != value -%}
                {{ exceptions.raise_compiler_error(
                    place ~ ' remembers ' ~ key ~ ' ' ~ value ~ ', and this run reads '
                    ~ setting.value ~ ': set ' ~ setting.variable ~ '=' ~ value
                    ~ ', or change what is remembered, python -m scripts.settings '
                    ~ key ~ '=' ~ setting.value
                ) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
