-- Links whose two ends carry different labels: another round would still change them.

with

labels as (

    select
        records.record_id,
        labels.label_key
    from {{ ref('int_record_labels') }} as labels
    inner join {{ ref('int_linked_records') }} as records
        on labels.record_key = records.record_key

)

select
    links.record_id,
    links.linked_record_id
from {{ ref('int_record_links') }} as links
left join labels as one on links.record_id = one.record_id
left join labels as other on links.linked_record_id = other.record_id
where one.label_key is distinct from other.label_key or one.label_key is null
