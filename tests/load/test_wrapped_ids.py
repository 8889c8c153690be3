"""An id in a spreadsheet's wrapping is rejected like 1e5, wherever an id stands."""

import pytest

from tests.load.desk import Desk

WRAPPED = ['="17"', "'17", "1,704", "1.704", "1.704.233", "1 704", "1'704", '"17"', "1,704.00"]


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def rejected(desk: Desk) -> list[str]:
    return [row[2] for row in desk.rejects()]


def test_in_an_id_column_of_the_contract(desk: Desk) -> None:
    rows = "".join(f"{cell(text)},7\n8,{cell(text)}\n" for text in WRAPPED)
    desk.put("deal_contact.csv", f"deal_id,contact_id\n{rows}9,77.0\n")
    desk.load("hubspot")
    assert rejected(desk) == ["deal_id", "contact_id"] * len(WRAPPED)
    assert all("export the column as text" in row[3] for row in desk.rejects())
    assert desk.rows("select contact_id from raw_hubspot.deal_contact") == [("77",)]


def test_in_a_list_of_merged_ids(desk: Desk) -> None:
    texts = [*WRAPPED, "11;1,704", "'11;12", '12;="17";13']
    rows = "".join(f"{number},{cell(text)}\n" for number, text in enumerate(texts))
    header = "id,property_hs_merged_object_ids\n"
    desk.put("contact.csv", header + rows + '92,17;18;19\n93,\n94,17\n95,"902,903"\n')
    desk.load("hubspot")
    assert rejected(desk) == ["property_hs_merged_object_ids"] * len(texts)


@pytest.mark.parametrize(
    ("name", "header", "row"),
    [
        ("contacts", "Record ID,Email,Associated Company IDs", "{1},a@b.c,{0}"),
        ("contacts", "Record ID,Email,Merged record IDs", "{1},a@b.c,{0}"),
        ("deals", "Record ID,Deal Name,Deal Stage,Associated Contact IDs", "{1},x,won,{0}"),
        ("contacts", "id,lastmodifieddate,associatedcompanyid,_dlt_load_id", "{1},,{0},1.5"),
        ("deals", "id,properties_dealstage,contacts,_airbyte_raw_id", "{1},won,{0},u"),
    ],
)
def test_in_the_columns_of_every_connector(desk: Desk, name: str, header: str, row: str) -> None:
    rows = [row.format(cell(text), number) for number, text in enumerate(WRAPPED)]
    desk.put(f"{name}.csv", "\n".join([header, *rows, row.format("17", 99)]) + "\n")
    desk.load("hubspot")
    assert len(rejected(desk)) == len(WRAPPED), desk.rejects()


def test_other_ids_stay_as_they_are(desk: Desk) -> None:
    ids = ["0017", "17", "1.5.2", "77.0", "a.b", "x-1,704", "00Q000000000001AAA"]
    desk.put("users.csv", "user_id\n" + "".join(f"{cell(text)}\n" for text in ids))
    desk.load()
    landed = [row[0] for row in desk.rows("select user_id from raw_open.users")]
    assert sorted(landed) == sorted(text.removesuffix(".0") for text in ids)
