{#
  A field's value in the one form of its concept: ids with their prefix, numbers and yes or
  no as plain text, null where it cannot be read.
#}
{% macro concept_value(concept, value, value_prefix, is_negated) -%}
    case
        when {{ value_prefix }} like 'hubspot:%'
            then {{ value_prefix }} || nullif(split_part(trim({{ value }}), '.', 1), '')
        when {{ value_prefix }} like 'salesforce:%'
            then {{ value_prefix }} || {{ salesforce_id_18(value) }}
        when {{ value_prefix }} <> '' then {{ value_prefix }} || nullif(trim({{ value }}), '')
        when
            {{ concept }} in ('email_opt_in', 'is_deleted')
            or {{ concept }} like '%_confirmed'
            then
                case
                    when {{ is_negated }} and {{ truth_of(value) }} = 'true' then 'false'
                    when {{ is_negated }} and {{ truth_of(value) }} = 'false' then 'true'
                    else {{ truth_of(value) }}
                end
        when {{ concept }} = 'employee_count'
            then cast(try_cast(round({{ number_of(value) }}) as bigint) as varchar)
        when {{ concept }} in ('annual_revenue', 'amount', 'score')
            then cast({{ number_of(value) }} as varchar)
        when {{ concept }} = 'email' then nullif(lower(trim({{ value }})), '')
        else nullif(trim({{ value }}), '')
    end
{%- endmacro %}
