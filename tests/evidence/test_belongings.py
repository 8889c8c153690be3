"""What a deal or a person belonged to when they were judged, from raw rows to the verdict."""

import csv
from pathlib import Path

import pytest

from tests.compiled import CompiledModels
from tests.pipeline import Pipeline

WANTED = ("rule_customer_without_won_deal", "int_stage_visits", "fct_deals")
MADE = "2026-01-05 10:00:00"
WON = "2026-02-10 10:00:00"
# Everybody becomes a customer five minutes after the deal of theirs was won.
CUSTOMER = "2026-02-10 10:05:00"


def write(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with (folder / f"{table}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


def change(kind: str, name: str, field: str, old: str, new: str, at: str) -> dict[str, str]:
    return {
        "change_id": f"{kind}{name}{field}{at}",
        "entity_type": kind,
        "entity_id": name,
        "field": field,
        "old_value": old,
        "new_value": new,
        "changed_at": at,
        "changed_by": "7",
        "change_source": "user",
    }


# Deals of people, by name: the moves between pipelines, each with its old and new one.
PIPELINES = {
    "won_then_renewed": [("default", "renewal", "2026-05-01 10:00:00")],
    "a_renewal_then": [("renewal", "default", "2026-05-01 10:00:00")],
    "moved_before_it_was_won": [("default", "renewal", "2026-02-01 10:00:00")],
    "never_moved": [],
}
# People without a deal of their own, by name: the moves between companies. The win is a's.
COMPANIES = {
    "left_after_the_win": [("a", "b", "2026-03-01 10:00:00")],
    "left_before_the_win": [("a", "b", "2026-02-01 10:00:00")],
    "came_before_the_win": [("b", "a", "2026-02-01 10:00:00")],
    "always_there": [],
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The verdict of EN12 by person."""
    folder = tmp_path_factory.mktemp("belongings")
    records = [{"record_id": name, "record_type": "company"} for name in ("a", "b")]
    changes, deals, links = [], [], []
    for name, moves in PIPELINES.items():
        records.append({"record_id": name, "record_type": "contact"})
        pipeline = moves[-1][1] if moves else "default"
        deals.append({"deal_id": name, "pipeline": pipeline, "deal_stage": "won"})
        links.append({"deal_id": name, "record_id": name})
        changes += [change("deal", name, "pipeline", *move) for move in moves]
    deals.append({"deal_id": "of_a", "company_id": "a", "pipeline": "default"})
    for name, moves in COMPANIES.items():
        company = moves[-1][1] if moves else "a"
        records.append({"record_id": name, "record_type": "contact", "company_id": company})
        changes += [change("contact", name, "company_id", *move) for move in moves]
    for record in records:
        record["created_at"] = MADE
        if record["record_type"] == "contact":
            record["lifecycle_stage"] = "customer"
            moves = [("", "opportunity", MADE), ("opportunity", "customer", CUSTOMER)]
            changes += [
                change("contact", record["record_id"], "lifecycle_stage", *move) for move in moves
            ]
    for deal in deals:
        deal.update(deal_stage="won", created_at=MADE)
        for move in (("", "open", MADE), ("open", "won", WON)):
            changes.append(change("deal", deal["deal_id"], "deal_stage", *move))
    for table, rows in (
        ("records", records),
        ("changes", changes),
        ("deals", deals),
        ("deal_contacts", links),
    ):
        write(folder, table, rows)
    crm = Pipeline(folder)
    crm.load("open", folder, "--as-of", "2026-06-30T18:00:00Z")
    models = CompiledModels(WANTED, landed=crm.warehouse)
    models.run()
    judged = models.rows(
        "select visits.record_id, judged.verdict"
        " from rules.rule_customer_without_won_deal as judged"
        " inner join intermediate.int_stage_visits as visits"
        " on judged.subject_key = visits.visit_key"
    )
    return {record_id.split(":")[2]: verdict for record_id, verdict in judged}


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("won_then_renewed", "passed"),
        ("a_renewal_then", "broken"),
        ("moved_before_it_was_won", "broken"),
        ("never_moved", "passed"),
    ],
)
def test_a_deal_is_what_its_pipeline_was_when_it_was_won(
    verdicts: dict[str, str], name: str, verdict: str
) -> None:
    assert verdicts[name] == verdict


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("left_after_the_win", "passed"),
        ("left_before_the_win", "broken"),
        ("came_before_the_win", "passed"),
        ("always_there", "passed"),
    ],
)
def test_a_person_has_the_proofs_of_the_company_they_were_in(
    verdicts: dict[str, str], name: str, verdict: str
) -> None:
    assert verdicts[name] == verdict
