{#
  A field's value in the one form of its concept, null where it cannot be read. The kind of
  value, the prefix and the negation are columns of int_field_mappings.
#}
{% macro concept_value(mapping, value) -%}
    case
        case
            when {{ mapping }}.value_prefix <> '' and {{ is_wrapped_id(value) }}
                then 'unreadable'
            else {{ mapping }}.value_kind
        end
        when 'unreadable' then null
        when 'hubspot_id'
            then {{ mapping }}.value_prefix
                || nullif(split_part(trim({{ value }}), '.', 1), '')
        when 'hubspot_user'
            then {{ mapping }}.value_prefix || nullif({{ user_key(value, is_number=true) }}, '')
        when 'salesforce_user'
            then {{ mapping }}.value_prefix || coalesce(
                {{ named_user_key(value) }}, {{ salesforce_id_18(value) }}
            )
        when 'user' then {{ mapping }}.value_prefix || {{ user_key(value) }}
        when 'salesforce_id'
            then {{ mapping }}.value_prefix || {{ salesforce_id_18(value) }}
        when 'id' then {{ mapping }}.value_prefix || {{ open_key(value) }}
        when 'truth'
            then
                case
                    when {{ mapping }}.is_negated
                        then
                            case {{ truth_of(value) }}
                                when 'true' then 'false' when 'false' then 'true'
                            end
                    else {{ truth_of(value) }}
                end
        when 'count'
            then cast(try_cast(round({{ number_of(value) }}) as bigint) as varchar)
        when 'number' then cast({{ number_of(value) }} as varchar)
        when 'email' then nullif(lower(trim({{ value }})), '')
        else nullif(trim({{ value }}), '')
    end
{%- endmacro %}
