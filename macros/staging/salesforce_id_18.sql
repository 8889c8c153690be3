{#
  A Salesforce id in its 18 characters: one of 15 gets the three that tell upper from lower
  case, a letter for each five; of any other length it stays as it is. Looked up as text:
  arithmetic on fifteen characters takes five times as long to plan.
#}
{% macro salesforce_id_18(column) -%}
    {%- set upper_case = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' -%}
    {%- set others = upper_case | lower ~ '0123456789' -%}
    {#- what five characters are, u for upper case, and their letter: lllllA, ullllB, … -#}
    {%- set letters = [] -%}
    {%- for letter in upper_case ~ '012345' -%}
        {%- set number = loop.index0 -%}
        {%- for place in range(5) -%}
            {%- do letters.append('u' if number // 2 ** place % 2 else 'l') -%}
        {%- endfor -%}
        {%- do letters.append(letter) -%}
    {%- endfor -%}
    {%- set letters = "'" ~ letters | join ~ "'" -%}
    {%- set id = 'trim(' ~ column ~ ')' -%}
    nullif(
        {{ id }} || coalesce(
            {%- for start in (1, 6, 11) %}
            substr({{ letters }}, 5 + instr({{ letters }}, substr(
                case when length({{ id }}) = 15 then translate(
                    {{ id }}, '{{ upper_case ~ others }}', '{{ 'u' * 26 ~ 'l' * 36 }}'
                ) end,
                {{ start }}, 5
            )), 1) {{ '||' if not loop.last else ',' }}
            {%- endfor %}
            ''
        ),
        ''
    )
{%- endmacro %}
