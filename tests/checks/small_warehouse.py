"""A small warehouse for the tests of checks and reports: the real columns, a few invented rows.

Tables come from the loader and from the twins of the marts, so a column that is renamed there
breaks the tests here.
"""

import contextlib
import tempfile
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from scripts.places import PROJECT
from scripts.raw_contract import LOAD_COLUMNS, read_contract
from scripts.warehouse import prepare_warehouse

AS_OF = datetime(2026, 6, 30, 12, 0)
LOAD_ID = "load-1"
_DEFAULTS: dict[str, Any] = {"boolean": False, "bigint": 0}


def make_warehouse(path: Path) -> Path:
    """Create the file with one HubSpot load and one small build in it."""
    path.write_bytes(_small_warehouse())
    return path


@cache
def _small_warehouse() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crm.duckdb"
        with contextlib.closing(duckdb.connect(str(path))) as connection:
            tables = _create_tables(connection)
            for name, rows in _rows().items():
                for row in rows:
                    _insert(connection, name, tables[name], row)
        return path.read_bytes()


def execute(path: Path, statement: str) -> None:
    """Change the file: the tests break it to see a check go red."""
    with contextlib.closing(duckdb.connect(str(path))) as connection:
        connection.execute(statement)


def _create_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {
        "intermediate.int_as_of": {"time_zone": "varchar", "as_of": "timestamp"},
        "intermediate.int_timed_stays": {
            "visit_key": "bigint",
            "lifecycle_stage": "varchar",
            "owner_team": "varchar",
            "stay_days": "double",
            "is_open": "boolean",
            "is_timed": "boolean",
            "is_overdue": "boolean",
        },
        "intermediate.int_rule_unjudged_reasons": {
            "rule_code": "varchar",
            "reason": "varchar",
            "not_judged_count": "bigint",
        },
    }
    for path in sorted((PROJECT / "models" / "marts").glob("*/*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            columns = {column["name"]: column["data_type"] for column in model["columns"]}
            tables[f"marts.{model['name']}"] = columns
    for schema in sorted({name.partition(".")[0] for name in tables}):
        connection.execute(f"create schema {schema}")
    for name, columns in tables.items():
        listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        connection.execute(f"create table {name} ({listed})")
    prepare_warehouse(connection)
    for schema, kind in (("raw_hubspot", "hubspot"), ("raw_meta", "meta")):
        for table in read_contract(kind).tables.values():
            tables[f"{schema}.{table.name}"] = {**table.types(), **LOAD_COLUMNS}
    return tables


def _insert(
    connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, str], row: dict[str, Any]
) -> None:
    unknown = set(row) - set(columns)
    assert not unknown, f"{name} has no column {unknown}"
    given = {column: kind for column, kind in columns.items() if column in row}
    wanted = columns if name.startswith("marts.") else given
    filled = {column: row.get(column, _DEFAULTS.get(kind)) for column, kind in wanted.items()}
    listed = ", ".join(f'"{column}"' for column in filled)
    marks = ", ".join("?" for _ in filled)
    connection.execute(f"insert into {name} ({listed}) values ({marks})", list(filled.values()))


def _rows() -> dict[str, list[dict[str, Any]]]:
    landed = {"_load_id": LOAD_ID, "_loaded_at": AS_OF}
    week = date(2026, 6, 22)
    month = date(2026, 5, 1)
    return {
        "intermediate.int_as_of": [{"time_zone": "Europe/Amsterdam", "as_of": AS_OF}],
        "intermediate.int_timed_stays": [
            {
                "visit_key": key,
                "lifecycle_stage": stage,
                "owner_team": "marketing",
                "stay_days": stay,
                "is_open": is_open,
                "is_timed": is_timed,
                "is_overdue": False,
            }
            for key, stage, stay, is_open, is_timed in (
                (1, "lead", 9.0, True, True),
                (2, "lead", 4.0, False, True),
                (3, "lead", 300.0, False, False),
                (4, "mql", 5.0, True, True),
                (5, "mql", 30.0, True, True),
                (6, "mql", 8.0, False, False),
            )
        ],
        "intermediate.int_rule_unjudged_reasons": [
            {"rule_code": rule, "reason": reason, "not_judged_count": count}
            for rule, reason, count in (
                ("EN06", "start_unknown", 3),
                ("EN06", "evidence_undated", 2),
                ("EX03", "evidence_undated", 6),
            )
        ],
        "raw_hubspot.contact": [
            {"id": str(number), "property_email": f"p{number}@example.com", **landed}
            for number in (1, 2, 3)
        ],
        "raw_hubspot.contact_property_history": [
            {
                "contact_id": str(number),
                "name": "lifecyclestage",
                "value": "lead",
                "timestamp": AS_OF - timedelta(days=number),
                "source": "CRM_UI",
                **landed,
            }
            for number in (1, 2, 3)
        ],
        "raw_hubspot.engagement": [{"id": "9", "type": "CALL", **landed}],
        "raw_meta.loads": [
            {
                "load_id": LOAD_ID,
                "source": "hubspot",
                "method": "hubspot:files:demo",
                "started_at": AS_OF,
                "finished_at": AS_OF + timedelta(minutes=1),
                "status": "landed",
                "file_count": 3,
                "row_count": 7,
                "rejected_count": 1,
                "extracted_at": AS_OF,
            }
        ],
        "raw_meta.rejects": [
            {
                "load_id": LOAD_ID,
                "source": "hubspot",
                "table_name": "contact",
                "file_name": "contact.csv",
                "line_number": 4,
                "column_name": "id",
                "error": "an id must not be a number in scientific notation",
                "raw_line": "1e5,secret@example.com",
            }
        ],
        "marts.fct_unmapped_values": [
            {
                "unmapped_value_id": f"u{count}",
                "source_system": "hubspot",
                "concept": "lifecycle_stage",
                "seed": "value_mappings",
                "source_value": value,
                "suggested_row": row,
                "record_count": count,
                "current_record_count": 1,
            }
            for count, value, row in (
                (2, "<b>hot</b>", "lifecycle_stage,hubspot,<b>hot</b>,?,,,"),
                (9, "warm", "lifecycle_stage,hubspot,warm,?,,,"),
                (3, "(an address)", None),
            )
        ],
        "marts.dim_stages": [
            {
                "lifecycle_stage": stage,
                "stage_role": stage,
                "label": label,
                "stage_rank": rank,
                "max_days": limit,
                "owner_team": team,
                "is_active": True,
            }
            for stage, label, rank, limit, team in (
                ("lead", "Lead", 2, 90, "marketing"),
                ("mql", "Marketing <qualified> lead", 3, 14, "marketing"),
                ("sal", "Sales accepted lead", 4, 14, "sales_development"),
                ("customer", "Customer", 7, None, "sales"),
                ("recycled", "Recycled", None, None, "marketing"),
            )
        ],
        "marts.dim_people": [
            {
                "person_id": f"p{number}",
                "lifecycle_stage": stage,
                "stage_role": stage,
                "stage_alignment": "aligned",
                "record_count": 1,
                "stage_entered_at": AS_OF - timedelta(days=3),
            }
            for number, stage in ((1, "lead"), (2, "mql"), (3, "mql"))
        ],
        "marts.fct_stage_visits": [
            {
                "visit_id": f"v{person}-{number}",
                "person_id": f"p{person}",
                "visit_number": number,
                "lifecycle_stage": stage,
                "entered_by_kind": "human",
                "stay_days": stay,
                "is_open": stay is None,
                "valid_from": AS_OF - timedelta(days=start),
                "valid_to": None if stay is None else AS_OF - timedelta(days=start - stay),
            }
            for person, number, stage, start, stay in (
                (1, 1, "lead", 9, None),
                (2, 1, "lead", 9, 4),
                (2, 2, "mql", 5, None),
                (3, 1, "mql", 30, None),
            )
        ],
        "marts.fct_handoffs": [
            {"handoff_id": "v2-2", "person_id": "p2", "decision": "pending", "offered_at": AS_OF}
        ],
        "marts.dim_rules": [_rule("EN06", "MQL that does not fit"), _rule("EX03", "No reason")],
        "marts.fct_rule_results": [
            {
                "rule_id": "mql_without_fit",
                "rule_code": "EN06",
                "status": "red",
                "subject_count": 45,
                "judged_count": 40,
                "passed_count": 30,
                "broken_count": 10,
                "not_judged_count": 5,
                "main_not_judged_reason": "start_unknown",
                "broken_rate": 0.25,
                "budget_judged_count": 20,
                "budget_broken_count": 6,
                "budget_rate": 0.3,
                "amber_rate": 0.05,
                "red_rate": 0.15,
            },
            {
                "rule_id": "mql_rejected_without_reason",
                "rule_code": "EX03",
                "status": "green",
                "subject_count": 31,
                "judged_count": 25,
                "passed_count": 25,
                "not_judged_count": 6,
                "main_not_judged_reason": "evidence_undated",
                "broken_rate": 0.0,
                "budget_judged_count": 20,
                "budget_rate": 0.0,
                "amber_rate": 0.05,
                "red_rate": 0.15,
            },
        ],
        "marts.fct_rule_violations": [
            _violation("x1", "entered MQL with fit 1 of 3", "https://crm.example/1"),
            _violation("x2", "<script>alert(1)</script>\x07 & more", "javascript:alert(1)"),
        ],
        "marts.funnel_stage_completeness": [
            {
                "period_kind": "week",
                "period_on": week,
                "people_count": 4,
                "with_valid_stage_count": 3,
                "completeness_rate": 0.75,
                "unmapped_count": 1,
                "record_count": 4,
            }
        ],
        "marts.funnel_stage_aging": [
            {
                "lifecycle_stage": stage,
                "owner_team": "marketing",
                "open_count": count,
                "open_days_median": 5.0,
                "open_days_p90": 30.0,
                "overdue_count": overdue,
                "completed_count": 1,
                "completed_days_median": 4.0,
                "completed_days_p90": 4.0,
            }
            for stage, count, overdue in (("lead", 1, 0), ("mql", 2, 1))
        ],
        "marts.funnel_mql_acceptance": [
            {
                "period_kind": "month",
                "period_on": month,
                "lead_source_group": "paid",
                "owner_team": "sales",
                "offered_count": 10,
                "matured_count": 8,
                "accepted_count": 6,
                "rejected_count": 2,
                "pending_count": 2,
                "acceptance_rate": 0.75,
                "acceptance_rate_of_decided": 0.75,
            }
        ],
        "marts.funnel_rejection_reasons": [
            {
                "period_kind": "month",
                "period_on": month,
                "lifecycle_stage": "mql",
                "lead_source_group": "paid",
                "reason_code": reason,
                "rejection_count": count,
                "all_rejection_count": 5,
                "share_rate": count / 5,
            }
            for reason, count in (("no_budget", 3), ("none", 2))
        ],
        "marts.funnel_opportunity_creation": [
            {
                "period_kind": "month",
                "period_on": month,
                "lead_source_group": "paid",
                "window_days": window,
                "sql_count": 5,
                "matured_count": matured,
                "with_opportunity_count": count,
                "opportunity_creation_rate": count / matured,
            }
            for window, matured, count in ((30, 5, 1), (90, 4, 2))
        ],
        "marts.funnel_opportunity_amounts": [
            {
                "period_kind": "month",
                "period_on": month,
                "lead_source_group": "paid",
                "currency": "EUR",
                "window_days": 90,
                "deal_count": 1,
                "amount": 1200.0,
            }
        ],
        "marts.funnel_cohorts": [
            {
                "cohort_on": month,
                "from_stage": "lead",
                "to_stage": to_stage,
                "lead_source_group": "paid",
                "segment": "core",
                "window_days": 90,
                "entered_count": 6,
                "matured_count": 4,
                "converted_count": count,
                "conversion_rate": count / 4,
                "km_conversion_rate": count / 4,
            }
            for to_stage, count in (("mql", 3), ("sal", 1))
        ],
    }


def _rule(code: str, title: str) -> dict[str, Any]:
    return {
        "rule_id": {"EN06": "mql_without_fit", "EX03": "mql_rejected_without_reason"}[code],
        "rule_code": code,
        "family": "entry",
        "subject_type": "stage_visit",
        "severity": "high",
        "mode": "warn",
        "owner_team": "marketing",
        "title": title,
        "reason": "because",
        "remedy": "put it right",
        "amber_rate": 0.05,
        "red_rate": 0.15,
    }


def _violation(violation_id: str, evidence: str, link: str) -> dict[str, Any]:
    return {
        "violation_id": violation_id,
        "cause_id": violation_id,
        "rule_id": "mql_without_fit",
        "rule_code": "EN06",
        "severity": "high",
        "mode": "warn",
        "subject_type": "stage_visit",
        "subject_id": f"v-{violation_id}",
        "person_id": "p2",
        "record_id": "hubspot:contact:2",
        "lifecycle_stage": "mql",
        "owner_team": "sales_development",
        "evidence": evidence,
        "remedy": "take the MQL back & nurture it",
        "state": "open",
        "is_leading": True,
        "is_repairable": True,
        "is_new": violation_id == "x1",
        "occurred_at": AS_OF - timedelta(days=5),
        "crm_url": link,
    }
