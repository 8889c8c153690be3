{#
  The number a person wrote: 1,200 | 1.200.000 | $ 1.5M | 12 employees; of a range (11-50,
  1000+) its lower end, which is sure. Null where no number can be read, and where the text
  only says that it is less.
#}
{% macro number_of(text) -%}
    {%- set plain = "lower(trim(" ~ text ~ "))" -%}
    {%- set head = "regexp_extract(" ~ plain ~ ", '^[^0-9-]*([0-9][0-9.,]*)', 1)" -%}
    {%- set unit = "regexp_extract(" ~ plain
        ~ ", '^[^0-9-]*[0-9][0-9.,]* ?([a-z]*)', 1)" -%}
    case
        -- as machines write it; neither infinity nor what is no number
        when try_cast({{ text }} as double) between -1e300 and 1e300
            then try_cast({{ text }} as double)
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
                when ' k tsd thousand ' like '% ' || {{ unit }} || ' %' then 1000
                when ' m mn mio mil million millions ' like '% ' || {{ unit }} || ' %'
                    then 1000000
                when ' b bn mrd billion billions ' like '% ' || {{ unit }} || ' %'
                    then 1000000000
                else 1
            end
    end
{%- endmacro %}
