"""What the doctor says of deals that policy and flags close differently."""

import duckdb
import pytest

from scripts.diagnosis.deals import disagreements, lines


@pytest.fixture
def built() -> duckdb.DuckDBPyConnection:
    """A warehouse whose last build found seven such deals."""
    connection = duckdb.connect()
    connection.execute("create schema intermediate")
    connection.execute(
        "create table intermediate.int_deal_disagreements as"
        " select 'crm:deal:' || range as deal_id, 'done' as deal_stage, 'won' as deal_role,"
        " 'open' as flag_role from range(7, 0, -1)"
    )
    return connection


def test_five_deals_are_named_and_the_others_counted(built: duckdb.DuckDBPyConnection) -> None:
    said = list(lines(disagreements(built)))
    assert said[0].startswith("7 deals are won or lost by deal_stages")
    assert said[1] == "  crm:deal:1 in done: won by deal_stages, open by its flags"
    assert said[-1] == "  and 2 more: intermediate.int_deal_disagreements"
    assert len(said) == 7
    assert max(map(len, said)) <= 100


def test_nothing_is_said_where_nothing_is_built_or_all_agree(
    built: duckdb.DuckDBPyConnection,
) -> None:
    assert not list(lines(disagreements(duckdb.connect())))
    built.execute("truncate intermediate.int_deal_disagreements")
    assert not list(lines(disagreements(built)))
