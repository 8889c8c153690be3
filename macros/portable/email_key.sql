{#
  The one address in a text, as identity compares it: without a display name around it, in
  lower case, composed characters, no dot or separator behind it. Null where the text is no
  address or holds several. What stands before a plus and dots inside the local part stay:
  only the receiving host knows whether they mean the same mailbox.
#}
{% macro email_key(text) -%}
    {{ return(adapter.dispatch('email_key', 'crm_lifecycle')(text)) }}
{%- endmacro %}

{% macro default__email_key(text) -%}
    nullif(
        regexp_extract(
            nfc_normalize(lower({{ text }})),
            '^(?:[^<>]*<)?[\s\p{Z}\p{C}]*(?:mailto:)?'
            || '([^\s\p{Z}\p{C}@<>,;:"()]+@[^\s\p{Z}\p{C}@<>,;:"()]*[^\s\p{Z}\p{C}@<>,;:"().])'
            || '[.,;]*[\s\p{Z}\p{C}]*(?:>[^<>]*)?$',
            1
        ),
        ''
    )
{%- endmacro %}

{# Spark cannot compose characters; an address written decomposed stays its own there. #}
{% macro spark__email_key(text) -%}
    nullif(
        regexp_extract(
            lower({{ text }}),
            r'^(?:[^<>]*<)?[\s\p{Z}\p{C}]*(?:mailto:)?'
            || r'([^\s\p{Z}\p{C}@<>,;:"()]+@[^\s\p{Z}\p{C}@<>,;:"()]*[^\s\p{Z}\p{C}@<>,;:"().])'
            || r'[.,;]*[\s\p{Z}\p{C}]*(?:>[^<>]*)?$',
            1
        ),
        ''
    )
{%- endmacro %}
