"""The expectations that follow from the declaration of a raw table.

The declaration is `models/staging/<source>/_<source>__sources.yml`; dbt and the loader read the
same file.
"""

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from scripts.raw_contract import LOAD_COLUMNS, Table, literal, quoted, read_contract


def declared(kind: str, table_name: str) -> list[Expectation]:
    """Columns, types, keys, words and origin of one raw table."""
    table = read_contract(kind).tables[table_name]
    columns = {**table.types(), **LOAD_COLUMNS}
    return [
        _has_columns(columns),
        _has_types(columns),
        *_has_keys(table),
        *_has_values(table),
        _comes_from_a_load(),
    ]


def _has_columns(columns: dict[str, str]) -> Expectation:
    # Columns beyond the declared ones are landed too, under their own name.
    missing = " union all ".join(f"select {literal(column)} as column_name" for column in columns)
    return gxe.UnexpectedRowsExpectation(
        description="has every declared column",
        unexpected_rows_query=f"""
            select declared.column_name from ({missing}) as declared
            where declared.column_name not in (
                select column_name from (describe select * from {{batch}})
            )
        """,
    )


def _has_types(columns: dict[str, str]) -> Expectation:
    declarations = " union all ".join(
        f"select {literal(column)} as column_name, {literal(data_type.upper())} as column_type"
        for column, data_type in columns.items()
    )
    return gxe.UnexpectedRowsExpectation(
        description="has every declared column in its declared type",
        unexpected_rows_query=f"""
            select declared.column_name, landed.column_type
            from ({declarations}) as declared
            inner join (describe select * from {{batch}}) as landed
                on declared.column_name = landed.column_name
            where declared.column_type <> landed.column_type
        """,
    )


def _has_keys(table: Table) -> list[Expectation]:
    present: list[Expectation] = [
        gxe.ExpectColumnValuesToNotBeNull(column=key, description=f"{key} is never empty")
        for key in table.keys
    ]
    key = ", ".join(quoted(column) for column in table.identity)
    unique = gxe.UnexpectedRowsExpectation(
        description=f"one row per {', '.join(table.identity)}",
        unexpected_rows_query=f"""
            select {key}, count(*) as row_count from {{batch}}
            group by {key} having count(*) > 1
        """,
    )
    return [*present, unique]


def _has_values(table: Table) -> list[Expectation]:
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column=column.name,
            value_set=list(column.values),
            description=f"{column.name} is {', '.join(column.values)} or empty",
        )
        for column in table.columns
        if column.values
    ]


def _comes_from_a_load() -> Expectation:
    return gxe.UnexpectedRowsExpectation(
        description="every row comes from a finished load",
        unexpected_rows_query="""
            select _load_id, count(*) as row_count from {batch}
            where _loaded_at is null or coalesce(_load_id, '') not in (
                select load_id from raw_meta.loads where finished_at is not null
            )
            group by _load_id
        """,
    )
