"""Headers are read first: columns are bound by name, and doubtful names stop the load."""

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.field_names import squashed
from scripts.raw_contract import LoadError, Table

_RESERVED = ("_load_", "_superseded_")


@dataclass(frozen=True)
class Bound:
    """A header in the table's spelling: each name once, and where its values stand.

    One column may stand in two spellings, as where a connector went over to the API's names: then
    `places` has several positions of the header, counted from 0, the declared spelling first.
    """

    names: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]


def bind(where: str, written: Sequence[str], table: Table) -> Bound:
    """Bind a header to a table. Raises `LoadError` for doubtful or missing names."""
    renames = dict(table.renames)
    meant = [renames.get(name, name) for name in written]
    declared = {name.lower(): name for name in table.types()}
    header = [declared.get(name.lower(), name) for name in _spelled_as_declared(meant, table)]
    lowered = [name.lower() for name in header]
    stated = {name.lower() for name, _ in table.stated}
    missing = [key for key in table.keys if key.lower() not in {*lowered, *stated}]
    if missing:
        raise LoadError(
            f"{where}: key column {missing[0]} of table {table.name} is missing "
            f"(found: {', '.join(header)[:200]}): add it, or check that the file is what its "
            "name says"
        )
    if "" in header:
        raise LoadError(
            f"{where} column {header.index('') + 1}: has no name: name it or take it out"
        )
    reserved = [name for name in lowered if name.startswith(_RESERVED)]
    if reserved:
        raise LoadError(
            f"{where} column {lowered.index(reserved[0]) + 1}: {reserved[0]} is a name of the "
            "loader's own: rename it"
        )
    standing: dict[str, list[int]] = {}
    for position, name in enumerate(lowered):
        standing.setdefault(name, []).append(position)
    places = []
    for positions in standing.values():
        spellings = [meant[position] for position in positions]
        if len({*spellings}) < len(spellings):
            raise LoadError(
                f"{where} column {positions[-1] + 1}: {spellings[-1]} stands twice in the header: "
                "rename one"
            )
        # Whatever the order of the columns: the declared spelling first.
        name = header[positions[0]]
        places.append(tuple(sorted(positions, key=lambda one: (meant[one] != name, meant[one]))))
    return Bound(tuple(header[positions[0]] for positions in places), tuple(places))


def _spelled_as_declared(header: list[str], table: Table) -> list[str]:
    """Names that are a declared column's but for case and separators take its spelling.

    So `LeadSource` is read as lead_source, beside a column of that name too. Another name of a
    column is read as the column only where that does not stand there itself.
    """
    declared = {squashed(name): name for name in table.types()}
    exact = {name.lower(): name for name in table.types()}

    def own(name: str) -> str | None:
        return exact.get(name.lower()) or declared.get(squashed(name))

    taken = {own(name) for name in header}
    others: dict[str, str] = {}
    for alias, name in table.aliases:
        if name not in taken:
            others.setdefault(squashed(alias), name)
    spelled = []
    for name in header:
        known = own(name) or others.get(squashed(name), name)
        others = {key: column for key, column in others.items() if column != known}
        spelled.append(known)
    return spelled
