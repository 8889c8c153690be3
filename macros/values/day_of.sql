{# The calendar date that a landed time stands for where it has no time of day, else null.
A day lands as midnight: of UTC, or of the reporting zone where files are read in it. #}
{% macro day_of(landed_at) -%}
    case
        when {{ landed_at }} = date_trunc('day', {{ landed_at }})
            then cast({{ landed_at }} as date)
        when
            {{ landed_at }}
            = {{ local_midnight(local_date(landed_at)) }}
            then {{ local_date(landed_at) }}
    end
{%- endmacro %}
