-- One row per record that is linked to another, with why it belongs to its cluster.

with

links as (

    select * from {{ ref('int_record_links') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

ranked_links as (

    select
        *,
        case
            when link_kind in ('merge', 'conversion') then 1
            when link_kind = 'crm_id' then 2
            else 3
        end as link_rank
    from links

),

-- What a record went into says more than what came to it; a record that others only
-- went into was joined to the rest through them.
sides as (

    select
        record_id,
        linked_record_id as other_id,
        link_kind,
        link_rank,
        link_rank = 1 as is_merged_away,
        linked_at
    from ranked_links
    union all
    select
        linked_record_id,
        record_id,
        link_kind,
        case when link_rank = 1 then 4 else link_rank end,
        false,
        linked_at
    from ranked_links

),

reasons as (

    select
        record_id,
        link_kind,
        is_merged_away,
        linked_at
    from sides
    qualify
        row_number() over (
            partition by record_id
            order by link_rank, linked_at nulls last, other_id
        ) = 1

)

select
    reasons.record_id,
    reasons.link_kind,
    reasons.is_merged_away,
    case when reasons.linked_at <= build.as_of then reasons.linked_at end as linked_at
from reasons
cross join build
