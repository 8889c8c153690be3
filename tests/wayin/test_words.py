"""What a word of a CRM is taken to mean, and what is left to a person."""

import pytest

from scripts.proposal.moves import order_of
from scripts.proposal.words import is_digest, match, normalised


@pytest.mark.parametrize(
    ("kind", "word", "value"),
    [
        ("lifecycle_stage", "marketingqualifiedlead", "mql"),
        ("lifecycle_stage", "3. SQL", "sql"),
        ("lifecycle_stage", "MQL – Marketing Qualified Lead", "mql"),
        ("lifecycle_stage", "Vom Vertrieb akzeptiert", "sal"),
        ("lifecycle_stage", "Möglicher Kunde", None),
        ("lead_status", "OPEN_DEAL", "open_deal"),
        ("lead_status", "Kontakt hergestellt", "connected"),
        ("rejection_reason", "Keine Rückmeldung", "unresponsive"),
        ("deal_role", "Angebot verschickt", "offer"),
        ("pipeline_kind", "Verlängerungen", "renewal"),
        ("team", "Vertriebsinnendienst", "sales_development"),
        ("lead_source", "Messe", "trade_show"),
        ("activity", "Telefonat", "call"),
        ("activity", "Email_Opened", "email_open"),
        ("activity", "WebinarAttended", "webinar_attended"),
        ("activity", "Besuch", "meeting"),
        ("activity", "Demo", None),
        ("activity", "W_Nabellen offertes START", None),
    ],
)
def test_a_known_word_is_sure_and_others_are_not(kind: str, word: str, value: str | None) -> None:
    found = match(kind, word)
    assert (found.value if found.is_sure else None) == value


@pytest.mark.parametrize("word", ["Qualified Lead", "Not a customer", "Former customer", "Phase 4"])
def test_an_ambiguous_word_is_a_question(word: str) -> None:
    assert not match("lifecycle_stage", word).is_sure


def test_a_label_that_contradicts_its_id_is_a_question() -> None:
    found = match("lifecycle_stage", "Sales Qualified Lead", "marketingqualifiedlead")
    assert found.value == "sql"
    assert not found.is_sure


def test_a_value_that_means_nothing_is_known_to_mean_nothing() -> None:
    assert match("lifecycle_stage", "other").value == ""


def test_umlauts_numbering_and_camel_case_do_not_matter() -> None:
    assert normalised("2) Für später – SalesReady") == "fuer spaeter sales ready"


def test_hashes_are_no_words() -> None:
    assert is_digest("7/VuV07HiY+Gu5IUAO6JCw==")
    assert not is_digest("marketingqualifiedlead")


def test_values_are_ordered_by_who_is_reached_first_and_ties_are_listed() -> None:
    positions = {"a": 0.5, "b": 0.4, "c": 1.0, "d": 1.0}
    firsts = {
        ("a", "b"): 9,
        ("b", "a"): 1,
        ("a", "c"): 3,
        ("b", "c"): 3,
        ("a", "d"): 2,
        ("b", "d"): 2,
    }
    order = order_of(positions, firsts)
    assert order.values == ("a", "b", "c", "d")
    assert order.ties == (("c", "d"),)
    assert order.precedence("a", "b") == 0.9


def test_neighbours_are_in_no_order_that_most_records_contradict() -> None:
    """Few rare pairs that "late" wins do not outweigh the many who went from "early" to it."""
    positions = {"early": 0.4, "late": 0.5, "x": 0.9, "y": 0.9}
    firsts = {
        ("early", "late"): 61,
        ("late", "early"): 1,
        ("late", "x"): 1,
        ("late", "y"): 1,
        ("x", "early"): 1,
    }
    assert order_of(positions, firsts).values.index("early") == 0
