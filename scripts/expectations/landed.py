"""Whether the rows that the newest load of each source noted are where it put them."""

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from scripts.raw_contract import read_contract


def landed_row_counts() -> list[Expectation]:
    """One expectation per kind of source that is declared."""
    hubspot = "select _load_id from raw_hubspot{history}.{table}"
    open_format = "select _load_id from raw_open_all.{table}{suffix}"
    return [
        _landed(
            "hubspot",
            [
                hubspot.format(history=part, table=table)
                for part in ("", "_history")
                for table in read_contract("hubspot").tables
            ],
        ),
        _landed(
            "open",
            [
                open_format.format(table=table, suffix=part)
                for part in ("", "_history")
                for table in read_contract("open").tables
            ],
        ),
    ]


def _landed(kind: str, selects: list[str]) -> Expectation:
    # A landed row is in its table, or in the history of superseded versions.
    rows = " union all ".join(selects)
    return gxe.UnexpectedRowsExpectation(
        description=f"the newest {kind} load's rows are all there",
        unexpected_rows_query=f"""
            with newest as (
                select load_id, source, row_count from {{batch}}
                where split_part(method, ':', 1) = '{kind}'
                qualify row_number() over (partition by source order by finished_at desc) = 1
            ),
            present as (
                select _load_id, count(*) as present_count from ({rows}) as landed
                group by _load_id
            )
            select newest.source, newest.row_count, present.present_count
            from newest
            left join present on newest.load_id = present._load_id
            where newest.row_count <> coalesce(present.present_count, 0)
        """,
    )
