"""Fields that hold the ids of another CRM's records, told by the ids themselves."""

from collections.abc import Mapping

from duckdb import DuckDBPyConnection

from scripts.proposal.counts import Field

# Shorter numbers may be anything; longer texts are no ids.
SHORTEST, LONGEST = 6, 20
# At least so many different ids, and that share of the field's values, must be the other CRM's.
FEWEST_IDS = 5
LEAST_SHARE = 0.5


def id_fields(connection: DuckDBPyConnection) -> Mapping[Field, tuple[str, float]]:
    """`<source>:<object>` whose ids a field holds, with the share of its values, by field."""
    rows = connection.execute(
        f"""
        with records as (
            select distinct source_system, object_type, record_id from landed_values
        ),
        held as (
            select distinct source_system, object_type, field, trim(value) as value
            from landed_values
            where object_type in ('contact', 'lead', 'company', 'deal')
        ),
        counted as (
            select *, count(*) over (partition by source_system, object_type, field) as value_count
            from held
        ),
        found as (
            select counted.source_system, counted.object_type, counted.field,
                records.source_system || ':' || records.object_type as applies_to,
                count(*) as hit_count, count(*) / max(counted.value_count) as share
            from counted
            inner join records
                on counted.source_system <> records.source_system
                and records.record_id = case
                    when records.source_system = 'salesforce' then left(counted.value, 15)
                    else counted.value
                end
            where length(counted.value) between {SHORTEST} and {LONGEST}
            group by all
        )
        select source_system, object_type, field, applies_to, share from found
        where hit_count >= {FEWEST_IDS} and share >= {LEAST_SHARE}
        qualify row_number() over (
            partition by source_system, object_type, field order by hit_count desc, applies_to
        ) = 1
        """
    ).fetchall()
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows}
