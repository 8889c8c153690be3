"""How a thing of a random CRM lies in Salesforce's tables, as Fivetran lands them."""

import string
from datetime import datetime, time, timedelta
from random import Random

from tests.properties.things import Row, Step, Tables, Thing, today

SALESFORCE = "salesforce"
SYNC = "HubSpot Integration"
# The objects' prefixes; ids of one person's records differ in their capitals alone.
PREFIXES = {"lead": "00Q", "contact": "003", "user": "005", "role": "00E"}
CAPITALS = ["aaa", "aaA", "aAa", "Aaa"]
FIELDS = {
    "lead": {"lifecycle_stage": "Lifecycle_Stage__c", "lead_status": "Status"},
    "contact": {"lifecycle_stage": "Lifecycle_Stage__c", "lead_status": "Lead_Status__c"},
}
COLUMNS = {
    "Lifecycle_Stage__c": "lifecycle_stage_c",
    "Status": "status",
    "Lead_Status__c": "lead_status_c",
}
# Whose names changes bear: two people, a sync, an import and Salesforce itself.
USERS: dict[str, Row] = {
    "1": {"name": "Ada", "user_type": "Standard", "user_role_id": "SDR"},
    "2": {"name": "Bo", "user_type": "Standard", "user_role_id": "Marketing"},
    "4": {"name": SYNC, "user_type": "Standard"},
    "5": {"name": "Data Loader", "user_type": "Standard"},
    "6": {"name": "Automated Process", "user_type": "AutomatedProcess"},
}
CONVERTED = "Closed - Converted"
# How long after it was written the connector saw a version.
SIGHTS = [timedelta(0), timedelta(hours=2), timedelta(days=400)]


def salesforce_id(kind: str, number: object, place: int = 0) -> str:
    """An id in 18 characters: the last three say which of the first fifteen are capitals."""
    short = f"{PREFIXES[kind]}{number:0>9}{CAPITALS[place]}"
    letters = string.ascii_uppercase + "012345"
    for start in (0, 5, 10):
        bits = [letter in string.ascii_uppercase for letter in short[start : start + 5]]
        short += letters[sum(bit << power for power, bit in enumerate(bits))]
    return short


def written_by(chance: Random, is_sync: bool) -> tuple[str | None, str | None]:
    """What wrote a value and under whose name: often a person, also one whom nobody knows."""
    actor = "4" if is_sync else chance.choice(["1", "1", "2", "4", "5", "6", "7", None])
    return (SYNC if actor == "4" else None), actor


def convert(thing: Thing, chance: Random) -> None:
    """A converted lead's status often says so, at that moment or on another day."""
    if chance.random() < 0.4 and thing.merged_at is not None:
        at = thing.merged_at + chance.choice([timedelta(0), timedelta(0), timedelta(days=-1)])
        thing.steps.append(Step("lead_status", None, CONVERTED, at, None, "1"))


def land_salesforce(thing: Thing) -> Tables:
    """A lead or contact: its row, older versions of it, and its history."""
    chance = Random(thing.name)
    moments = [step.at for step in [*thing.steps, *thing.deletions]]
    modified_at = max(
        moment for moment in [*moments, thing.merged_at, thing.created_at, datetime.min] if moment
    )
    table = f"raw_salesforce.{thing.kind}"
    tables: Tables = {table: [], f"raw_salesforce_history.{thing.kind}": []}
    row: Row = {
        "id": either(thing.name, chance),
        "email": thing.email,
        "created_date": thing.created_at,
        "created_by_id": user_id(thing.created_by, chance),
        "owner_id": user_id(today(thing, "owner_id"), chance),
        "is_deleted": thing.is_deleted,
        "last_modified_date": modified_at,
        "system_modstamp": modified_at,
        **{COLUMNS[field]: today(thing, name) for name, field in FIELDS[thing.kind].items()},
        **thing.crm_ids,
    }
    survivor = thing.merged_into
    if survivor is not None and survivor.startswith(PREFIXES[thing.kind]):
        row |= {"is_deleted": True, "master_record_id": either(survivor, chance)}
        row["last_modified_date"] = thing.merged_at
    elif survivor is not None and thing.merged_at is not None:
        midnight = datetime.combine(thing.merged_at.date(), time())
        row |= {"is_converted": True, "converted_date": midnight}
        row["converted_contact_id"] = either(survivor, chance)
    tables[table].append(row)
    if chance.random() < 0.15:
        tables[table].append(older_version(row, thing, modified_at))
    for step in thing.deletions[:-1]:
        version = row | {"is_deleted": step.value == "true", "id": either(thing.name, chance)}
        version |= {"last_modified_date": step.at, "system_modstamp": step.at}
        # Seen at once, or when the record was back long ago.
        version["_fivetran_synced"] = step.at + chance.choice(SIGHTS)
        tables[f"raw_salesforce_history.{thing.kind}"].append(version)
    if thing.deletions:
        row["last_modified_date"] = thing.deletions[-1].at
    tables[f"raw_salesforce.{thing.kind}_history"] = history_of(thing, chance)
    return tables


def older_version(row: Row, thing: Thing, modified_at: datetime) -> Row:
    """What an export with ids of the other length said of the record before."""
    is_short = len(str(row["id"])) == 15
    version = row | {"id": thing.name if is_short else thing.name[:15]}
    version |= {"is_deleted": False, "is_converted": None, "master_record_id": None}
    version |= {"email": f"old{thing.name}@example.com", "lifecycle_stage_c": "zzz"}
    if thing.kind == "contact":
        del version["is_converted"]
    return version | {"system_modstamp": modified_at - timedelta(days=1)}


def history_of(thing: Thing, chance: Random) -> list[Row]:
    """The field history: values before and after, to the second, none of the creation."""
    rows: list[Row] = []
    holds = dict(thing.born_with)
    before: dict[int, str | None] = {}
    for step in sorted(thing.steps, key=lambda step: step.at):
        if id(step) not in before:
            before[id(step)] = holds.get(step.field)
            holds[step.field] = step.value
        rows += [] if step.is_lost else history_rows(thing, step, before[id(step)], chance)
    if thing.merged_at is not None and thing.kind == "lead" and chance.random() < 0.3:
        event = {"field": "leadConverted", "created_date": thing.merged_at}
        is_converted = thing.merged_into is not None and thing.merged_into.startswith("003")
        rows += [event] if is_converted else []
    if thing.created_at is not None and chance.random() < 0.3:
        rows.append({"field": "created", "created_date": thing.created_at})
    return [{f"{thing.kind}_id": either(thing.name, chance)} | row for row in rows]


def history_rows(thing: Thing, step: Step, before: str | None, chance: Random) -> list[Row]:
    """The row of a change; a look-up leaves two, one with ids and one with names."""
    common: Row = {"created_by_id": user_id(step.actor, chance), "created_date": step.at}
    if step.field != "owner_id":
        values: Row = {"old_value": before, "new_value": step.value, "data_type": "DynamicEnum"}
        return [{"field": FIELDS[thing.kind][step.field]} | common | values]
    names = {"old_value": named(before), "new_value": named(step.value), "data_type": "Text"}
    ids: Row = {
        "old_value": user_id(before, chance),
        "new_value": user_id(step.value, chance),
        "data_type": "EntityId",
    }
    rows = [{"field": "Owner"} | common | names, {"field": "Owner"} | common | ids]
    # Nothing before and nothing after leaves nothing that could be read.
    return rows if before or step.value else []


def named(user: str | None) -> object:
    """A user's name."""
    return USERS.get(user, {"name": "Somebody"})["name"] if user else None


def user_id(user: str | None, chance: Random) -> str | None:
    """A user's id in 15 or 18 characters."""
    return either(salesforce_id("user", user), chance) if user else None


def either(name: str, chance: Random) -> str:
    """An id in its 18 characters or in the first fifteen."""
    return chance.choice([name, name[:15]])


def users_of_salesforce() -> Tables:
    """Users, the roles that are read as teams, and the lead statuses."""
    roles = {"SDR": salesforce_id("role", 1), "Marketing": salesforce_id("role", 2)}
    return {
        "raw_salesforce.user": [
            row
            | {"id": salesforce_id("user", user), "is_active": True}
            | {"user_role_id": roles.get(str(row.get("user_role_id")))}
            for user, row in USERS.items()
        ],
        "raw_salesforce.user_role": [{"id": role, "name": name} for name, role in roles.items()],
        "raw_salesforce.lead_status": [
            {"id": "1", "api_name": CONVERTED, "is_converted": True},
            {"id": "2", "api_name": "open", "is_converted": False},
        ],
    }
