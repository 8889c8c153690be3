-- One row per setting that the warehouse remembers.

with

landed as (

    select * from {{ source('meta', 'settings') }}

),

settings as (

    select
        key as setting,
        value as setting_value,
        set_at
    from landed

)

select * from settings
