"""The made-up CRM by itself: the same every time, believable, and honest about its plants."""

import csv
import hashlib
import re
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scripts import generate
from scripts.demo import company

PROJECT = Path(__file__).resolve().parents[2]


def make(folder: Path, *options: str) -> Path:
    """A demo CRM in that folder."""
    assert generate.main([str(folder), *options]) == 0
    return folder


def digests(folder: Path) -> dict[str, str]:
    """The md5 of every file, by its path inside the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.md5(path.read_bytes()).hexdigest() for path in files
    }


def plants(folder: Path) -> list[dict[str, str]]:
    """The rows of the ground truth about planted subjects."""
    with (folder / "truth" / "breaches.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def rows(query: str, **parameters: object) -> list[Any]:
    """The rows of a query over files."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        return connection.execute(query, parameters).fetchall()


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two thousand contacts who keep every rule."""
    return make(tmp_path_factory.mktemp("demo") / "clean", "--breaches", "0")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six hundred contacts with plants of every kind."""
    return make(tmp_path_factory.mktemp("demo") / "planted", "--contacts", "600")


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, planted: Path) -> None:
    again = make(tmp_path / "again", "--contacts", "600")
    assert digests(again) == digests(planted)


def test_another_seed_gives_other_people(tmp_path: Path, planted: Path) -> None:
    other = digests(make(tmp_path / "other", "--contacts", "600", "--seed", "8"))
    assert other["hubspot/contact.csv"] != digests(planted)["hubspot/contact.csv"]


def test_many_contacts_are_written_compressed(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(company, "COMPRESS_FROM_CONTACTS", 250)
    first, second = (make(tmp_path / name, "--contacts", "250") for name in ("a", "b"))
    assert digests(first) == digests(second)
    query = "select count(*) > 200 from read_csv($file)"
    assert rows(query, file=str(first / "hubspot" / "contact.csv.gz")) == [(True,)]


def test_there_are_as_many_contacts_as_asked_for(planted: Path, clean: Path) -> None:
    query = "select count(distinct person_id), count(distinct record_id), count(*) > $wanted"
    query += " from read_csv($file) where link_kind <> 'merge'"
    # One in a hundred is a person's second contact.
    people, records, are_more = rows(query, wanted=2000, file=str(clean / "truth/records.csv"))[0]
    assert (people, are_more) == (1980, True)
    assert records > people
    # Where the loader looks for it, so that made-up and own data never meet.
    as_of = datetime.fromisoformat(generate.DEFAULT_AS_OF)
    for folder in (clean, *(folder for _, folder, _ in company.extracts(clean, as_of))):
        assert (folder / company.MARKER).exists()


def test_the_funnel_is_believable(clean: Path) -> None:
    query = """
        select lifecycle_stage, count(distinct person_id) / (
            select count(distinct person_id) from read_csv($file))
        from read_csv($file) group by 1
    """
    reached = dict(rows(query, file=str(clean / "truth" / "stage_visits.csv")))
    bands = {
        "lead": (0.85, 0.99),
        "mql": (0.22, 0.33),
        "sal": (0.17, 0.27),
        "sql": (0.11, 0.20),
        "opportunity": (0.08, 0.14),
        "customer": (0.04, 0.07),
        "closed_lost": (0.02, 0.05),
    }
    for stage, (least, most) in bands.items():
        assert least <= reached[stage] <= most, (stage, reached[stage])


def test_some_come_back_and_some_buy_again(clean: Path) -> None:
    returned = """
        select count(*) from read_csv($file) as earlier
        inner join read_csv($file) as later using (person_id)
        where earlier.lifecycle_stage = 'recycled' and later.lifecycle_stage = 'mql'
            and later.visit_number > earlier.visit_number
    """
    stays = str(clean / "truth" / "stage_visits.csv")
    assert rows(returned, file=stays)[0][0] > 50
    several = """
        select count(*) from (select contact_id from read_csv($file)
        group by 1 having count(*) > 1)
    """
    roles = clean / "salesforce" / "opportunity_contact_role.csv"
    assert rows(several, file=str(roles))[0][0] > 30


def test_people_work_in_working_hours(clean: Path) -> None:
    query = """
        with changes as (
            select timestamp as changed_at from read_csv($hubspot)
            where source = 'CRM_UI' and name = 'lifecyclestage'
            union all
            select changes.created_date from read_csv($salesforce) as changes
            inner join read_csv($users) as users on changes.created_by_id = users.id
            where changes.field = 'Lifecycle_Stage__c' and users.user_role_id is not null
                and users.name not in ('HubSpot Integration', 'Data Loader')
        )
        select count(*) filter (where isodow(changed_at) > 5
            or hour(changed_at) not between 9 and 16), count(*)
        from changes
    """
    outside, changes = rows(
        query,
        hubspot=str(clean / "hubspot" / "contact_property_history.csv"),
        salesforce=str(clean / "salesforce" / "lead_history.csv"),
        users=str(clean / "salesforce" / "user.csv"),
    )[0]
    assert (outside, changes > 1500) == (0, True)


def test_a_clean_company_has_no_plants(clean: Path) -> None:
    assert plants(clean) == []


def test_near_misses_are_as_many_as_breaches(planted: Path) -> None:
    kinds = Counter((row["rule_code"], row["kind"]) for row in plants(planted))
    codes = {code for code, _ in kinds}
    assert len(codes) == 26
    for code in codes:
        assert kinds[code, "breach"] == kinds[code, "near_miss"] > 0, code


def test_a_person_carries_one_plant(planted: Path) -> None:
    with (planted / "truth" / "records.csv").open(newline="") as file:
        people = {row["record_id"]: row["person_id"] for row in csv.DictReader(file)}
    # A subject is a person, or a record and perhaps its field.
    subjects = [
        row["subject"].split()[0] for row in plants(planted) if row["kind"] != "consequence"
    ]
    carriers = [people.get(subject, subject) for subject in subjects]
    assert set(carriers) <= set(people.values())
    assert len(carriers) == len(set(carriers))


def test_extra_plants_move_no_other_plant(tmp_path: Path, planted: Path) -> None:
    extra = ["--extra-plants", "3", "--rule", "EN06"]
    more = plants(make(tmp_path / "more", "--contacts", "600", *extra))
    added = [row for row in more if row not in plants(planted)]
    assert [(row["rule_code"], row["kind"]) for row in added] == [("EN06", "breach")] * 3
    assert len(more) == len(plants(planted)) + 3


def test_the_truth_is_written_before_any_raw_file(tmp_path: Path, monkeypatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(company, "write_raw", stop)
    assert generate.main([str(tmp_path), "--contacts", "200"]) == 2
    assert sorted(path.name for path in tmp_path.rglob("*.csv")) == [
        "account_owners.csv",
        "ambiguous_records.csv",
        "breaches.csv",
        "campaign_responses.csv",
        "entry_teams.csv",
        "movements.csv",
        "papers.csv",
        "records.csv",
        "stage_visits.csv",
    ]


def test_the_plan_reads_no_policy_and_no_model(tmp_path: Path) -> None:
    script = f"""
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from scripts import generate
assert generate.main([{str(tmp_path)!r}, "--contacts", "200"]) == 0
print("\\n".join(opened), file=sys.stderr)
"""
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    inside = [line for line in run.stderr.splitlines() if line.startswith(str(PROJECT))]
    read = {Path(line).relative_to(PROJECT).parts[0] for line in inside}
    assert any("04_cycle.sql" in line for line in inside)
    assert read <= {"scripts", ".venv"}
    for path in company.SQL_FOLDER.glob("*.sql"):
        assert not re.search(r"read_\w+\(|attach|\.(csv|parquet|json|duckdb)", path.read_text())
