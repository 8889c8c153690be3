"""Whether two sets of marts say the same, and where they do not."""

from tests.compiled import RUN_DEPENDENT, CompiledModels

# What it says is what has landed, not what held: events after as_of are counted there.
ABOUT_LANDING = {"fct_source_fields"}


def mart_rows(models: CompiledModels) -> dict[str, set[tuple[str, ...]]]:
    """The rows of every mart as text, each row by the names of its columns."""
    names = models.rows(
        "select table_name, list(column_name order by column_name)"
        " from information_schema.columns where table_schema in ('marts', 'restricted')"
        " and table_catalog = current_database() group by table_name order by table_name"
    )
    found = {}
    for mart, columns in names:
        stated = [column for column in columns if column not in RUN_DEPENDENT]
        if mart in ABOUT_LANDING or not stated:
            continue
        cells = ", ".join(
            f"'{column}=' || coalesce(cast({column} as varchar), '-')" for column in stated
        )
        schema = models.rows(
            f"select table_schema from information_schema.tables where table_name = '{mart}'"
        )[0][0]
        rows = models.rows(f"select {cells} from {schema}.{mart}")
        found[str(mart)] = {tuple(map(str, row)) for row in rows}
    return found


def differences(
    later: dict[str, set[tuple[str, ...]]], then: dict[str, set[tuple[str, ...]]]
) -> list[str]:
    """One line a row that only one side has, with what is different about it."""
    found = []
    for mart in sorted(later.keys() | then.keys()):
        only_later = sorted(later.get(mart, set()) - then.get(mart, set()))
        only_then = sorted(then.get(mart, set()) - later.get(mart, set()))
        found += [f"{mart}: in the later build only: {row}" for row in only_later]
        found += [f"{mart}: in the build then only: {row}" for row in only_then]
    return found
