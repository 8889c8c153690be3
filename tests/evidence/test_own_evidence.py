"""A company's own score and its own points of qualification, from the seeds to the judgement."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.compiled import CompiledModels
from tests.pipeline import PROJECT, Pipeline

SEEDS = PROJECT / "seeds" / "b2b"
AS_OF = "2026-03-31 18:00:00"
WANTED = ("int_person_evidence", "rule_mql_without_interest")
Row = dict[str, str]

# Marketing makes all of them MQLs at noon on 10 March. What the score says:
SCORES = {
    "reached": [("85", "2026-03-09 09:00:00")],
    "at_the_bound_and_grace": [("80", "2026-03-10 12:15:00")],
    "after_the_grace": [("80", "2026-03-10 12:15:01")],
    "fallen_within_the_grace": [("90", "2026-03-05 09:00:00"), ("10", "2026-03-10 12:00:01")],
    "fallen_before": [("90", "2026-03-05 09:00:00"), ("10", "2026-03-10 11:59:59")],
    "points_do_not_stand_in": [("79", "2026-03-09 09:00:00")],
    "never_scored": [],
    "decisive": [("5", "2026-03-09 09:00:00")],
    # The policy asks the score of the mid-market only.
    "large_with_points": [("5", "2026-03-09 09:00:00")],
    "large_with_score": [("85", "2026-03-09 09:00:00")],
    # Leads, of which no history tells the score.
    "undated": [("85", "2026-03-09 09:00:00")],
    "undated_and_empty": [],
}
ACTIVITIES = [
    (name, kind, asset)
    for name in ("points_do_not_stand_in", "large_with_points")
    for kind, asset in (
        ("webinar_attended", "Webinar"),
        ("form_submission", "Webinar"),
        ("form_submission", "Guide"),
    )
] + [("decisive", "form_submission", "Book a demo")]
# Two of four is what this company asks of an SQL; the champion is a point of its own.
POINTS = {
    "reached": ["budget", "champion"],
    "after_the_grace": ["champion"],
    "decisive": ["budget", "need"],
}


def write(path: Path, rows: list[Row]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def seed(name: str) -> list[Row]:
    """The rows of a seed of the policy b2b."""
    with (SEEDS / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def extended(folder: Path, name: str, *rows: Row) -> Path:
    """The seed with more rows."""
    return write(folder / f"{name}.csv", [*seed(name), *rows])


def replaced(folder: Path, name: str, row: Row) -> Path:
    """The seed with this row in place of the one of the same key."""
    key = list(row.items())[:2]
    kept = [old for old in seed(name) if [(cell, old[cell]) for cell, _ in key] != key]
    return write(folder / f"{name}.csv", [*kept, row])


def land(folder: Path) -> Pipeline:
    raw = folder / "raw"
    raw.mkdir()
    records: list[Row] = []
    changes: list[Row] = []
    for name, scores in SCORES.items():
        kind = "lead" if name.startswith("undated") else "contact"
        records.append(
            {"record_id": name, "record_type": kind, "lifecycle_stage": "mql"}
            | {"created_at": "2026-03-02 09:00:00", "lead_source": "website"}
            | {"country": "Germany", "industry": "Software"}
            | {"employee_count": "2000" if name.startswith("large") else "200"}
            | {"job_title": "Head of IT", "engagement_score": scores[-1][0] if scores else ""}
            | {f"has_{point}": "yes" for point in POINTS.get(name, [])}
        )
        moves = [("lifecycle_stage", "", "lead", "2026-03-02 09:00:00")]
        moves += [("lifecycle_stage", "lead", "mql", "2026-03-10 12:00:00")]
        old = ""
        for score, at in scores if kind == "contact" else ():
            moves.append(("engagement_score", old, score, at))
            old = score
        for field, before, after, at in moves:
            changes.append(
                {"change_id": str(len(changes)), "entity_type": kind, "entity_id": name}
                | {"field": field, "old_value": before, "new_value": after}
                | {"changed_at": at, "change_source": "user"}
            )
    # The field was tracked before anybody here was created.
    changes.append(
        {"change_id": "first", "entity_type": "contact", "entity_id": "reached"}
        | {"field": "engagement_score", "new_value": "1", "changed_at": "2026-03-02 09:00:00"}
    )
    write(raw / "records.csv", records)
    write(raw / "changes.csv", changes)
    activities = [
        {"activity_id": str(number), "record_id": name, "activity_type": kind}
        | {"direction": "inbound", "asset": asset, "occurred_at": f"2026-03-09 0{number}:00:00"}
        for number, (name, kind, asset) in enumerate(ACTIVITIES)
    ]
    write(raw / "activities.csv", activities)
    pipeline = Pipeline(folder)
    pipeline.load("open", raw, "--as-of", AS_OF)
    return pipeline


def run(folder: Path, warehouse: Path) -> dict[str, dict[str, Any]]:
    """What the models say of each contact, where the score of the CRM counts for one segment."""
    models = CompiledModels(WANTED, as_of=AS_OF, landed=warehouse)
    field = {"source_system": "open", "object_type": "contact", "is_optional": "true"}
    named = {"engagement_score": "score", "has_champion": "champion_confirmed"}
    named |= {f"has_{point}": f"{point}_confirmed" for point in ("budget", "need")}
    fields = [field | {"source_field": name, "concept": held} for name, held in named.items()]
    fields.append(fields[0] | {"object_type": "lead"})
    points = {"point": "champion", "concept": "champion_confirmed"}
    score = {"criterion": "crm_score", "segment": "mid_market", "attribute": "score"}
    score |= {"operator": "at_least", "value": "80"}
    needed = {"rule_code": "EN09", "threshold_name": "qualification_points"}
    for seed in (
        extended(folder, "field_mappings", *fields),
        extended(folder, "qualification_points", points),
        extended(folder, "mql_criteria", score),
        replaced(folder, "rule_thresholds", needed | {"threshold_value": "2"}),
    ):
        models.fill_seed(seed.stem, seed)
    models.run()
    found = models.records(
        "select split_part(people.primary_record_id, ':', 3) as name, people.segment,"
        " verdicts.verdict, verdicts.reason, verdicts.evidence, evidence.interest_score,"
        " evidence.has_interest_met, evidence.qualification_count, evidence.supported_stage"
        " from intermediate.int_people as people"
        " inner join intermediate.int_person_evidence as evidence using (person_key)"
        " inner join intermediate.int_stage_visits as visits"
        " on visits.person_key = people.person_key and visits.stage_role = 'mql'"
        " inner join rules.rule_mql_without_interest as verdicts"
        " on verdicts.subject_key = visits.visit_key"
    )
    models.close()
    return {row["name"]: row for row in found}


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("own_evidence")
    return run(folder, land(folder).warehouse)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("reached", "passed"),
        ("at_the_bound_and_grace", "passed"),
        ("after_the_grace", "broken"),
        ("fallen_within_the_grace", "passed"),
        ("fallen_before", "broken"),
        ("points_do_not_stand_in", "broken"),
        ("never_scored", "broken"),
        ("decisive", "passed"),
        ("undated", "not_judged"),
        ("undated_and_empty", "broken"),
    ],
)
def test_the_crm_s_own_score_is_the_interest_at_entry(
    scored: dict[str, dict[str, Any]], name: str, verdict: str
) -> None:
    """A dated score at least the bound, the grace included; 65 points of activities are none."""
    assert scored[name]["verdict"] == verdict


def test_what_is_said_today_agrees_with_what_is_judged(
    scored: dict[str, dict[str, Any]],
) -> None:
    """The score that is shown, whether it is met, and the stage that was supported once."""
    told = {
        name: (row["interest_score"], row["has_interest_met"], row["supported_stage"])
        for name, row in scored.items()
        if row["segment"] == "mid_market" and name not in POINTS
    }
    assert told == {
        "at_the_bound_and_grace": (80, True, "mql"),
        "fallen_within_the_grace": (10, False, "mql"),
        "fallen_before": (10, False, "mql"),
        "points_do_not_stand_in": (79, False, "lead"),
        "never_scored": (0, False, "lead"),
        "undated": (85, True, "mql"),
        "undated_and_empty": (0, False, "lead"),
    }
    assert scored["undated"]["reason"] == "evidence_undated"
    assert "interest score 79 of 80 in the CRM" in scored["points_do_not_stand_in"]["evidence"]


def test_where_the_policy_does_not_ask_for_it_nobody_reads_the_score(
    scored: dict[str, dict[str, Any]],
) -> None:
    """Points decide as ever, 25 + 25 + 15, and a mapped score changes nothing."""
    told = {
        name: (row["verdict"], row["interest_score"], row["supported_stage"])
        for name, row in scored.items()
        if row["segment"] == "enterprise"
    }
    assert told == {
        "large_with_points": ("passed", 65, "mql"),
        "large_with_score": ("broken", 0, "lead"),
    }
    assert "interest score 0 of 60 in 90 days" in scored["large_with_score"]["evidence"]


def test_a_point_of_qualification_of_one_s_own_counts(scored: dict[str, dict[str, Any]]) -> None:
    """Budget and the champion make two, as budget and need do; the champion alone does not."""
    counted = {name: scored[name]["qualification_count"] for name in POINTS}
    assert counted == {"reached": 2, "after_the_grace": 1, "decisive": 2}
    assert {name: scored[name]["supported_stage"] for name in POINTS} == {
        "reached": "sql",
        "after_the_grace": "mql",
        "decisive": "sql",
    }
