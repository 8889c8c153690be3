{#
  A table in one statement: `create or replace` is atomic in DuckDB, so nothing has to be built
  under another name, renamed and dropped. dbt-duckdb's own way costs every model six statements.
#}
{% materialization table, adapter='duckdb' %}

    {%- set target = this.incorporate(type='table') -%}
    {%- do drop_of_another_kind(target) -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks) }}

    {#- One statement alone is its own transaction; looking up columns to describe opens one. -#}
    {%- set has_contract = config.get('contract').enforced -%}
    {%- set in_transaction = (
        has_contract or pre_hooks or post_hooks or config.persist_column_docs()
    ) -%}
    {% call statement('main', auto_begin=in_transaction) -%}
        {%- if has_contract %}
            {{ get_assert_columns_equivalent(sql) }}
            create or replace table {{ target }} {{ get_table_columns_and_constraints() }};
            insert into {{ target }} {{ get_column_names() }} ({{ get_select_subquery(sql) }});
        {%- else %}
            create or replace table {{ target }} as (
                {{ sql }}
            );
        {%- endif %}
    {%- endcall %}
    {% do persist_docs(target, model) %}

    {{ run_hooks(post_hooks) }}
    {%- if in_transaction %}{{ adapter.commit() }}{% endif %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}

{% endmaterialization %}
