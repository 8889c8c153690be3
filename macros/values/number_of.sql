{#
  The number a person wrote: 1,200 | 1.200.000 | $ 1.5M | 12 employees; of a range (11-50,
  1000+) its lower end, which is sure. Null where no number can be read, and where the text
  only says that it is less.
#}
{% macro number_of(text) -%}
    {%- set plain = "lower(trim(" ~ text ~ "))" -%}
    {%- set machine = "regexp_extract(" ~ plain
        ~ ", '^[+-]?[0-9.]+(e[+-]?[0-9]+)?$', 0)" -%}
    {%- set head = "regexp_extract(" ~ plain ~ ", '^[^0-9-]*([0-9][0-9.,]*)', 1)" -%}
    {%- set unit = "regexp_extract(" ~ plain
        ~ ", '^[^0-9-]*[0-9][0-9.,]* ?([a-z]*)', 1)" -%}
    case
        when try_cast({{ machine }} as double) is not null
            then try_cast({{ machine }} as double)
        when
            regexp_extract({{ plain }}, '^(<|less|under|below|up to|fewer|bis)', 1) <> ''
            or {{ head }} = ''
            then null
        else
            cast(replace(replace({{ head }}, ',', ''), '.', '') as double)
            -- what follows the last separator is decimals, unless all groups have three
            / power(
                10,
                case
                    when
                        regexp_extract(
                            {{ head }}, '^([0-9]{1,3}([.,][0-9]{3})+)[.,]?$', 1
                        ) <> ''
                        then 0
                    else length(regexp_extract({{ head }}, '[.,]([0-9]+)$', 1))
                end
            )
            * case
                when {{ unit }} in ('k', 'tsd', 'thousand') then 1000
                when {{ unit }} in ('m', 'mn', 'mio', 'mil', 'million', 'millions')
                    then 1000000
                when {{ unit }} in ('b', 'bn', 'mrd', 'billion', 'billions')
                    then 1000000000
                else 1
            end
    end
{%- endmacro %}
