{#
  A key made of a name or an address where an id should stand, so that no name is an id; null
  for an id. Written differently ("Ann Lee", "ann lee (Deactivated User)", "Ann Lee
  (ann@x.com)", "ann@x.com") one person has one key by name and one by address. Some sources
  have ids that are numbers, so that any word is a name there.
#}
{% macro named_user_key(column, is_number=false) -%}
    {%- set cell = 'trim(' ~ column ~ ')' -%}
    {%- set address = "regexp_extract(lower(" ~ cell
        ~ "), '[^ (<>,;]+@[^ )<>,;]+', 0)" -%}
    {%- set name = name_key("regexp_replace(" ~ cell ~ ", ' *[(].*[)]$', '')") -%}
    case
        {%- if is_number %}
        when regexp_extract({{ cell }}, '^[0-9]*([.]0*)?$', 0) = {{ cell }} then null
        {%- else %}
        when
            regexp_extract(
                {{ cell }}, '[^!-~]|[@,]|^[A-Z][a-z]+(-[A-Z][a-z]+)?$', 0
            ) = ''
            then null
        {%- endif %}
        when {{ address }} <> ''
            then 'named-' || substr(md5({{ address }}), 1, 16)
        when {{ name }} <> '' then 'named-' || substr(md5({{ name }}), 1, 16)
    end
{%- endmacro %}
