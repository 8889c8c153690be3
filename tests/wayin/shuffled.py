"""The demo CRM as another company would have it: other ids, other words, the same history."""

import csv
import random
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from scripts import generate

Row = dict[str, str]

# What this company calls its stages; two values are ambiguous and planted.
STAGES = {
    "subscriber": "Newsletter-Abonnent",
    "lead": "Interessent",
    "marketingqualifiedlead": "MQL – Marketing Qualified Lead",
    "salesacceptedlead": "Vom Vertrieb akzeptiert",
    "salesqualifiedlead": "Stufe Vier",
    "opportunity": "Verkaufschance",
    "customer": "Kunde",
    "recycled": "Wiedervorlage",
    "disqualified": "Nicht qualifiziert",
    "closed_lost": "Auftrag verloren",
    "other": "Sonstiges",
}
STATUSES = {
    "NEW": "Neu",
    "OPEN": "Offen",
    "IN_PROGRESS": "In Bearbeitung",
    "CONNECTED": "Kontaktiert",
    "BAD_TIMING": "Falscher Zeitpunkt",
    "UNQUALIFIED": "Unqualifiziert",
    "OPEN_DEAL": "Offener Deal",
    "ATTEMPTED_TO_CONTACT": "Kontaktversuch",
}
REASONS = {
    "no_fit": "Passt nicht",
    "too_early": "Kategorie 7",
    "budget_missing": "Kein Budget",
    "unresponsive": "Keine Rückmeldung",
    "bad_data": "Ungültige Kontaktdaten",
    "no_need": "Kein Bedarf",
    "competitor": "Wettbewerber",
    "student_or_job_seeker": "Bewerber",
    "not_interested": "Kein Interesse",
    "no_authority": "Kein Entscheider",
    "spam": "Spam",
    "contract_running": "Laufender Vertrag",
    "no_decision": "Keine Entscheidung",
    "product_gap": "Fehlende Funktion",
    "price_too_high": "Zu teuer",
    "bought_competitor": "Anderer Anbieter",
    "duplicate": "Dublette",
}
DEAL_STAGES = {
    "appointmentscheduled": "Termin vereinbart",
    "qualifiedtobuy": "Qualifiziert",
    "presentationscheduled": "Präsentation",
    "decisionmakerboughtin": "Entscheider überzeugt",
    "contractsent": "Angebot versendet",
    "onhold": "Zurückgestellt",
    "closedwon": "Gewonnen",
    "closedlost": "Verloren",
}
PIPELINES = {"default": "Neugeschäft", "expansion": "Bestandskunden", "renewals": "Verlängerungen"}
TEAMS = {
    "Marketing": "Marketing-Team",
    "Sales Development": "Vertriebsinnendienst",
    "Sales": "Vertrieb",
    "Customer Success": "Kundenbetreuung",
    "Revenue Operations": "Vertriebssteuerung",
}
FIELDS = {"rejection_reason": "ablehnungsgrund"}
# Values that the demo invents or plants in the wrong field; nobody has to decide them.
UNKNOWN_IN_DEMO = ("Under review", "IN_PROGRESS", "marketingqualifiedlead")
# What a person has to say; nothing else may be asked.
DECIDED = {"Stufe Vier": "sql", "Kategorie 7": "too_early"}


def make_demo(folder: Path) -> Path:
    """The demo's files; returns the folder with HubSpot's tables."""
    assert generate.main([str(folder), "--contacts", "700", "--breaches", "0.06"]) == 0
    return folder / "hubspot" if (folder / "hubspot").is_dir() else folder


def shuffle_demo(demo: Path, folder: Path) -> Path:
    """A copy with random ids and other words, its labels in the tables that hold labels."""
    folder.mkdir()
    dice = random.Random(3)
    stages, statuses = _ids(STAGES, dice), _ids(STATUSES, dice)
    deal_stages, pipelines = _ids(DEAL_STAGES, dice), _ids(PIPELINES, dice)
    values = {
        "lifecyclestage": stages,
        "hs_lead_status": statuses,
        "rejection_reason": REASONS,
        "closed_lost_reason": REASONS,
    }

    def changed(table: str, row: Row) -> Row:
        row = _with_values(row, values)
        for column in ("deal_pipeline_stage_id", "stage_id"):
            row = _mapped(row, column, deal_stages)
        for column in ("deal_pipeline_id", "pipeline_id"):
            row = _mapped(row, column, pipelines)
        if table == "deal_stage":
            row = _mapped(row, "value", deal_stages)
        if table == "team":
            row = _mapped(row, "name", TEAMS)
        if table == "deal_pipeline_stage":
            own = {deal_stages[stage]: label for stage, label in DEAL_STAGES.items()}
            row["label"] = own.get(row["stage_id"], row["label"])
        if table == "deal_pipeline":
            own = {pipelines[name]: label for name, label in PIPELINES.items()}
            row["label"] = own.get(row["pipeline_id"], row["label"])
        return {
            column.replace("rejection_reason", FIELDS["rejection_reason"]): cell
            for column, cell in row.items()
        }

    for path in sorted(demo.glob("*.csv")):
        if path.stem != "property_option":
            _rewrite(path, folder / path.name, partial(changed, path.stem))
    _write_options(folder / "property_option.csv", stages, statuses)
    return folder


def _ids(names: Mapping[str, str], dice: random.Random) -> dict[str, str]:
    numbers = dice.sample(range(1_000_000_000, 2_000_000_000), len(names))
    return {name: str(number) for name, number in zip(names, numbers, strict=True)}


def _with_values(row: Row, values: Mapping[str, Mapping[str, str]]) -> Row:
    """State columns, and rows of a property's history, whatever their case."""
    for field, renamed in values.items():
        row = _mapped(row, f"property_{field}", renamed)
        if row.get("name") == field and "value" in row:
            row = _mapped(row, "value", renamed)
            row["name"] = FIELDS.get(field, field)
    return row


def _mapped(row: Row, column: str, renamed: Mapping[str, str]) -> Row:
    cell = row.get(column)
    if not cell:
        return row
    by_key = {name.lower(): new for name, new in renamed.items()}
    return {**row, column: by_key.get(cell.lower(), cell)}


def _rewrite(path: Path, into: Path, change: Callable[[Row], Row]) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        header = list(change(dict.fromkeys(reader.fieldnames or (), "")))
        rows = [change(row) for row in reader]
    with into.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


def _write_options(path: Path, stages: Mapping[str, str], statuses: Mapping[str, str]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["hubspot_object", "name", "value", "label", "display_order", "hidden"])
        for field, ids, labels in (
            ("lifecyclestage", stages, STAGES),
            ("hs_lead_status", statuses, STATUSES),
        ):
            for number, (name, value) in enumerate(sorted(ids.items(), key=lambda item: item[1])):
                writer.writerow(["contact", field, value, labels[name], number, "false"])
