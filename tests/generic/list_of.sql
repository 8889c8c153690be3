{# Rows whose |-separated list names anything but the given values. #}
{% test list_of(model, column_name, values) %}

select {{ column_name }}
from {{ model }}
where
    {{ column_name }} is not null
    and not regexp_matches(
        {{ column_name }}, '^({{ values | join('|') }})(\|({{ values | join('|') }}))*$'
    )

{% endtest %}
