{# What stands for a user in an id: the source's own id, or a key where it is a name. #}
{% macro user_key(column, is_number=false) -%}
    coalesce(
        {{ named_user_key(column, is_number) }},
        {% if is_number %}split_part(trim({{ column }}), '.', 1)
        {%- else %}nullif(trim({{ column }}), ''){% endif %}
    )
{%- endmacro %}
