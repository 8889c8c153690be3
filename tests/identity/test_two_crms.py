"""HubSpot and Salesforce as they land: merges, conversions, synced ids, addresses, companies."""

from collections.abc import Iterator

import pytest

from scripts.warehouse import prepare_warehouse
from tests.compiled import CompiledModels

AS_OF = "2026-03-31 18:00:00"
Row = dict[str, object]


def contact(number: int, email: str | None, **fields: object) -> Row:
    """A HubSpot contact, created on the day of January that its number says."""
    created = f"2026-01-{number:02} 09:00:00"
    return {"id": str(number), "property_email": email, "property_createdate": created} | fields


def salesforce(name: str, email: str | None, **fields: object) -> Row:
    return {"id": name, "email": email, "created_date": "2026-02-01 09:00:00"} | fields


HUBSPOT_CONTACTS = [
    # Anna: the id of a lead that was converted, another address than in Salesforce
    contact(
        1, "anna@acme.com", property_salesforceleadid="00QL1", property_associatedcompanyid="10"
    ),
    # a chain of merges whose middle is purged
    contact(2, None, _fivetran_deleted=True),
    contact(4, None),
    # two contacts and one address
    contact(5, "dup@acme.com"),
    contact(6, "Dup@Acme.com"),
    # a shared address
    contact(7, "info@acme.com"),
    # one id on two contacts: the second has the e-mail of the record it names
    contact(8, "clone@other.org", property_salesforcecontactid="003C8"),
    contact(9, "dora@acme.com", property_salesforcecontactid="003C8"),
    # an id that names nobody
    contact(10, "emil@acme.com", property_salesforcecontactid="003NONE"),
    # our own test
    contact(11, "emil+test@acme.com"),
    # free mail
    contact(12, "fay@gmail.com"),
]
LEADS = [
    salesforce(
        "00QL1",
        "anna@acme.com",
        is_converted=True,
        converted_contact_id="003C1",
        converted_date="2026-02-20 00:00:00",
    ),
    salesforce(
        "00QL2",
        None,
        is_converted=True,
        converted_contact_id="003C1",
        converted_date="2026-02-25 00:00:00",
    ),
    salesforce("00QL3", "Solo <solo@acme.com>"),
]
CONTACTS = [
    salesforce("003C1", "anna@new.example", account_id="001A"),
    salesforce("003C0", None, master_record_id="003C1", is_deleted=True),
    salesforce("003C3", "solo@acme.com"),
    salesforce("003C5", "dup@acme.com"),
    salesforce("003C7", "INFO@acme.com"),
    salesforce("003C8", "dora@acme.com"),
]


@pytest.fixture(scope="module")
def models() -> Iterator[CompiledModels]:
    made = CompiledModels(
        ["bridge_person_records", "fct_identity_conflicts", "fct_stage_transitions"], as_of=AS_OF
    )
    for name in ("property_salesforceleadid", "property_salesforcecontactid"):
        for schema in ("raw_hubspot", "raw_hubspot_history"):
            made.connection.execute(f"alter table {schema}.contact add column {name} varchar")
    for source in ("hubspot", "salesforce"):
        made.note_load(source, method=f"{source}:files", extracted_at=AS_OF, load_id=source)
    made.insert("raw_hubspot.contact", HUBSPOT_CONTACTS)
    made.insert(
        "raw_hubspot.contact_merge_audit",
        [
            {"canonical_vid": "3", "vid_to_merge": "2", "timestamp": "2026-02-02 09:00:00"},
            {"canonical_vid": "4", "vid_to_merge": "3", "timestamp": "2026-02-03 09:00:00"},
        ],
    )
    made.insert(
        "raw_hubspot.contact_property_history",
        [
            {"contact_id": record, "name": "lifecyclestage", "value": value, "timestamp": at}
            | {"source": "CRM_UI"}
            for record in ("2", "4")
            for value, at in (
                ("lead", "2026-01-10 09:00:00"),
                ("marketingqualifiedlead", "2026-01-12 09:00:00"),
            )
        ],
    )
    made.insert(
        "raw_hubspot.company",
        [
            {"id": "10", "property_domain": "acme.com", "property_createdate": "2026-01-01"},
            {"id": "11", "property_domain": "twice.com", "property_createdate": "2026-01-01"},
        ],
    )
    made.insert("raw_salesforce.lead", LEADS)
    made.insert("raw_salesforce.contact", CONTACTS)
    made.insert(
        "raw_salesforce.account",
        [
            {"id": name, "website": site, "parent_id": parent, "created_date": "2026-01-05"}
            for name, site, parent in (
                ("001A", "https://www.Acme.com/about", None),
                ("001F", "twice.com", None),
                ("001G", "http://twice.com", "001F"),
            )
        ],
    )
    prepare_warehouse(made.connection)
    made.run()
    yield made
    made.close()


def person_of(models: CompiledModels, record: str) -> set[str]:
    """The records of the person that has this one."""
    rows = models.rows(
        "select other.record_id from marts.bridge_person_records as one"
        " inner join marts.bridge_person_records as other using (person_id)"
        f" where one.record_id = '{record}'"
    )
    return {str(row[0]) for row in rows}


def conflicts(models: CompiledModels, kind: str) -> list[tuple[object, ...]]:
    return models.rows(
        "select reason_code, record_ids from marts.fct_identity_conflicts"
        f" where conflict_kind = '{kind}' order by 1"
    )


def test_leads_that_became_one_contact_are_one_person_with_the_hubspot_contact_that_knew_one(
    models: CompiledModels,
) -> None:
    """Pitfalls 14, 15: two leads, their contact, one merged into it, and HubSpot's lead id."""
    assert person_of(models, "hubspot:contact:1") == {
        "hubspot:contact:1",
        "salesforce:lead:00QL1",
        "salesforce:lead:00QL2",
        "salesforce:contact:003C1",
        "salesforce:contact:003C0",
    }
    kinds = models.rows(
        "select record_id, link_kind from marts.bridge_person_records"
        " where record_id like 'salesforce:%C0' or record_id like 'salesforce:lead:00QL_'"
        " order by 1"
    )
    assert dict(kinds) == {
        "salesforce:contact:003C0": "merge",
        "salesforce:lead:00QL1": "conversion",
        "salesforce:lead:00QL2": "conversion",
        "salesforce:lead:00QL3": "email",
    }


def test_a_chain_of_merges_holds_though_its_middle_is_purged(models: CompiledModels) -> None:
    """Pitfalls 18, 20."""
    assert {"hubspot:contact:2", "hubspot:contact:4"} <= person_of(models, "hubspot:contact:4")


def test_a_survivor_that_repeats_its_losers_history_moves_once(models: CompiledModels) -> None:
    """Pitfall 19: both ids hold the same two rows; the person moved twice, not four times."""
    moves = models.rows(
        "select movement from marts.fct_stage_transitions inner join"
        " marts.bridge_person_records as bridge using (person_id)"
        " where bridge.record_id = 'hubspot:contact:4' order by transitioned_at"
    )
    assert moves == [("created",), ("advanced",)]


def test_a_lead_and_a_contact_of_one_source_are_one_by_their_address(
    models: CompiledModels,
) -> None:
    expected = {"salesforce:lead:00QL3", "salesforce:contact:003C3"}
    assert person_of(models, "salesforce:lead:00QL3") == expected


def test_addresses_that_do_not_identify_link_nobody_and_are_listed(models: CompiledModels) -> None:
    """Pitfall 45."""
    for record in ("hubspot:contact:5", "hubspot:contact:6", "salesforce:contact:003C5"):
        assert person_of(models, record) == {record}
    assert person_of(models, "hubspot:contact:7") == {"hubspot:contact:7"}
    assert conflicts(models, "email") == [
        ("several_in_one_source", "hubspot:contact:5, hubspot:contact:6, salesforce:contact:003C5"),
        ("shared_address", "hubspot:contact:7, salesforce:contact:003C7"),
    ]


def test_an_id_on_two_contacts_goes_to_the_one_whose_address_agrees(
    models: CompiledModels,
) -> None:
    assert person_of(models, "salesforce:contact:003C8") == {
        "hubspot:contact:9",
        "salesforce:contact:003C8",
    }
    assert person_of(models, "hubspot:contact:8") == {"hubspot:contact:8"}
    assert conflicts(models, "crm_id") == [
        ("held_by_several", "hubspot:contact:8, hubspot:contact:9, salesforce:contact:003C8"),
        ("record_not_found", "hubspot:contact:10"),
    ]


def test_what_the_policy_leaves_out_is_nobody(models: CompiledModels) -> None:
    """Pitfall 47."""
    assert person_of(models, "hubspot:contact:11") == set()


def test_companies_are_one_by_their_domain_and_no_parent_is_its_child(
    models: CompiledModels,
) -> None:
    clusters = dict(
        models.rows(
            "select record_id, cluster_id from intermediate.int_record_clusters"
            " where cluster_kind = 'account'"
        )
    )
    assert clusters["hubspot:company:10"] == clusters["salesforce:company:001A"]
    assert len(set(clusters.values())) == 4
    assert conflicts(models, "domain") == [
        (
            "several_in_one_source",
            "hubspot:company:11, salesforce:company:001F, salesforce:company:001G",
        )
    ]


def test_a_person_has_one_account_by_its_records_or_else_by_its_domain(
    models: CompiledModels,
) -> None:
    """Pitfall 48: Anna's two records name two records of one company; free mail names none."""
    accounts = dict(
        models.rows(
            "select clusters.record_id, accounts.account_id"
            " from intermediate.int_person_accounts as accounts"
            " inner join intermediate.int_record_clusters as clusters"
            " on accounts.person_key = clusters.cluster_key"
        )
    )
    acme = accounts["hubspot:contact:1"]
    assert accounts["salesforce:contact:003C1"] == acme
    assert accounts["hubspot:contact:9"] == acme
    assert "hubspot:contact:12" not in accounts
