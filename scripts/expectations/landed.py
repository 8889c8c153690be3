"""Whether the rows that the newest load of each source noted are where it put them."""

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation


def landed_row_counts() -> list[Expectation]:
    """A landed row is in its table, in whatever shape, or in the history of its versions."""
    return [
        gxe.UnexpectedRowsExpectation(
            description="the rows of each source's newest load are all there",
            unexpected_rows_query="""
                with newest as (
                    select load_id, source, row_count from {batch}
                    qualify row_number() over (partition by source order by finished_at desc) = 1
                ),
                present as (
                    select load_id, sum(row_count) as present_count from raw_meta.landed_rows
                    group by load_id
                )
                select newest.source, newest.row_count, present.present_count
                from newest
                left join present on newest.load_id = present.load_id
                where newest.row_count <> coalesce(present.present_count, 0)
            """,
        )
    ]
