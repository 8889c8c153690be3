{#
  A Salesforce id in its 18 characters: one of 15 gets the three that tell upper from lower
  case, a letter for each five; of any other length it stays as it is.
#}
{% macro salesforce_id_18(column) -%}
    nullif(
        trim({{ column }})
        || case
            when length(trim({{ column }})) = 15 then concat(
                {%- for chunk in range(3) %}
                substr(
                    'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345',
                    1
                    {%- for place in range(5) %}
                    + case
                        when substr(trim({{ column }}), {{ chunk * 5 + place + 1 }}, 1)
                            between 'A' and 'Z' then {{ 2 ** place }} else 0
                    end
                    {%- endfor %},
                    1
                ){{ ',' if not loop.last }}
                {%- endfor %}
            )
            else ''
        end,
        ''
    )
{%- endmacro %}
