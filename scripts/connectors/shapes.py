"""A connector's mapping as SQL over the tables that have landed: what the views are made of."""

from collections.abc import Iterable, Mapping

from scripts.connectors.reading import ABSENT, Connector, Map
from scripts.field_names import field_key
from scripts.landed_views import Present, Shape, as_text, crm_field, first_of, is_no_field
from scripts.raw_contract import quoted


def shapes_of(present: Present, connector: Connector, table_name: str) -> Iterable[Shape]:
    """The shapes in which a contract table has landed from a connector: none or one."""
    schema = f"raw_{connector.source}_{connector.name}"
    for mapping in connector.maps:
        needed = [mapping.come_from, *mapping.join]
        if mapping.table.name == table_name and all((schema, one) in present for one in needed):
            yield Shape(
                current=_relation(schema, schema, mapping),
                history=_relation(f"{schema}_history", schema, mapping),
                columns=mapping.columns,
                fields=_fields(present[schema, mapping.come_from], connector, mapping),
            )


def _relation(schema: str, joined_schema: str, mapping: Map) -> str:
    """SQL: the landed rows that mean something, with the columns of joined tables."""
    extra = [f"{_column(place)} as {quoted(place)}" for place in mapping.joined]
    if mapping.each:
        extra.append(f"unnest(list_distinct({mapping.each})) as item")
    joins = " ".join(
        f"inner join {quoted(joined_schema, name)} as {quoted(name)} on {condition}"
        for name, condition in mapping.join.items()
    )
    rows = (
        f"select {', '.join(['landed.*', *extra])} "
        f"from {quoted(schema, mapping.come_from)} as landed {joins}"
    )
    conditions = [f"{mapping.columns[key]} is not null" for key in mapping.table.keys]
    conditions += [f"({mapping.where})"] if mapping.where else []
    once = ""
    if mapping.is_once:
        keys = ", ".join(mapping.columns[key] for key in mapping.table.keys)
        once = f"""
            qualify row_number() over (
                partition by {keys} order by _seen_at desc, _loaded_at desc, landed
            ) = 1
        """
    return f"(select * from ({rows}) as landed where {' and '.join(conditions)} {once})"


def _column(place: str) -> str:
    table, _, name = place.partition(".")
    return quoted(table, name)


def landed_field(connector: Connector, mapping: Map, name: str) -> str | None:
    """The CRM's field that a landed column holds, in key form; None for none."""
    if name in mapping.plain:
        return crm_field(mapping.table, mapping.plain[name])
    is_own = connector.technical and name.startswith(connector.technical)
    keys = connector.tables[mapping.come_from].keys
    if is_own or name in keys or name == ABSENT.name or is_no_field(name):
        return None
    # A column that SQL reads for one field is that field, and no other one beside it.
    read_for = {
        crm_field(mapping.table, target)
        for target, cell in mapping.columns.items()
        if quoted(name) in cell
    } - {None}
    if len(read_for) == 1:
        return read_for.pop()
    return field_key(name.removeprefix(connector.landed_prefix)) or None


def _fields(landed: Mapping[str, str], connector: Connector, mapping: Map) -> dict[str, str]:
    if not mapping.table.has_fields:
        return {}
    cells: dict[str, list[str]] = {}
    for name, cell in mapping.columns.items():
        field = crm_field(mapping.table, name)
        if field and not cell.startswith("cast(null"):
            cells[field] = [as_text(cell)]
    for name in landed:
        field = landed_field(connector, mapping, name)
        if field and name not in mapping.plain and field not in cells:
            cells[field] = [as_text(quoted(name))]
    return {field: first_of(several) for field, several in sorted(cells.items())}
