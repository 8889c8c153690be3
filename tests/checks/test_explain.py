"""A failed data test says what its rows say, in one line."""

import json
from pathlib import Path

import duckdb

from scripts.explain import explained
from scripts.outcomes import read_dbt_run


def test_a_failed_test_tells_the_messages_of_its_rows(tmp_path: Path) -> None:
    warehouse = tmp_path / "crm.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create table missing as select 'row 7: no field Score__c' as message")
    results = [
        {
            "unique_id": f"test.crm_lifecycle.{name}",
            "status": status,
            "message": "Got 1 result, configured to fail if != 0",
            "compiled_code": query,
        }
        for name, status, query in (
            ("fields_have_landed", "fail", "-- why\n\nselect message from missing\n"),
            ("keys_are_unique", "fail", "select 1 as id from missing"),
            ("all_is_well", "pass", "select message from missing"),
        )
    ]
    run_results = tmp_path / "run_results.json"
    run_results.write_text(json.dumps({"results": results}), encoding="utf-8")
    told = {
        outcome.name: outcome.message
        for outcome in explained(read_dbt_run(run_results), run_results, warehouse)
    }
    details = {
        outcome.name: outcome.detail
        for outcome in explained(read_dbt_run(run_results), run_results, warehouse)
    }
    assert details["keys_are_unique"] == "id 1\n\nselect 1 as id from missing"
    assert details["all_is_well"] == ""
    assert told == {
        "fields_have_landed": "row 7: no field Score__c",
        "keys_are_unique": "Got 1 result, configured to fail if != 0",
        "all_is_well": "",
    }
