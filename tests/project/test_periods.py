"""A mart that counts by week and by month has a view for each, whose rows can be summed."""

from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
FUNNEL = PROJECT / "models" / "marts" / "funnel"


def columns_of(twin: Path) -> list[tuple[str, str, str]]:
    """Name, type and description of a mart's columns."""
    content = yaml.load(twin.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [
        (column["name"], column["data_type"], column["description"])
        for column in content["models"][0]["columns"]
    ]


MARTS_BY_PERIOD = sorted(
    twin.stem
    for twin in FUNNEL.glob("*.yml")
    if any(name == "period_kind" for name, *_ in columns_of(twin))
)


def test_some_marts_count_by_period() -> None:
    """The tests below would pass over none."""
    assert "funnel_mql_acceptance" in MARTS_BY_PERIOD


@pytest.mark.parametrize(("suffix", "kind"), [("weekly", "week"), ("monthly", "month")])
@pytest.mark.parametrize("mart", MARTS_BY_PERIOD)
def test_a_mart_by_period_has_a_view_for_each_kind(mart: str, suffix: str, kind: str) -> None:
    """It says of its columns what the mart says, and holds the rows of its kind."""
    view = FUNNEL / "by_period" / f"{mart}_{suffix}"
    assert columns_of(view.with_suffix(".yml")) == columns_of(FUNNEL / f"{mart}.yml")
    sql = view.with_suffix(".sql").read_text(encoding="utf-8")
    assert f"ref('{mart}')" in sql
    assert f"where period_kind = '{kind}'" in sql
