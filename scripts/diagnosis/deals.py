"""Deals that the policy's stages close otherwise than the CRM's own flags do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
from duckdb import DuckDBPyConnection

# So many are named; the others are counted.
NAMED = 5


@dataclass(frozen=True)
class Disagreement:
    """One deal: won or lost by `deal_stages`, something else by its flags."""

    deal_id: str
    deal_stage: str
    deal_role: str
    flag_role: str


def disagreements(connection: DuckDBPyConnection) -> tuple[Disagreement, ...]:
    """What the last build found, by deal id; nothing where nothing is built."""
    try:
        rows = connection.execute(
            "select deal_id, coalesce(deal_stage, ''), deal_role, flag_role"
            " from intermediate.int_deal_disagreements order by deal_id"
        ).fetchall()
    except duckdb.Error:
        return ()
    return tuple(Disagreement(*row) for row in rows)


def lines(found: Sequence[Disagreement]) -> Iterator[str]:
    """What is said of them, a line each; nothing where there are none."""
    if not found:
        return
    many = f"{len(found)} deals are" if len(found) > 1 else "1 deal is"
    yield (
        f"{many} won or lost by deal_stages and otherwise by the CRM's own flags; deal_stages"
        " counts:"
    )
    for deal in found[:NAMED]:
        yield (
            f"  {deal.deal_id} in {deal.deal_stage}: {deal.deal_role} by deal_stages,"
            f" {deal.flag_role} by its flags"
        )
    if len(found) > NAMED:
        yield f"  and {len(found) - NAMED} more: intermediate.int_deal_disagreements"
