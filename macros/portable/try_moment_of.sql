{#
  A written moment as a UTC timestamp like moment_of, null where it is none; also milliseconds
  (11 to 14 digits) and seconds (10) since 1970, as CRMs and their connectors give them.
#}
{% macro try_moment_of(text) -%}
    {{ return(adapter.dispatch('try_moment_of', 'crm_lifecycle')(text)) }}
{%- endmacro %}

{% macro default__try_moment_of(text) -%}
    case
        when regexp_extract(trim({{ text }}), '^[0-9]{11,14}([.]0*)?$') <> ''
            then make_timestamp(
                try_cast(split_part(trim({{ text }}), '.', 1) as bigint) * 1000
            )
        when regexp_extract(trim({{ text }}), '^[0-9]{10}([.]0*)?$') <> ''
            then make_timestamp(
                try_cast(split_part(trim({{ text }}), '.', 1) as bigint) * 1000000
            )
        else timezone('UTC', try_cast({{ text }} as timestamptz))
    end
{%- endmacro %}

{% macro spark__try_moment_of(text) -%}
    case
        when regexp_extract(trim({{ text }}), '^[0-9]{11,14}([.]0*)?$', 0) <> ''
            then timestamp_millis(
                try_cast(split_part(trim({{ text }}), '.', 1) as bigint)
            )
        when regexp_extract(trim({{ text }}), '^[0-9]{10}([.]0*)?$', 0) <> ''
            then timestamp_seconds(
                try_cast(split_part(trim({{ text }}), '.', 1) as bigint)
            )
        else try_cast({{ text }} as timestamp)
    end
{%- endmacro %}
