"""Which table a file holds, and in which connector's shape: told by its columns, and its name.

A connector gives itself away by columns of its own (`_dlt_id`, `_airbyte_raw_id`, `Record ID`);
which of its tables it is, the file's name says, or else columns that only that table has. What
carries no mark is in the shape of the raw contract, Fivetran's. Prefixes that people put before
names (`sf_lead`, `hs__contacts`) are seen through.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scripts.connectors.hubspot_export import recognise_export
from scripts.connectors.reading import Connector, read_connectors
from scripts.field_names import squashed
from scripts.history_signs import is_of_other_objects
from scripts.raw_contract import SOURCES, Column, LoadError, Table, read_contract

_PREFIXES = {
    "hubspot": re.compile(r"^(hs|hubspot)_+"),
    "salesforce": re.compile(r"^(sf|sfdc|salesforce)_+"),
}
# A name that another CRM has too says little; this many of its table's columns say enough.
_TELLING_COLUMNS = 3
_PART = re.compile(r"(?P<table>.+?)[_-]\d+")
_VERSIONS = ("_fivetran_start", "_fivetran_end", "_fivetran_active")
_VERSION_COLUMNS = (
    Column("_fivetran_start", "timestamp"),
    Column("_fivetran_end", "timestamp"),
    Column("_fivetran_active", "boolean"),
)


def possible_names(source: str, stem: str) -> list[tuple[str, bool]]:
    """What a file called so may hold, likeliest first, and whether it is then a numbered part."""
    stem = stem.lower()
    part = _PART.fullmatch(stem)
    names = [(stem, False), *([(part["table"], True)] if part else [])]
    names = [(form, is_part) for name, is_part in names for form in _without_data(name)]
    return [(form, is_part) for name, is_part in names for form in _without_prefix(source, name)]


def _without_data(name: str) -> Iterable[str]:
    return dict.fromkeys((name, name.removesuffix("_data")))


def _without_prefix(source: str, name: str) -> Iterable[str]:
    prefix = _PREFIXES.get(source)
    return dict.fromkeys((name, prefix.sub("", name) if prefix else name))


def recognise(
    source: str, file_name: str, stem: str, header: Sequence[str]
) -> tuple[Table, bool] | str:
    """The table a file holds, and whether its name says that it is all of it; else why not.

    Raises `LoadError` where a file is half recognised: it needs a person.
    """
    if any(other != source and prefix.match(stem) for other, prefix in _PREFIXES.items()):
        return "no table of this name: it is another CRM's"
    try:
        found = _recognise(source, file_name, stem, header)
    except LoadError:
        if elsewhere := _of_another(source, file_name, stem, header):
            return elsewhere
        if is_of_other_objects(stem):
            return "it is about objects that are not read"
        raise
    if isinstance(found, str):
        return _of_another(source, file_name, stem, header) or found
    return found


def _of_another(source: str, file_name: str, stem: str, header: Sequence[str]) -> str:
    """Whose table it is instead, in words, where it has columns of another source's; else empty."""
    squeezed = {squashed(name) for name in header}
    for other in SOURCES:
        if other == source:
            continue
        try:
            found = _recognise(other, file_name, stem, header)
        except LoadError:
            continue
        if isinstance(found, str):
            continue
        table = found[0]
        columns = {squashed(name) for name in table.types().keys() - set(table.keys)}
        if len(columns & squeezed) >= _TELLING_COLUMNS:
            whose = "the open format's" if other == "open" else f"{other}'s"
            return f"its columns are those of {whose} {table.name}"
    return ""


def _recognise(
    source: str, file_name: str, stem: str, header: Sequence[str]
) -> tuple[Table, bool] | str:
    names = possible_names(source, stem)
    squeezed = {squashed(name) for name in header}
    connector = _connector(source, header, squeezed)
    tables = read_contract(source).tables
    by_squashed = {squashed(name): table for name, table in tables.items()}
    if source == "hubspot" and (connector is None or connector.name == "export"):
        by_name = next((by_squashed[n] for n, _ in _squashed(names) if n in by_squashed), None)
        keys = {squashed(key) for key in by_name.keys} if by_name else {""}
        if not keys <= squeezed or _has_labels(header):
            export = next(one for one in read_connectors(source) if one.name == "export")
            found = recognise_export(export, file_name, header)
            if found is not None:
                return found, False
    if connector is not None:
        return _of_connector(connector, file_name, names, squeezed)
    if {*_VERSIONS} <= {name.lower() for name in header}:
        for name, is_part in names:
            table = by_squashed.get(squashed(name.removesuffix("_history")))
            if table is not None and table.kind == "state":
                return _versions_of(table), not is_part
    for name, is_part in names:
        table = by_squashed.get(squashed(name))
        if table is not None:
            owner = _owner(source, table, squeezed)
            if owner != source:
                return f"its columns are those of {owner}'s {table.name}"
            return table, not is_part
    return "no table of this name"


def _squashed(names: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    return [(squashed(name), is_part) for name, is_part in names]


def _has_labels(header: Sequence[str]) -> bool:
    """Whether names are written as people see them, and not as columns of a database."""
    is_fivetran = any(name.lower().startswith("_fivetran") for name in header)
    return not is_fivetran and any(" " in name or name != name.lower() for name in header)


def _owner(source: str, table: Table, squeezed: set[str]) -> str:
    """Whose table it is, where two CRMs have one of this name: who knows more of its columns."""

    def known(name: str) -> int:
        other = read_contract(name).tables.get(table.name)
        columns = other.types().keys() - set(other.keys) if other else ()
        return len(squeezed & {squashed(column) for column in columns})

    return max((source, *(other for other in _PREFIXES if other != source)), key=known)


def _versions_of(table: Table) -> Table:
    """Fivetran's history mode: every version of the rows, each from when to when it held."""
    declared = table.types()
    new = tuple(column for column in _VERSION_COLUMNS if column.name not in declared)
    said = f"versions that Fivetran's history mode kept → {table.name}"
    return replace(table, columns=(*table.columns, *new), is_versions=True, said=said)


def _connector(source: str, header: Sequence[str], squeezed: set[str]) -> Connector | None:
    if any(name.startswith("_fivetran") for name in squeezed):
        return None
    connectors = read_connectors(source)
    for connector in connectors:
        if connector.marks & squeezed:
            return connector
    spelled = {name.strip() for name in header}
    return next((one for one in connectors if one.spelled & spelled), None)


def _of_connector(
    connector: Connector, file_name: str, names: list[tuple[str, bool]], squeezed: set[str]
) -> tuple[Table, bool] | str:
    called = {squashed(name): table for table, names in connector.names.items() for name in names}
    asked = _squashed(names)
    if any(name in connector.not_read for name, _ in asked):
        return f"it is one of {connector.called} tables that are not read"
    fitting = [name for name in connector.tables if _fits(connector, name, squeezed)]
    named = [(called[name], is_part) for name, is_part in asked if name in called]
    for name, is_part in named:
        # A name and the keys are enough; what else a table needs is for files without a name.
        if _fits(connector, name, squeezed, len(connector.tables[name].keys)):
            return connector.tables[name], not is_part
    telling = [name for name in fitting if connector.is_telling[name]]
    most = max((len(connector.needs[name]) for name in telling), default=0)
    best = [name for name in telling if len(connector.needs[name]) == most]
    if len(best) == 1:
        return connector.tables[best[0]], False
    if best:
        raise LoadError(
            f"{file_name} has the columns of {connector.called} tables and may hold "
            f"{' or '.join(best)}: name it after its table"
        )
    if not named:
        return f"its columns are of {connector.called} tables, but none that is read"
    name = named[0][0]
    missing = [need for need in connector.needs[name] if not set(need) & squeezed]
    shown = " or ".join(connector.shown_needs[name][connector.needs[name].index(missing[0])])
    raise LoadError(
        f"{file_name} looks like {connector.called} {name}, but column {shown} is missing: "
        "let the connector or the export include it"
    )


def _fits(connector: Connector, name: str, squeezed: set[str], count: int | None = None) -> bool:
    """Whether all (or the first `count`) needs of a table are among the columns."""
    return all(set(need) & squeezed for need in connector.needs[name][:count])
