{# At the end of every run: whose results dbt leaves behind can be told by the warehouse itself. #}
{% macro note_run() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'test', 'seed') %}
        insert into raw_meta.dbt_runs
        select
            coalesce(max(run_number), 0) + 1,
            '{{ invocation_id }}',
            '{{ flags.WHICH }}',
            timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}'
        from raw_meta.dbt_runs
    {%- endif -%}
{%- endmacro %}
