{# What a person or a CRM wrote for yes or no, as true or false in text; else null. #}
{% macro truth_of(text) -%}
    case
        when
            lower(trim({{ text }})) in (
                'true', 't', 'yes', 'y', '1', '1.0', 'on', 'checked', 'ja', 'oui', 'si'
            )
            then 'true'
        when
            lower(trim({{ text }})) in (
                'false', 'f', 'no', 'n', '0', '0.0', 'off', 'unchecked', 'nein', 'non'
            )
            then 'false'
    end
{%- endmacro %}
