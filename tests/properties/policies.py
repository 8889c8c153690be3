"""A policy for random CRMs: the shipped one, with everything a policy may do turned on."""

import csv
import shutil
from pathlib import Path

from tests.pipeline import PROJECT

# The second CRM has no say before the handoff; from a day on it may disqualify.
AUTHORITY = [
    *((stage, "", "") for stage in ("mql", "sal", "sql", "opportunity", "customer")),
    ("recycled", "", ""),
    ("closed_lost", "", ""),
    ("disqualified", "2026-01-20", ""),
]
# Two values whose meaning changed on a day, for every source and for one.
MAPPINGS = [
    ("any", "hot", "mql", "", "2026-01-15"),
    ("any", "hot", "sal", "2026-01-15", ""),
    ("any", "warm", "lead", "", ""),
    ("pipe", "warm", "recycled", "2026-01-12", "2026-02-01"),
]
# Some people were left out until a day.
LEFT_OUT_ONCE = "person%3@example.com"
# Few people make a swarm.
SETTINGS = {"bulk_record_count": "6"}


def lively_policy(folder: Path, has_authority: bool) -> Path:
    """A copy of b2b with dated mappings and exclusions, small swarms and perhaps authority."""
    shutil.copytree(PROJECT / "seeds" / "b2b", folder)
    append(
        folder / "value_mappings.csv",
        [
            {"concept": "lifecycle_stage", "source_system": source, "source_value": value}
            | {"value": stage, "valid_from": begins, "valid_to": ends}
            for source, value, stage, begins, ends in MAPPINGS
        ],
    )
    append(
        folder / "record_exclusions.csv",
        [
            {"source_system": "any", "field": "email", "pattern": LEFT_OUT_ONCE}
            | {"reason": "A trial that ended", "valid_to": "2026-01-20"}
        ],
    )
    if has_authority:
        append(
            folder / "stage_authority.csv",
            [
                {"source_system": "pipe", "lifecycle_stage": stage}
                | {"valid_from": begins, "valid_to": ends}
                for stage, begins, ends in AUTHORITY
            ],
        )
    thresholds = folder / "rule_thresholds.csv"
    rows = list(csv.DictReader(thresholds.open(newline="")))
    for row in rows:
        if row["rule_code"] == "ALL" and row["threshold_name"] in SETTINGS:
            row["threshold_value"] = SETTINGS[row["threshold_name"]]
    thresholds.write_text(",".join(rows[0]) + "\n")
    append(thresholds, rows)
    return folder


def append(file: Path, rows: list[dict[str, str]]) -> None:
    """Write rows at the end of a CSV file, by its header; what a row does not name is empty."""
    with file.open(newline="") as lines:
        header = next(csv.reader(lines))
    with file.open("a", newline="") as lines:
        writer = csv.DictWriter(lines, header, restval="", lineterminator="\n")
        writer.writerows(rows)
