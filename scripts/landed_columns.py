"""What each load's files had for columns: `raw_meta.load_columns` and `raw_meta.landed_columns`.

A column that a load's files did not have is empty in that load's versions without having been
cleared, and a field that was never landed cannot be mapped: these tables tell the difference.
"""

from collections.abc import Iterator, Mapping, Sequence

from duckdb import DuckDBPyConnection

from scripts.connectors.reading import read_connectors
from scripts.connectors.shapes import landed_field
from scripts.landed_views import crm_field
from scripts.raw_contract import Table, literal


def columns_of(
    source: str, table: Table, names: Sequence[str]
) -> Iterator[tuple[str, dict[str, str | None]]]:
    """The contract tables that a landed table feeds, with the field that each column holds."""
    if not table.connector:
        yield table.name, {name: crm_field(table, name) for name in names}
        return
    connector = next(one for one in read_connectors(source) if one.name == table.connector)
    for mapping in connector.maps:
        if mapping.come_from == table.name:
            fields = {name: landed_field(connector, mapping, name) for name in names}
            yield mapping.table.name, fields


def note_columns(
    connection: DuckDBPyConnection,
    source: str,
    load_id: str,
    table_name: str,
    fields: Mapping[str, str | None],
) -> None:
    """Note the columns of a contract table's files, each with the CRM's field (null = none)."""
    if not fields:
        return
    rows = ", ".join(
        f"({literal(name)}, {literal(field) if field else 'null'})"
        for name, field in fields.items()
    )
    connection.execute(
        f"""
        insert into raw_meta.load_columns (load_id, source, table_name, column_name, field)
        select {literal(load_id)}, {literal(source)}, {literal(table_name)}, *
        from (values {rows})
        """
    )
    connection.execute(
        """
        insert into raw_meta.landed_columns (source, table_name, column_name, field)
        select distinct source, table_name, column_name, field from raw_meta.load_columns as new
        anti join raw_meta.landed_columns as there on
            new.source = there.source and new.table_name = there.table_name
            and new.column_name = there.column_name
            and new.field is not distinct from there.field
        """
    )
