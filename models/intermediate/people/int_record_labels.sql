-- One row per record that is linked to another, with the smallest key it can reach.
-- Set-wise rounds of the smallest label with pointer jumping, a fixed number of them:
-- each round hooks every root to the smallest label next to it and halves the paths.
{% set rounds = var('cluster_rounds', 10) | int %}

with

records as (

    select * from {{ ref('int_linked_records') }}

),

links as (

    select * from {{ ref('int_record_links') }}

),

pairs as (

    select
        one.record_key as from_key,
        other.record_key as to_key
    from links
    inner join records as one on links.record_id = one.record_id
    inner join records as other on links.linked_record_id = other.record_id

),

edges as (

    select
        from_key,
        to_key
    from pairs
    union
    select
        to_key,
        from_key
    from pairs

),

labels_0 as (

    -- distinct: a record may have several links
    select distinct
        from_key as record_key,
        from_key as label_key
    from edges

)
{% for round in range(1, rounds + 1) %}
    , hooked_{{ round }} as (

        select
            one.label_key as record_key,
            min(other.label_key) as label_key
        from edges
        inner join labels_{{ round - 1 }} as one on edges.from_key = one.record_key
        inner join labels_{{ round - 1 }} as other on edges.to_key = other.record_key
        group by one.label_key

    ),

    smallest_{{ round }} as (

        select
            labels.record_key,
            least(labels.label_key, coalesce(hooked.label_key, labels.label_key))
                as label_key
        from labels_{{ round - 1 }} as labels
        left join hooked_{{ round }} as hooked on labels.record_key = hooked.record_key

    ),

    jumped_{{ round }} as (

        select one.record_key, root.label_key
        from smallest_{{ round }} as one
        inner join smallest_{{ round }} as root on one.label_key = root.record_key

    ),

    labels_{{ round }} as (

        select one.record_key, root.label_key
        from jumped_{{ round }} as one
        inner join jumped_{{ round }} as root on one.label_key = root.record_key

    )
{% endfor %}

select * from labels_{{ rounds }}
