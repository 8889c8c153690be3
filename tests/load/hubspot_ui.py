"""A made-up HubSpot account as a German-speaking person exports it by hand, with the usual dirt.

`write_export(folder)` puts down what the browser downloads: semicolons, dd.mm.yyyy, commas as
decimals, German column names with values as the company wrote them, a workbook with real dates, an
archive with folders and what an operating system leaves in it, lists in one cell, owners by name
(one of them deactivated), and users and form submissions in files of their own.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

START = dt.datetime(2026, 1, 5, 9, 0)
STAGES = ("Interessent", "MQL", "SAL", "SQL", "Verkaufschance", "Kunde")
OWNERS = ("Jörg Weiß", "Ann-Kathrin O'Neill", "Mia Roth", "Tom Alt (Deaktivierter Benutzer)")
CONTACT_COUNT = 24

Row = Sequence[object]


def write_export(folder: Path) -> None:
    """Write all files of the export."""
    folder.mkdir(parents=True, exist_ok=True)
    _archive(folder / "hubspot-export-2026-03-31.zip")
    _workbook(folder / "Lifecycle-Phase Verlauf (Kontakte).xlsx")
    (folder / "Benutzer.csv").write_bytes(_csv(_users()))
    (folder / "form-submissions-demo-anfrage-2026-03-31.csv").write_bytes(_csv(_submissions()))
    (folder / "~$Lifecycle-Phase Verlauf (Kontakte).xlsx").write_bytes(b"\x05Ann")


def moment(contact: int, step: int) -> dt.datetime:
    """When a contact reached its step-th stage."""
    return START + dt.timedelta(days=contact + 6 * step, hours=step, minutes=contact)


def stage_count(contact: int) -> int:
    """How many stages a contact has reached: the later ones are rarer."""
    return 1 + contact % len(STAGES)


def owner(contact: int) -> str:
    """Who owns a contact."""
    return OWNERS[contact % len(OWNERS)]


def _cells(line: str) -> list[str]:
    return line.split(";")


def _german(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.strftime("%d.%m.%Y %H:%M")
    if isinstance(cell, float):
        return f"{cell:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    text = str(cell)
    return f'"{text}"' if ";" in text else text


def _csv(rows: Sequence[Row]) -> bytes:
    lines = (";".join(map(_german, row)) for row in rows)
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _archive(path: Path) -> None:
    junk = {"__MACOSX/Export/._Kontakte.csv": b"\x00\x05", "Export/.DS_Store": b"\x00\x01Bud1"}
    files = {
        "Export/hubspot-crm-exports-alle-kontakte-2026-03-31.csv": _csv(_contacts()),
        "Export/Firmen/hubspot-crm-exports-alle-unternehmen.csv": _csv(_companies()),
        "Export/Deals/hubspot-crm-exports-alle-deals.csv": _csv(_deals()),
        "Export/Deals/verlauf.csv": _csv(_deal_changes()),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in (files | junk).items():
            archive.writestr(name, content)
    path.write_bytes(packed.getvalue())


def _contacts() -> list[Row]:
    header = (
        "Datensatz-ID;Vorname;Nachname;E-Mail;Lifecycle-Phase;Lead-Status;Kontakt-Zuständiger;"
        "Erstelldatum;Datum der letzten Änderung;Ursprüngliche Traffic-Quelle;Jahresumsatz;"
        "Datum der Konversion zum MQL;Interessen;Zugeordnete Unternehmens-IDs"
    )
    return [_cells(header)] + [
        [
            *(5000 + n, f"Vorname{n}", "Beispiel", f"person{n}@firma{n % 8}.example"),
            *(STAGES[stage_count(n) - 1], "Offen" if n % 3 else "", owner(n), moment(n, 0)),
            *(moment(n, stage_count(n)), ("Organische Suche", "E-Mail-Marketing")[n % 2]),
            *(1200.5 * (n + 1), moment(n, 1) if stage_count(n) > 1 else "", "Cloud;Sicherheit"),
            f"{700 + n % 8}",
        ]
        for n in range(CONTACT_COUNT)
    ]


def _companies() -> list[Row]:
    header = ["Datensatz-ID", "Unternehmensname", "Unternehmens-Domain-Name", "Erstelldatum"]
    return [header] + [
        [700 + n, f"Firma {n} GmbH & Co. KG", f"firma{n}.example", START] for n in range(8)
    ]


def _with_deals() -> list[int]:
    return [n for n in range(CONTACT_COUNT) if stage_count(n) >= 5]


def _deals() -> list[Row]:
    header = (
        "Datensatz-ID;Dealname;Deal-Phase;Pipeline;Betrag;Währung;Deal-Zuständiger;Erstelldatum;"
        "Abschlussdatum;Zugeordnete Kontakt-IDs;Zugeordnete Unternehmens-IDs"
    )
    return [_cells(header)] + [
        [
            *(9000 + n, f"Vorname{n} Beispiel – Angebot", "Gewonnen" if _is_won(n) else "Angebot"),
            *("Vertrieb", 10500.5, "EUR", owner(n), moment(n, 4)),
            *(moment(n, 5) if _is_won(n) else "", f"{5000 + n}; {5000 + (n + 1) % CONTACT_COUNT}"),
            str(700 + n % 8),
        ]
        for n in _with_deals()
    ]


def _is_won(contact: int) -> bool:
    return stage_count(contact) == len(STAGES)


def _deal_changes() -> list[Row]:
    changes: list[Row] = [["Deal-ID", "Eigenschaft", "Wert", "Zeitstempel", "Quelle"]]
    for n in _with_deals():
        changes.append([9000 + n, "Deal-Phase", "Angebot", moment(n, 4), "CRM UI"])
        if _is_won(n):
            changes.append([9000 + n, "Deal-Phase", "Gewonnen", moment(n, 5), "CRM UI"])
    return changes


def _workbook(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        [
            "Datensatz-ID",
            "Vorname",
            "Lifecycle-Phase",
            "Geändert am",
            "Quelltyp",
            "Aktualisiert von",
        ]
    )
    for n in range(CONTACT_COUNT):
        for step in range(stage_count(n)):
            sheet.append(
                [
                    *(5000 + n, f"Vorname{n}", STAGES[step], moment(n, step)),
                    *(("Workflows", "") if step == 1 else ("CRM UI", owner(n))),
                ]
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _users() -> list[Row]:
    rows: list[Row] = [
        ["Benutzer-ID", "Vorname", "Nachname", "E-Mail", "Zuletzt aktiv", "Zugewiesene Teams"]
    ]
    rows.append([41, "Jörg", "Weiß", "joerg.weiss@acme.example", "31.03.2026", "Vertrieb"])
    rows.append([42, "Ann-Kathrin", "O'Neill", "ako@acme.example", "30.03.2026", "Vertrieb;SDR"])
    rows.append([43, "Mia", "Roth", "mia.roth@acme.example", "29.03.2026", "Marketing"])
    return rows


def _submissions() -> list[Row]:
    header = ["Vorname", "E-Mail", "Konversionsdatum", "Konversionsseite"]
    return [header] + [
        [
            f"Vorname{n}",
            f"Person{n}@firma{n % 8}.example",
            moment(n, 0),
            "https://acme.example/demo",
        ]
        for n in range(CONTACT_COUNT)
    ]
