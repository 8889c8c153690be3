"""A warehouse remembers by what it is read, and a forgotten variable changes nothing."""

import os
from pathlib import Path

import duckdb
import pytest

from scripts import report, settings, sightings
from scripts.places import PROJECT, CannotRunError
from scripts.remembered import Settings, settings_of, settle
from tests.checks.small_warehouse import execute, make_warehouse

VARIABLES = ("LIFECYCLE_POLICY", "LIFECYCLE_TIMEZONE")
OWN = "update raw_meta.loads set method = 'hubspot:files'"


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        # Set first, so that what a command puts there is taken away again.
        monkeypatch.setenv(variable, "x")
        monkeypatch.delenv(variable)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = make_warehouse(tmp_path / "crm.duckdb")
    execute(path, OWN)
    return path


def test_what_is_remembered_holds_where_nobody_says_anything(warehouse: Path) -> None:
    assert settings.main(["--warehouse", str(warehouse), "policy=bpic2012"]) == 0
    assert settings.main(["--warehouse", str(warehouse), "time_zone=Asia/Tokyo"]) == 0
    assert settle(warehouse) == Settings("bpic2012", "Asia/Tokyo")
    # dbt reads the environment.
    assert [os.environ[variable] for variable in VARIABLES] == ["bpic2012", "Asia/Tokyo"]


def test_a_variable_that_says_the_same_is_fine_and_another_stops(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.main(["--warehouse", str(warehouse), "policy=bpic2012", "time_zone=Asia/Tokyo"])
    monkeypatch.setenv("LIFECYCLE_POLICY", "bpic2012")
    assert settle(warehouse).policy == "bpic2012"
    for variable, value, setting in (
        ("LIFECYCLE_POLICY", "b2b", "policy=b2b"),
        ("LIFECYCLE_TIMEZONE", "UTC", "time_zone=UTC"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(variable, value)
            for command in (report, sightings):
                assert command.main(["--warehouse", str(warehouse)]) == 2
                said = capsys.readouterr().err
                assert f"{variable} says {value}" in said
                assert setting in said
                assert len(said.splitlines()) == 1


def test_marts_of_an_unknown_policy_are_not_replaced_in_silence(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of an older version holds marts, and nobody knows under which policy."""
    execute(warehouse, "drop table raw_meta.settings")
    with pytest.raises(CannotRunError, match="say once which it is"):
        settle(warehouse)
    monkeypatch.setenv("LIFECYCLE_POLICY", "b2b")
    assert settle(warehouse).policy == "b2b"
    monkeypatch.delenv("LIFECYCLE_POLICY")
    assert settings.main(["--warehouse", str(warehouse), "policy=b2b"]) == 0
    assert settle(warehouse).policy == "b2b"


def test_a_demo_of_an_older_version_is_taken_over(tmp_path: Path) -> None:
    demo = make_warehouse(tmp_path / "demo.duckdb")
    execute(demo, "drop table raw_meta.settings")
    assert settle(demo) == Settings("b2b", "Europe/Amsterdam")


def test_the_zone_of_older_marts_is_the_one_they_tell(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A forgotten variable must not date the marts of an older version anew."""
    execute(warehouse, "drop table raw_meta.settings")
    execute(warehouse, "update intermediate.int_as_of set time_zone = 'Asia/Tokyo'")
    monkeypatch.setenv("LIFECYCLE_POLICY", "b2b")
    assert settle(warehouse).time_zone == "Asia/Tokyo"
    monkeypatch.setenv("LIFECYCLE_TIMEZONE", "UTC")
    with pytest.raises(CannotRunError, match="LIFECYCLE_TIMEZONE says UTC"):
        settle(warehouse)


def test_a_zone_that_does_not_exist_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIFECYCLE_TIMEZONE", "Berlin")
    with pytest.raises(CannotRunError, match="unknown time zone Berlin"):
        settle(tmp_path / "absent.duckdb")


def test_a_file_that_is_not_there_remembers_nothing(tmp_path: Path) -> None:
    assert settings_of(tmp_path / "absent.duckdb") == {}
    assert settle(tmp_path / "absent.duckdb") == Settings("b2b", "UTC")


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("policy=b2c", "there is no policy b2c in seeds/"),
        ("time_zone=Berlin", "unknown time zone Berlin"),
        ("colour=blue", "colour is no setting"),
        ("policy", "write KEY=VALUE"),
        ("policy=", "write KEY=VALUE"),
        ("portal=my portal", "my portal is no portal"),
        ("address=https://acme", "is no address"),
        ("files_time_zone.hubspot=Asia/Tokyo", "would double every change"),
    ],
)
def test_what_cannot_be_set_is_told_and_changes_nothing(
    warehouse: Path, pair: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["policy=b2b", "files_time_zone.hubspot=UTC"]
    assert settings.main(["--warehouse", str(warehouse), *told]) == 0
    before = settings_of(warehouse)
    assert settings.main(["--warehouse", str(warehouse), "time_zone=Asia/Tokyo", pair]) == 2
    assert said in capsys.readouterr().err
    assert settings_of(warehouse) == before


def test_another_installation_needs_another_warehouse(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settings.main(["--warehouse", str(warehouse), "portal=56"]) == 0
    # No row tells another yet: a slip can be put right.
    assert settings.main(["--warehouse", str(warehouse), "portal=55"]) == 0
    execute(warehouse, "insert into raw_hubspot.deal (deal_id, portal_id) values ('1', '55')")
    # Whether or not the warehouse remembers it: an older one holds the rows all the same.
    for told in ("delete from raw_meta.settings where key = 'portal'", "select 1"):
        execute(warehouse, told)
        assert settings.main(["--warehouse", str(warehouse), "portal=66"]) == 2
        assert "holds rows of portal 55" in capsys.readouterr().err
        assert settings.main(["--warehouse", str(warehouse), "portal=55"]) == 0


def dbt(warehouse: Path, monkeypatch: pytest.MonkeyPatch, target: Path) -> str:
    """`dbt build` of one model, in this process; what it says of its end, empty where it held."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    monkeypatch.setenv("LIFECYCLE_WAREHOUSE", str(warehouse))
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    places += ["--target-path", str(target), "--log-path", str(target)]
    told = ["--quiet", "--log-level-file", "none", "--select", "stg_meta__settings"]
    try:
        ended = dbtRunner().invoke(["build", *places, *told])
    finally:
        DuckDBConnectionManager.close_all_connections()
    return "" if ended.success else " ".join(str(ended.exception).split())


def test_dbt_by_itself_stops_at_its_start_or_remembers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One model, one run each: nothing landed, the first run, the same again, another policy."""
    empty = tmp_path / "crm.duckdb"
    duckdb.connect(str(empty)).close()
    assert "Nothing has landed" in dbt(empty, monkeypatch, tmp_path / "target")
    empty.unlink()
    warehouse = make_warehouse(tmp_path / "crm.duckdb")
    assert "say once which it is" in dbt(warehouse, monkeypatch, tmp_path / "target")
    execute(warehouse, "drop table intermediate.int_as_of")
    assert dbt(warehouse, monkeypatch, tmp_path / "target") == ""
    assert settings_of(warehouse) == {"policy": "b2b", "time_zone": "UTC"}
    execute(warehouse, "update raw_meta.settings set value = 'acme' where key = 'policy'")
    said = dbt(warehouse, monkeypatch, tmp_path / "target")
    assert "remembers policy acme, and this run reads b2b" in said
    assert "LIFECYCLE_POLICY=acme" in said
    execute(warehouse, "drop table raw_meta.settings")
    assert "by an earlier version" in dbt(warehouse, monkeypatch, tmp_path / "target")
