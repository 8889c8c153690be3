{#
  Whether a row is the newest of its Salesforce record; an id of 15 characters and the same in 18
  are one record. For `qualify`.
#}
{% macro is_newest_salesforce_row() -%}
    row_number() over (
        partition by {{ salesforce_id_18('id') }}
        order by system_modstamp desc nulls last, _loaded_at desc nulls last, id desc
    ) = 1
{%- endmacro %}
