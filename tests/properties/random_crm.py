"""Random people in three CRMs that overlap: everything that history does to a record, at random.

A person is made from a number, so that hypothesis can leave people out and make a history shorter
while it looks for the smallest CRM that fails. Moments lie on a coarse grid with the bounds of all
windows on it (60 seconds, 5, 15 minutes, 24 hours), so that ties and exact bounds are frequent.
"""

from datetime import datetime, timedelta
from random import Random

from tests.properties.random_salesforce import (
    SALESFORCE,
    SYNC,
    convert,
    either,
    land_salesforce,
    salesforce_id,
    users_of_salesforce,
    written_by,
)
from tests.properties.things import Row, Step, Tables, Thing, today

AS_OF = datetime(2026, 3, 31, 18)
START = datetime(2026, 1, 5, 9)
STEPS = [
    timedelta(0),
    timedelta(seconds=30),
    timedelta(seconds=60),
    timedelta(seconds=61),
    timedelta(minutes=4, seconds=59),
    timedelta(minutes=5),
    timedelta(minutes=5, seconds=1),
    timedelta(minutes=15),
    timedelta(minutes=16),
    timedelta(hours=3),
    timedelta(hours=24),
    timedelta(days=2),
    timedelta(days=9),
]
# What the second CRM calls stages: `hot` and `warm` are relabelled on a day, `weird` is unknown.
# Nobody is ever a subscriber, so that a test may put one before everything.
STAGES = [
    *("lead", "lead", "mql", "mql", "sal", "sql", "opportunity", "customer"),
    *("recycled", "disqualified", "closed_lost", "hot", "warm", "weird", "Lead ", None, None),
]
STATUSES = ["new", "open", "attempted", "connected", "bad_timing", "unheard of", None]
DEAL_STAGES = ["open", "offer", "paused", "won", "lost", None]
# HubSpot's own names; what is not here is called the same.
HUBSPOT_NAMES = {"mql": "marketingqualifiedlead", "sal": "salesacceptedlead"}
HUBSPOT_SOURCES = ["CRM_UI", "FORM", "IMPORT", "SALESFORCE", "SALESFORCE", None, "NEW_THING"]
OPEN_SOURCES = ["user", "workflow", "import", "sync", "sync", None, "new thing"]
OPEN = "pipe"
CRMS = ("hubspot", SALESFORCE, OPEN)
SYNCS = {"hubspot": "SALESFORCE", SALESFORCE: SYNC, OPEN: "sync"}


def person(number: int, seed: int, length: int) -> list[Thing]:
    """One to four records of one person, linked or not, and perhaps a deal."""
    chance = Random(seed)
    moment = START + chance.randrange(12) * timedelta(days=3) + chance.choice(STEPS)
    things: list[Thing] = []
    for place in range(chance.choice([1, 1, 2, 2, 3, 4])):
        crm = chance.choice(CRMS)
        kind = "contact" if crm == "hubspot" else chance.choice(["contact", "lead"])
        created_at = None if chance.random() < 0.04 else moment + chance.choice(STEPS)
        things.append(
            Thing(
                crm=crm,
                kind=kind,
                name=name_of(crm, kind, number, place),
                created_at=created_at,
                created_by=chance.choice([None, None, "1", "2"]),
                email=email_of(number, chance),
            )
        )
    bear(things, chance)
    name_each_other(things, number, chance)
    write_stages(things, moment, length, chance)
    for thing in things:
        write_field(thing, "lead_status", STATUSES, chance)
        write_field(thing, "owner_id", ["1", "2", "3", None], chance)
    merge(things, chance)
    if chance.random() < 0.3:
        deal = Thing(OPEN, "deal", f"{number}d", moment, None)
        write_field(deal, "deal_stage", DEAL_STAGES, chance)
        write_field(deal, "owner_id", ["1", "2", None], chance)
        things.append(deal)
    for thing in things:
        is_free = thing.crm != "hubspot" and thing.merged_into is None
        if is_free and chance.random() < 0.25:
            delete(thing, moment_after(thing, things, moment), chance)
    return things


def name_of(crm: str, kind: str, number: int, place: int) -> str:
    """The CRM's own id of a person's record."""
    return salesforce_id(kind, number, place) if crm == SALESFORCE else f"{number}{'abcd'[place]}"


def bear(things: list[Thing], chance: Random) -> None:
    """Salesforce tells no first value: records are created with one, or with none."""
    for thing in things:
        if thing.crm == SALESFORCE:
            thing.born_with = {
                "lifecycle_stage": chance.choice(STAGES),
                "lead_status": chance.choice(STATUSES),
                "owner_id": chance.choice(["1", "2", None]),
            }


def name_each_other(things: list[Thing], number: int, chance: Random) -> None:
    """HubSpot and Salesforce hold ids of each other's records, sometimes of somebody else's."""
    neighbour = max(number - 1, 0)
    for thing in things:
        theirs = [one for one in things if one.crm == {"hubspot": SALESFORCE}.get(thing.crm)]
        if thing.crm == "hubspot" and chance.random() < 0.5:
            kind = chance.choice(["lead", "contact"])
            held = {one.kind: one.name for one in theirs}
            if chance.random() < 0.1:
                held[kind] = salesforce_id(kind, neighbour)
            thing.crm_ids |= {
                f"property_salesforce{kind}id": either(name, chance) for kind, name in held.items()
            }
        ours = [one.name for one in things if one.crm == "hubspot"]
        if thing.crm == SALESFORCE and chance.random() < 0.3:
            names = [*ours, f"{neighbour}a"] if chance.random() < 0.1 else ours
            if names:
                thing.crm_ids["hub_spot_contact_id_c"] = chance.choice(names)


def email_of(number: int, chance: Random) -> str | None:
    """Most records of a person share an address; some are excluded by it."""
    address = chance.choices(
        [f"Person{number}@Example.com", f"person{number}@example.com ", None, "info@example.com"],
        [5, 4, 3, 1],
    )[0]
    return f"a+test@{number}.example" if chance.random() < 0.03 else address


def write_stages(things: list[Thing], moment: datetime, length: int, chance: Random) -> None:
    """A walk through stages over all records of a person, with copies that a sync carries."""
    for _ in range(length):
        moment += chance.choice(STEPS)
        thing = chance.choice(things)
        value = chance.choice(STAGES)
        write(thing, "lifecycle_stage", value, moment, chance)
        for other in things:
            if other.crm != thing.crm and value is not None and chance.random() < 0.3:
                synced_at = moment + chance.choice(STEPS) * chance.choice([1, 1, -1])
                write(other, "lifecycle_stage", value, synced_at, chance, SYNCS[other.crm])


def write_field(thing: Thing, name: str, values: list[str | None], chance: Random) -> None:
    """A few changes of another field."""
    moment = (thing.created_at or START) + chance.choice([*STEPS, -STEPS[2], -STEPS[3]])
    for _ in range(chance.choice([0, 0, 1, 2, 4])):
        write(thing, name, chance.choice(values), moment, chance)
        moment += chance.choice(STEPS)


def write(
    thing: Thing,
    name: str,
    value: str | None,
    at: datetime,
    chance: Random,
    source: str | None = None,
) -> None:
    """One change, perhaps landed twice; its old value is right, wrong or not told."""
    if thing.crm == SALESFORCE:
        how, actor = written_by(chance, source is not None)
        is_lost = chance.random() < 0.05
        step = Step(name, None, value, at, how, actor, is_lost)
        thing.steps += [step] * chance.choices([1, 2], [9, 1])[0]
        return
    before = [step.value for step in thing.steps if step.field == name]
    old = chance.choice([before[-1] if before else None, None, "lead"])
    sources = HUBSPOT_SOURCES if thing.crm == "hubspot" else OPEN_SOURCES
    how = source or chance.choice(sources)
    actor = chance.choice(["1", "2", None]) if how in ("user", "CRM_UI", None) else None
    step = Step(name, old, value, at, how, actor)
    thing.steps += [step] * chance.choices([1, 2], [9, 1])[0]


def merge(things: list[Thing], chance: Random) -> None:
    """Records of one kind in one CRM merge into one another, in chains; leads into contacts."""
    for place, thing in enumerate(things):
        survivors = [
            other
            for other in things[place + 1 :]
            if other.crm == thing.crm and other.kind in (thing.kind, "contact")
        ]
        if survivors and chance.random() < 0.7:
            last = max((step.at for step in thing.steps), default=START)
            thing.merged_into = survivors[0].name
            thing.merged_at = last + chance.choice(STEPS) * chance.choice([1, 1, 1, -1])
            if thing.crm == SALESFORCE and survivors[0].kind != thing.kind:
                convert(thing, chance)


def moment_after(thing: Thing, things: list[Thing], moment: datetime) -> datetime:
    """When a thing may go: a survivor after all that happened to those merged into it."""
    if thing.name not in {one.merged_into for one in things}:
        return moment
    merges = [one.merged_at for one in things if one.merged_at is not None]
    return max([moment, *merges, *(step.at for one in things for step in one.steps)])


def delete(thing: Thing, moment: datetime, chance: Random) -> None:
    """Deleted, and perhaps restored and deleted again, after all that was written on it."""
    last = max((step.at for step in thing.steps), default=moment)
    at = max(moment, last, thing.created_at or moment) + chance.choice(STEPS[1:])
    for place in range(chance.choice([1, 2, 2, 3, 4])):
        thing.is_deleted = place % 2 == 0
        word = "true" if thing.is_deleted else "false"
        actor = chance.choice(["1", None])
        thing.deletions.append(Step("is_deleted", None, word, at, "user", actor))
        thing.deleted_at = at if thing.is_deleted else None
        if thing.is_deleted and thing.kind != "deal" and chance.random() < 0.3:
            # A sync may write on what is in the recycle bin: it moves nobody.
            write(thing, "lifecycle_stage", chance.choice(STAGES), at + STEPS[1], chance)
        at += chance.choice(STEPS[1:])


# Fields that no contract names: an organisation's own, and those of a sync.
OWN_COLUMNS = {
    ("hubspot", "contact"): ["property_salesforceleadid", "property_salesforcecontactid"],
    (SALESFORCE, "lead"): ["lifecycle_stage_c", "hub_spot_contact_id_c"],
    (SALESFORCE, "contact"): ["lifecycle_stage_c", "lead_status_c", "hub_spot_contact_id_c"],
}
# Where histories number their rows.
HISTORY_KEYS = {
    f"raw_{OPEN}.changes": "change_id",
    "raw_salesforce.lead_history": "id",
    "raw_salesforce.contact_history": "id",
}


def tables_of(things: list[Thing]) -> Tables:
    """The raw rows of all things, by table."""
    tables: Tables = {
        "raw_hubspot.owner": [
            {"owner_id": name, "active_user_id": f"9{name}", "email": f"{name}@us.example"}
            for name in "123"
        ],
        f"raw_{OPEN}.users": [
            {"user_id": "1", "team": "SDR", "is_active": True},
            {"user_id": "2", "team": "Marketing", "is_active": True},
        ],
        **users_of_salesforce(),
    }
    landing = {"hubspot": land_hubspot, SALESFORCE: land_salesforce, OPEN: land_open}
    for thing in things:
        for table, rows in landing[thing.crm](thing).items():
            tables.setdefault(table, []).extend(rows)
    for table, column in HISTORY_KEYS.items():
        for number, row in enumerate(tables.get(table, [])):
            row[column] = f"c{number}"
    return tables


def land_hubspot(thing: Thing) -> Tables:
    """As Fivetran lands a contact."""
    fields = {
        "lifecycle_stage": "lifecyclestage",
        "lead_status": "hs_lead_status",
        "owner_id": "hubspot_owner_id",
    }
    tables: Tables = {}
    tables["raw_hubspot.contact"] = [
        {
            "id": thing.name,
            "property_email": thing.email,
            "property_createdate": thing.created_at,
            "property_hs_created_by_user_id": f"9{thing.created_by}" if thing.created_by else None,
            "_fivetran_deleted": thing.merged_into is not None,
            **thing.crm_ids,
            **{
                f"property_{theirs}": hubspot(today(thing, ours)) for ours, theirs in fields.items()
            },
        }
    ]
    tables["raw_hubspot.contact_property_history"] = [
        {
            "contact_id": thing.name,
            "name": fields[step.field],
            "value": hubspot(step.value) or "",
            "timestamp": step.at,
            "source": step.source,
            "source_id": f"userId:9{step.actor}" if step.actor else None,
        }
        for step in thing.steps
    ]
    if thing.merged_into is not None:
        tables["raw_hubspot.contact_merge_audit"] = [
            {
                "canonical_vid": thing.merged_into,
                "vid_to_merge": thing.name,
                "timestamp": thing.merged_at,
            }
        ]
    return tables


def hubspot(value: str | None) -> str | None:
    """HubSpot's name for a value."""
    return HUBSPOT_NAMES.get(value, value) if value is not None else None


def land_open(thing: Thing) -> Tables:
    """As a record or deal of the open format lands."""
    is_deal = thing.kind == "deal"
    row: Row = {
        "created_at": thing.created_at,
        "owner_id": today(thing, "owner_id"),
        "is_deleted": thing.is_deleted or thing.merged_into is not None,
    }
    if is_deal:
        row |= {"deal_id": thing.name, "deal_stage": today(thing, "deal_stage")}
    else:
        row |= {
            "record_id": thing.name,
            "record_type": thing.kind,
            "email": thing.email,
            "created_by": thing.created_by,
            "deleted_at": thing.deleted_at,
            "merged_into_id": thing.merged_into,
            "lifecycle_stage": today(thing, "lifecycle_stage"),
            "lead_status": today(thing, "lead_status"),
        }
    changes: list[Row] = [
        {
            "entity_type": thing.kind,
            "entity_id": thing.name,
            "field": step.field,
            "old_value": step.old_value,
            "new_value": step.value,
            "changed_at": step.at,
            "changed_by": step.actor,
            "change_source": step.source,
        }
        for step in [*thing.steps, *thing.deletions]
    ]
    return {
        f"raw_{OPEN}.{'deals' if is_deal else 'records'}": [row],
        f"raw_{OPEN}.changes": changes,
    }
