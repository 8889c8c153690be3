"""Headers are read first: columns are bound by name, and doubtful names stop the load."""

from collections import Counter

from scripts.field_names import squashed
from scripts.raw_contract import LoadError, Table

_RESERVED = ("_load_", "_superseded_")


def bind(where: str, header: list[str], table: Table) -> tuple[str, ...]:
    """The header in the table's spelling. Raises `LoadError` for doubtful or missing names."""
    renames = dict(table.renames)
    header = _spelled_as_declared([renames.get(name, name) for name in header], table)
    declared = {name.lower(): name for name in table.types()}
    unnamed = [position for position, name in enumerate(header, start=1) if not name]
    lowered = [name.lower() for name in header]
    stated = {name.lower() for name, _ in table.stated}
    missing = [key for key in table.keys if key.lower() not in {*lowered, *stated}]
    if missing:
        raise LoadError(
            f"{where}: key column {missing[0]} of table {table.name} is missing "
            f"(found: {', '.join(header)[:200]}): add it, or check that the file is what its "
            "name says"
        )
    if unnamed:
        raise LoadError(f"{where} column {unnamed[0]}: has no name: name it or take it out")
    twice = [name for name, count in Counter(lowered).items() if count > 1]
    if twice:
        position = len(lowered) - lowered[::-1].index(twice[0])
        raise LoadError(
            f"{where} column {position}: {header[position - 1]} stands twice in the header: "
            "rename one"
        )
    reserved = [name for name in lowered if name.startswith(_RESERVED)]
    if reserved:
        raise LoadError(
            f"{where} column {lowered.index(reserved[0]) + 1}: {reserved[0]} is a name of the "
            "loader's own: rename it"
        )
    return tuple(declared.get(name.lower(), name) for name in header)


def _spelled_as_declared(header: list[str], table: Table) -> list[str]:
    """Names that are a declared column's but for case and separators take its spelling.

    So `LeadSource` is read as lead_source. A name that is declared as it stands goes first.
    """
    declared = {name.lower(): name for name in table.types()}
    taken = {declared[name.lower()] for name in header if name.lower() in declared}
    free = {squashed(name): name for name in declared.values() if name not in taken}
    for alias, name in table.aliases:
        if name in free.values():
            free.setdefault(squashed(alias), name)
    spelled = []
    for name in header:
        known = name if name.lower() in declared else free.get(squashed(name), name)
        free = {key: column for key, column in free.items() if column != known}
        spelled.append(known)
    return spelled
