{# A view in one statement, for the reasons that `table.sql` gives. #}
{% materialization view, adapter='duckdb' %}

    {%- set target = this.incorporate(type='view') -%}
    {%- do drop_of_another_kind(target) -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks) }}

    {%- set in_transaction = pre_hooks or post_hooks or config.persist_column_docs() -%}
    {% call statement('main', auto_begin=in_transaction) -%}
        {%- if config.get('contract').enforced %}
            {{ get_assert_columns_equivalent(sql) }}
        {%- endif %}
        create or replace view {{ target }} as (
            {{ sql }}
        );
    {%- endcall %}
    {% do persist_docs(target, model) %}

    {{ run_hooks(post_hooks) }}
    {%- if in_transaction %}{{ adapter.commit() }}{% endif %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}

{% endmaterialization %}
