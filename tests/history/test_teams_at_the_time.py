"""Who acted for which team: users change teams, and teams land without a history.

One user of each CRM moves from sales development to sales; the HubSpot user moves back. What a
load showed holds from that load on, and what the first one showed for all the time before it.
"""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.compiled import CompiledModels
from tests.pipeline import Pipeline

LOADS = ("2026-01-10", "2026-01-17", "2026-01-24")
CONTACT = "id,property_createdate,property_lifecyclestage\n"
CHANGES = "contact_id,name,value,timestamp,source,source_id\n"
LEAD = "id,created_date,lifecycle_stage_c,created_by_id\n"
MOVES = "id,lead_id,field,old_value,new_value,created_by_id,created_date\n"
USERS = "id,name,user_type,is_active,user_role_id\n"
ROLES = "id,name\n00E_development,Sales Development\n00E_sales,Sales\n"
TEAMS = "id,name\n2,Sales Development\n3,Sales\n"
OWNER = "owner_id,active_user_id,email,first_name,last_name\n21,921,dana@example.com,Dana,D\n"
# Before the first load, between two, at the very moment of the second, and at that of the third.
MOMENTS = ("2026-01-05 09:00:00", "2026-01-12 09:00:00", "2026-01-17 00:00:00", "2026-01-24")
HUBSPOT_STAGES = ("lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity")
SALESFORCE_STAGES = ("Inquiry", "Marketing Qualified", "Sales Accepted", "Sales Qualified")


def hubspot(team: str, told: int) -> dict[str, str]:
    """The tables of HubSpot with the user in this team, and the moves told so far."""
    changes = [
        f"1,lifecyclestage,{stage},{moment},CRM_UI,userId:921\n"
        for stage, moment in zip(HUBSPOT_STAGES[:told], MOMENTS[:told], strict=True)
    ]
    return {
        "contact": f"{CONTACT}1,{MOMENTS[0]},{HUBSPOT_STAGES[told - 1]}\n",
        "contact_property_history": CHANGES + "".join(changes),
        "owner": OWNER,
        "owner_team": f"owner_id,team_id,is_team_primary\n21,{team},true\n",
        "team": TEAMS,
    }


def salesforce(role: str, told: int) -> dict[str, str]:
    """The tables of Salesforce with the user in this role, and the moves told so far."""
    changes = [
        f"017_{number},00Q_1,Lifecycle_Stage__c,{old},{new},005dana,{MOMENTS[number]}\n"
        for number, (old, new) in enumerate(pairwise(SALESFORCE_STAGES[:told]), start=1)
    ]
    return {
        "lead": f"{LEAD}00Q_1,{MOMENTS[0]},{SALESFORCE_STAGES[told - 1]},005dana\n",
        "lead_history": MOVES + "".join(changes),
        "user": f"{USERS}005dana,Dana D,Standard,true,{role}\n",
        "user_role": ROLES,
    }


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompiledModels]:
    """Three loads of HubSpot and two of Salesforce, one after the other."""
    folder = tmp_path_factory.mktemp("teams")
    crm = Pipeline(folder)
    deliveries = [
        ("hubspot", LOADS[0], hubspot("2", 1)),
        ("salesforce", LOADS[0], salesforce("00E_development", 1)),
        ("hubspot", LOADS[1], hubspot("3", 3)),
        ("salesforce", LOADS[2], salesforce("00E_sales", 4)),
        ("hubspot", LOADS[2], hubspot("2", 4)),
    ]
    for source, moment, files in deliveries:
        place = folder / f"{source}-{moment}"
        place.mkdir()
        for table, content in files.items():
            (place / f"{table}.csv").write_text(content, encoding="utf-8")
        crm.load(source, place, "--as-of", moment)
    models = CompiledModels(["fct_stage_transitions"], as_of=LOADS[2], landed=crm.warehouse)
    models.run()
    yield models
    models.close()


def teams(models: CompiledModels, source: str) -> list[tuple[object, ...]]:
    """The actor's team and since when a team was observed, by the moment of the change."""
    return models.rows(
        "select cast(transitioned_at as varchar), actor_team from marts.fct_stage_transitions"
        f" where record_id like '{source}:%' order by transitioned_at"
    )


def test_a_hubspot_user_acts_for_the_team_seen_last(models: CompiledModels) -> None:
    """The earliest observed before the first load; there and back again with the loads."""
    assert teams(models, "hubspot") == [
        ("2026-01-05 09:00:00", "sales_development"),
        ("2026-01-12 09:00:00", "sales_development"),
        ("2026-01-17 00:00:00", "sales"),
        ("2026-01-24 00:00:00", "sales_development"),
    ]


def test_a_salesforce_user_acts_for_the_role_seen_last(models: CompiledModels) -> None:
    """The new role was first seen in the second load, two weeks after the first."""
    assert teams(models, "salesforce") == [
        ("2026-01-05 09:00:00", "sales_development"),
        ("2026-01-12 09:00:00", "sales_development"),
        ("2026-01-17 00:00:00", "sales_development"),
        ("2026-01-24 00:00:00", "sales"),
    ]


def test_the_role_that_was_superseded_is_kept(models: CompiledModels) -> None:
    """Loading a user anew overwrites no team: each stretch says when it was first seen."""
    stretches = (
        "select team, cast(observed_from as varchar), cast(valid_from as varchar)"
        " from intermediate.int_user_teams where user_id = 'salesforce:user:005dana' order by 2"
    )
    assert models.rows(stretches) == [
        ("sales_development", "2026-01-10 00:00:00", "1900-01-01 00:00:00"),
        ("sales", "2026-01-24 00:00:00", "2026-01-24 00:00:00"),
    ]
