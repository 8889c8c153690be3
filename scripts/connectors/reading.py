"""Read the connectors' data files into tables to land and mappings onto the raw contract."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scripts.field_names import squashed
from scripts.raw_contract import Column, Table, quoted, read_contract

FOLDER = Path(__file__).resolve().parent
# A row that a complete load no longer brought, in tables that have no such flag of their own.
ABSENT = Column("_absent", "boolean")
_PLACE = re.compile(r"\{([^{}]+)\}")
_DELETED = ("_fivetran_deleted", "is_deleted")
# The C reader, where it is built in, is ten times faster and just as safe.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Map:
    """One contract table out of one landed table; `columns` is SQL over the landed columns."""

    table: Table
    come_from: str
    columns: Mapping[str, str]
    plain: Mapping[str, str]
    join: Mapping[str, str]
    joined: tuple[str, ...] = ()
    where: str | None = None
    each: str | None = None
    is_once: bool = False


@dataclass(frozen=True)
class Connector:
    """One connector of one CRM: how to know it, what it lands, and what that means."""

    source: str
    name: str
    called: str
    marks: frozenset[str]
    spelled: frozenset[str]
    not_read: frozenset[str]
    technical: str | None
    landed_prefix: str
    # SQL over the connector's own columns.
    synced_at: str | None
    tables: Mapping[str, Table]
    names: Mapping[str, tuple[str, ...]]
    shown_needs: Mapping[str, tuple[tuple[str, ...], ...]]
    is_telling: Mapping[str, bool]
    maps: tuple[Map, ...]

    @property
    def needs(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """By table, the columns that it must have, each by its squashed names."""
        return {
            table: tuple(tuple(squashed(name) for name in need) for need in needs)
            for table, needs in self.shown_needs.items()
        }


@cache
def read_connectors(source: str) -> tuple[Connector, ...]:
    """The connectors of a CRM in the order of their names; none for other sources."""
    files = sorted((FOLDER / source).glob("*.yml"))
    return tuple(_connector(source, file) for file in files)


def _connector(source: str, file: Path) -> Connector:
    stated: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    contract = read_contract(source).tables
    tables: dict[str, dict[str, Any]] = {}
    maps: dict[str, dict[str, Any]] = dict(stated.get("maps", {}))
    more: dict[str, dict[str, Any]] = stated.get("maps_also", {})
    for name, entry in stated["tables"].items():
        if entry.get("same"):
            like = contract[name]
            taken = {"modified_at": like.modified_at, "kind": like.kind}
            entry = {
                "keys": list(like.keys),
                "distinct_by": list(like.distinct_by),
                **taken,
                **entry,
            }
            maps.setdefault(name, {"from": name})
        tables[name] = entry
    read = tuple(
        _map(stated, contract[name], entry) for name, entry in (*maps.items(), *more.items())
    )
    also = {name: tuple(others) for name, others in stated.get("also", {}).items()}
    return Connector(
        source=source,
        name=file.stem,
        called=stated["called"],
        marks=frozenset(squashed(mark) for mark in stated.get("marks", ())),
        spelled=frozenset(stated.get("spelled", ())),
        not_read=frozenset(squashed(name) for name in stated.get("not_read", ())),
        technical=stated.get("technical"),
        landed_prefix=stated.get("landed_prefix", ""),
        synced_at=_filled(stated["synced_at"]) if "synced_at" in stated else None,
        tables={name: _table(stated, file.stem, name, tables[name], read) for name in tables},
        names={name: (name, *entry.get("names", ())) for name, entry in tables.items()},
        shown_needs={
            name: tuple(
                (need, *also.get(need, ())) if isinstance(need, str) else tuple(need)
                for need in (*entry["keys"], *entry.get("needs", ()))
            )
            for name, entry in tables.items()
        },
        is_telling={name: bool(entry.get("needs")) for name, entry in tables.items()},
        maps=read,
    )


def _map(stated: Mapping[str, Any], table: Table, entry: Mapping[str, Any]) -> Map:
    """Read one mapping; every contract column gets SQL in its type."""
    given = dict(stated.get("every", {})) | dict(entry.get("columns", {}))
    prefix, landed_prefix = stated.get("prefix", ""), stated.get("landed_prefix", "")
    if "_fivetran_synced" not in given:
        given["_fivetran_synced"] = stated.get("synced_at")
    columns: dict[str, str] = {}
    plain: dict[str, str] = {}
    joined: set[str] = set()
    for column in table.columns:
        own = column.name.removeprefix(prefix)
        as_landed = landed_prefix + own if own != column.name else own
        wanted = given.get(column.name, None if column.name.startswith("_") else as_landed)
        if wanted is None:
            columns[column.name] = f"cast(null as {column.data_type})"
            continue
        if isinstance(wanted, str) and "{" in wanted:
            joined |= {place for place in _PLACE.findall(wanted) if "." in place}
            columns[column.name] = f"cast({_filled(wanted)} as {column.data_type})"
            continue
        names = [wanted] if isinstance(wanted, str) else list(wanted)
        plain |= dict.fromkeys(names, column.name)
        cells = ", ".join(quoted(name) for name in names)
        cell = cells if len(names) == 1 else f"coalesce({cells})"
        columns[column.name] = cell
    if stated.get("ids"):
        for column in table.columns:
            if column.is_id and not columns[column.name].startswith("cast(null"):
                columns[column.name] = stated["ids"].replace("{}", columns[column.name])
    flag = _flag(table)
    if flag:
        gone = quoted(ABSENT.name)
        if "deleted_at" in stated:
            gone += f" or {quoted(stated['deleted_at'])} is not null"
        columns[flag] = f"case when {gone} then true else {columns[flag]} end"
    return Map(
        table=table,
        come_from=entry["from"],
        columns=columns,
        plain=plain,
        join=entry.get("join", {}),
        joined=tuple(sorted(joined)),
        where=_filled(entry["where"]) if "where" in entry else None,
        each=_filled(entry["each"]) if "each" in entry else None,
        is_once=bool(entry.get("once")),
    )


def _flag(table: Table) -> str | None:
    """The column of a contract table that says a row was deleted, if it has one.

    Links come from lists of other rows, and one that has gone moves to the history.
    """
    flags = [name for name in _DELETED if name in table.types()]
    return flags[0] if flags and table.kind == "state" and not table.is_link else None


def _filled(expression: str) -> str:
    return _PLACE.sub(lambda place: quoted(place[1]), expression)


def _places(mapping: Map) -> set[str]:
    """Every landed column that the SQL of a mapping names."""
    texts = [*mapping.columns.values(), mapping.where or "", mapping.each or ""]
    return {name for text in texts for name in re.findall(r'"([^"]+)"', text)}


def _roles_of_ids(mapping: Map, keys: Collection[str]) -> dict[str, str]:
    """Of those, the ones that hold ids: of a list of ids, and what alone makes up an id."""
    told = [
        {*re.findall(r'"([^"]+)"', mapping.columns[column.name])} - {*keys}
        for column in mapping.table.columns
        if column.is_id
    ]
    alone = {name for places in told if len(places) == 1 for name in places}
    every = " ".join([*mapping.columns.values(), mapping.each or ""])
    listed = re.findall(r"listed\(((?:[^()]|\([^()]*\))*)\)", every)
    places = {name for cells in listed for name in re.findall(r'"([^"]+)"', cells)}
    return dict.fromkeys(alone, "id") | dict.fromkeys(places, "ids")


def _table(
    stated: Mapping[str, Any],
    connector: str,
    name: str,
    entry: Mapping[str, Any],
    maps: tuple[Map, ...],
) -> Table:
    """The table to land: its columns are those that the mappings name, in the contract's types."""
    columns: dict[str, Column] = {}
    for mapping in maps:
        if mapping.come_from != name:
            continue
        declared = {column.name: column for column in mapping.table.columns}
        for landed, target in mapping.plain.items():
            columns.setdefault(landed, _like(declared[target], landed, mapping, stated))
        roles = _roles_of_ids(mapping, entry["keys"])
        for landed in sorted(_places(mapping)):
            if "." not in landed and landed not in (ABSENT.name, "item"):
                role = roles.get(landed, "text")
                columns.setdefault(landed, Column(landed, "varchar", role=role))
    for mapping in maps:
        for place in mapping.joined:
            joined, _, landed = place.partition(".")
            if joined == name:
                columns.setdefault(landed, Column(landed, "varchar", role="id"))
        for joined, condition in mapping.join.items():
            for alias, landed in re.findall(r"(\w+)\.(\w+)", condition):
                if name == (mapping.come_from if alias == "landed" else joined):
                    columns.setdefault(landed, Column(landed, "varchar", role="text"))
    for key in (*entry["keys"], *entry.get("distinct_by", ())):
        columns.setdefault(key, Column(key, "varchar", role="id"))
    stamp = entry.get("modified_at")
    for moment in filter(None, (stamp,)):
        columns.setdefault(moment, Column(moment, "timestamp", has_epoch=bool(stated.get("epoch"))))
    has_flag = any(_flag(mapping.table) for mapping in maps if mapping.come_from == name)
    seen_by = stated.get("seen_by")
    if seen_by:
        columns.setdefault(seen_by, Column(seen_by, "varchar", role="text"))
    fed = [mapping for mapping in maps if mapping.come_from == name]
    first = next((one for one in fed if one.table.kind == "state" and not one.joined), None)
    read_by = entry.get("read_by", "kept, not read yet")
    means = ", ".join(mapping.table.name for mapping in fed) or read_by
    return Table(
        name=name,
        columns=(*columns.values(), *([ABSENT] if has_flag else [])),
        keys=tuple(entry["keys"]),
        distinct_by=tuple(entry.get("distinct_by", ())),
        modified_at=stamp,
        kind=entry.get("kind", "state"),
        connector=connector,
        technical=stated.get("technical"),
        seen_by=seen_by,
        aliases=tuple(
            (other, name)
            for name, others in stated.get("also", {}).items()
            for other in others
            if name in columns and other not in columns
        ),
        said=f"{stated['called']} {name} → {means}",
        is_labels=bool(fed) and all(mapping.table.is_labels for mapping in fed),
        noted_as=first.table.name if first else "",
        noted_keys=tuple(first.columns[key] for key in first.table.keys) if first else (),
    )


def _like(column: Column, landed: str, mapping: Map, stated: Mapping[str, Any]) -> Column:
    """A landed column that is a contract column under another name."""
    names = {target: name for name, target in mapping.plain.items()}
    event_if = names.get(column.event_if) if column.event_if else column.event_if
    return replace(
        column,
        name=landed,
        event_if=event_if,
        role="id" if column.is_id else "",
        has_epoch=bool(stated.get("epoch")),
    )
