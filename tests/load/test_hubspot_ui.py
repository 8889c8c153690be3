"""From HubSpot's own export, in German and with the usual dirt, to the marts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import init
from tests.compiled import CompiledModels
from tests.load import hubspot_ui as ui
from tests.load.desk import Desk
from tests.pipeline import Pipeline

HINTS = ("--language", "de", "--dates", "dmy", "--decimal", "comma")
PERSONAL = "weiß|neill|roth|tom alt|@|vorname|beispiel|gmbh"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompiledModels]:
    """The export loaded, a policy proposed from it, and every model under that policy."""
    home = tmp_path_factory.mktemp("hubspot")
    pipeline = Pipeline(home)
    ui.write_export(home / "export")
    pipeline.load("hubspot", home / "export", *HINTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(init, "SEEDS", home / "seeds")
        patch.setattr(init, "REPORTS", home / "reports")
        asked = ["acme", "--source", "hubspot", "--warehouse", str(pipeline.warehouse)]
        assert init.main(asked) == 0
    models = pipeline.run_models(seeds=home / "seeds" / "acme", data_tests=True)
    yield models
    models.close()


def test_every_record_of_every_file_lands(desk: Desk) -> None:
    ui.write_export(desk.home / "files")
    outcome = desk.load("hubspot", *HINTS)
    assert outcome.code == 0, outcome
    assert desk.rejects() == []
    assert "not loaded" not in outcome.out
    counts = {
        table: desk.value(f"select count(*) from raw_hubspot_all.{table}")
        for table in ("contact", "company", "deal", "deal_contact", "users", "owner", "team")
    }
    deal_count = sum(ui.stage_count(n) >= 5 for n in range(ui.CONTACT_COUNT))
    assert counts == {
        **{"contact": ui.CONTACT_COUNT, "company": 8, "deal": deal_count},
        **{"deal_contact": 2 * deal_count, "users": 3, "owner": 3, "team": 3},
    }
    moments = desk.rows(
        "select contact_id, timestamp from raw_hubspot_all.contact_property_history "
        "order by contact_id, timestamp"
    )
    assert moments == [
        (str(5000 + n), ui.moment(n, step))
        for n in range(ui.CONTACT_COUNT)
        for step in range(ui.stage_count(n))
    ]
    created = desk.rows("select id, property_createdate from raw_hubspot_all.contact order by id")
    assert created == [(str(5000 + n), ui.moment(n, 0)) for n in range(ui.CONTACT_COUNT)]


def test_without_the_hints_the_load_says_which_is_missing(desk: Desk) -> None:
    ui.write_export(desk.home / "files")
    outcome = desk.load("hubspot")
    assert outcome.code == 2
    assert "--language de" in outcome.err
    outcome = desk.load("hubspot", "--language", "de", "--max-rejects", "20")
    assert outcome.code == 2
    assert "--dates dmy" in outcome.err + outcome.out


def test_a_map_of_ones_own_serves_any_language(desk: Desk, tmp_path: Path) -> None:
    header = "ID de registro;Correo;Etapa;Fecha en que pasó a ser MQL\n"
    desk.put("contactos.csv", header + "1;a@x.com;Cliente;2024-02-01 10:00\n")
    own = tmp_path / "map.csv"
    own.write_text(
        "header,label\nID de registro,Record ID\nCorreo,Email\nEtapa,Lifecycle Stage\n"
        "Fecha en que pasó a ser *,Became a * Date\n",
        encoding="utf-8",
    )
    assert desk.load("hubspot", "--headers", str(own)).code == 0
    query = "select id, property_email, property_lifecyclestage from raw_hubspot_all.contact"
    assert desk.rows(query) == [("1", "a@x.com", "Cliente")]
    dated = "select field, value from raw_hubspot_all.contact_fields where field like 'became%'"
    assert desk.rows(dated) == [("became_a_mql_date", "2024-02-01 10:00:00")]
    own.write_text("header,label\nEtapa\n", encoding="utf-8")
    refused = desk.load("hubspot", "--headers", str(own))
    assert (refused.code, "map.csv line 2" in refused.err) == (2, True)
    assert "--language xx is not known, only de" in desk.load("hubspot", "--language", "xx").err


def test_the_language_is_remembered(desk: Desk) -> None:
    desk.put("kontakte.csv", "Datensatz-ID,E-Mail,Lifecycle-Phase\n1,a@x.com,Kunde\n")
    assert desk.load("hubspot", "--language", "DE").code == 0
    desk.put("kontakte.csv", "Datensatz-ID,E-Mail,Lifecycle-Phase\n1,a@x.com,MQL\n")
    assert desk.load("hubspot").code == 0
    assert desk.value("select property_lifecyclestage from raw_hubspot_all.contact") == "MQL"


def test_people_stand_where_their_history_left_them(built: CompiledModels) -> None:
    expected = {
        f"hubspot:contact:{5000 + n}": ("lead", "mql", "sal", "sql", "opportunity", "customer")[
            ui.stage_count(n) - 1
        ]
        for n in range(ui.CONTACT_COUNT)
    }
    stages = built.rows("select primary_record_id, stage_role from marts.dim_people")
    assert dict(stages) == expected
    (moves,) = built.rows("select count(*) from marts.fct_stage_transitions")[0]
    assert moves == sum(map(ui.stage_count, range(ui.CONTACT_COUNT)))


def test_owners_by_name_have_a_team_and_are_active_unless_told(built: CompiledModels) -> None:
    owners = built.rows(
        "select name, email, team, is_active from marts.dim_owners "
        "left join restricted.owner_names using (owner_id) order by name"
    )
    assert owners == [
        ("Ann-Kathrin O'Neill", "ako@acme.example", "sales", True),
        ("Jörg Weiß", "joerg.weiss@acme.example", "sales", True),
        ("Mia Roth", "mia.roth@acme.example", "marketing", True),
        ("Tom Alt (Deaktivierter Benutzer)", None, None, False),
    ]
    moved = built.rows(
        "select distinct actor_team from marts.fct_stage_transitions where actor_team is not null"
    )
    assert sorted(moved) == [("marketing",), ("sales",)]


def test_no_name_and_no_address_stands_in_marts(built: CompiledModels) -> None:
    """Neither in an id nor in evidence, of anybody: people, owners, companies, deals."""
    columns = built.rows(
        "select table_name, column_name from information_schema.columns "
        "where table_schema = 'marts' and table_catalog = current_database() "
        "and data_type = 'VARCHAR'"
    )
    assert len(columns) > 200
    leaks = [
        (table, column)
        for table, column in columns
        if built.rows(
            f'select 1 from marts."{table}" '
            f"where regexp_matches(lower(\"{column}\"), '{PERSONAL}') limit 1"
        )
    ]
    assert leaks == []
    for table, count in (("account_names", 8), ("deal_names", 8), ("owner_names", 4)):
        assert built.rows(f"select count(*) from restricted.{table}") == [(count,)]


def test_submissions_of_an_export_are_those_of_the_contact_with_the_address(
    built: CompiledModels,
) -> None:
    found = built.rows(
        "select record_id, count(*) from intermediate.int_activities_unioned "
        "where activity_type = 'form_submission' group by record_id"
    )
    assert sorted(found) == [(f"hubspot:contact:{5000 + n}", 1) for n in range(ui.CONTACT_COUNT)]


def test_a_list_of_owners_by_hand_gives_teams(desk: Desk) -> None:
    desk.put("owners.csv", "name,email,team\nAnn Lee,ann@x.com,Sales\nBo Kim,,Marketing\n")
    desk.put("contacts.csv", "Record ID,Email,Contact owner\n1,a@x.com,Ann Lee\n")
    assert desk.load("hubspot").code == 0
    owners = "select owner_id, email, is_active from raw_hubspot_all.owner order by owner_id"
    assert desk.rows(owners) == [("Ann Lee", "ann@x.com", None), ("Bo Kim", None, None)]
    teams = "select owner_id, team_id, is_team_primary from raw_hubspot_all.owner_team order by 1"
    assert desk.rows(teams) == [("Ann Lee", "Sales", True), ("Bo Kim", "Marketing", True)]


def test_stays_of_one_length_have_one_median_and_percentile(built: CompiledModels) -> None:
    """What is interpolated between equal numbers is that number, and no build stops at it."""
    for mart, median in (
        ("funnel_stage_aging", "completed_days"),
        ("funnel_stage_aging", "open_days"),
        ("funnel_mql_acceptance", "hours_to_decision"),
    ):
        below = f"select * from marts.{mart} where {median}_p90 < {median}_median"
        assert built.rows(below) == []
