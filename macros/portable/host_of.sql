{# The host name in a domain, web address or e-mail address, in lower case; else null. #}
{% macro host_of(text) -%}
    {{ return(adapter.dispatch('host_of', 'crm_lifecycle')(text)) }}
{%- endmacro %}

{% macro default__host_of(text) -%}
    nullif(
        regexp_extract(
            lower({{ text }}),
            '^[\s\p{Z}\p{C}]*(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?'
            || '((?:[^\s\p{Z}\p{C}/:?#@,;.]+[.])+[^\s\p{Z}\p{C}/:?#@,;.0-9]+[^\s\p{Z}\p{C}/:?#@,;.]*)'
            || '[.]?(?::[0-9]*)?(?:[/?#].*)?[\s\p{Z}\p{C}]*$',
            1
        ),
        ''
    )
{%- endmacro %}

{% macro spark__host_of(text) -%}
    nullif(
        regexp_extract(
            lower({{ text }}),
            r'^[\s\p{Z}\p{C}]*(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?'
            || r'((?:[^\s\p{Z}\p{C}/:?#@,;.]+[.])+[^\s\p{Z}\p{C}/:?#@,;.0-9]+[^\s\p{Z}\p{C}/:?#@,;.]*)'
            || r'[.]?(?::[0-9]*)?(?:[/?#].*)?[\s\p{Z}\p{C}]*$',
            1
        ),
        ''
    )
{%- endmacro %}
