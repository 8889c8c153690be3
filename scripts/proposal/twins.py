"""Fields that say the same in other words: the label of a stage beside its id, a synced copy."""

from duckdb import DuckDBPyConnection

from scripts.proposal.counts import FieldUse

# Of the records that hold both fields, so many must agree in what one says for the other.
AGREEING = 0.95


def is_twin(connection: DuckDBPyConnection, use: FieldUse, other: FieldUse) -> bool:
    """Whether each value of one field goes with one value of the other, and the other way round.

    Where both hold one value only, nothing tells, unless it is the same or its label.
    """
    row = connection.execute(
        """
        with one as (
            select record_id, lower(trim(value)) as value from landed_values
            where source_system = $system and object_type = $object and field = $field
                and trim(value) <> ''
        ),
        another as (
            select record_id, lower(trim(value)) as value from landed_values
            where source_system = $system and object_type = $object and field = $other
                and trim(value) <> ''
        ),
        pairs as (
            select one.value as one_value, another.value as other_value, count(*) as record_count
            from one inner join another using (record_id) group by all
        ),
        labels as (
            select distinct lower(trim(value)) as value, lower(trim(label)) as label
            from landed_options
            where source_system = $system and object_type = $object
                and field in ($field, $other) and label is not null
        ),
        compared as (
            select pairs.*,
                max(record_count) over (partition by one_value) = record_count
                and max(record_count) over (partition by other_value) = record_count as is_usual,
                one_value = other_value or labels.value is not null as is_same
            from pairs
            left join labels
                on least(pairs.one_value, pairs.other_value) = least(labels.value, labels.label)
                and greatest(pairs.one_value, pairs.other_value)
                    = greatest(labels.value, labels.label)
        )
        select
            coalesce(sum(record_count) filter (where is_usual) / sum(record_count), 0),
            coalesce(sum(record_count) filter (where is_same) / sum(record_count), 0),
            least(count(distinct one_value), count(distinct other_value))
        from compared
        """,
        {
            "system": use.source_system,
            "object": use.object_type,
            "field": use.field,
            "other": other.field,
        },
    ).fetchone()
    usual, same, value_count = map(float, row or (0, 0, 0))
    return same >= AGREEING or (usual >= AGREEING and value_count > 1)
