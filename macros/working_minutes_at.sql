{#
  Working minutes from the beginning of the calendar to a moment: those before its day
  and those of its day that have passed. The working time of [a, b) is the difference
  of the two. Join int_business_days as the day:
  on day.local_date = cast(local_time(at, settings.business_time_zone) as date)
#}
{% macro working_minutes_at(at, day) -%}
    (
        {{ day }}.minutes_before + coalesce(
            least(
                greatest({{ seconds_between(day ~ '.opens_at', at) }} / 60.0, 0.0),
                cast({{ day }}.open_minutes as double)
            ), 0.0
        )
    )
{%- endmacro %}
