"""What a file of HubSpot's own export holds: told by its columns, whatever the file is called.

An export of records has the columns of its object; which object it is, columns that only it has
tell, or else the file's name. An export of one property's history has a record's id, a moment, and
a value; the property stands in a column, or it is the value column's own name, or the file's name
tells it. Users, owners and form submissions have no record id and are known by theirs. Where
something is missing, the refusal says which column and where in HubSpot it comes from.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from scripts.connectors.reading import Connector
from scripts.field_names import squashed
from scripts.raw_contract import Column, LoadError, Table

_IDS = {
    "contacts": ("contactid", "recordidcontact"),
    "companies": ("companyid", "recordidcompany"),
    "deals": ("dealid", "recordiddeal"),
    "": ("recordid", "objectid"),
}
# Columns that only this object's exports have: `Company Name` a contact has too.
_OWN = {
    "contacts": "firstname lastname email contactowner leadstatus jobtitle mobilephonenumber "
    "originaltrafficsource unsubscribedfromallemail",
    "companies": "companydomainname companyowner parentcompany numberofemployees",
    "deals": "dealname dealstage dealowner pipeline closelostreason closedlostreason dealtype",
}
_WORDS = {
    "contacts": r"contacts?|kontakte?n?|contactos?",
    "companies": r"compan(?:y|ies)|unternehmens?|firmen|empresas?|entreprises?",
    "deals": r"deals?|dealstage|dealname",
}
_MOMENT = (
    "timestamp changedate dateofchange changedat changedon datechanged changetimestamp "
    "valuechangedat propertytimestamp changedateandtime updatedat updateddate modifiedat "
    "datemodified date datetime"
)
_PROPERTY = "property propertyname propertylabel propertyinternalname"
_VALUE = "value propertyvalue newvalue"
# What else stands in a history: who and what wrote the value, and whose record it is.
_ASIDE = (
    "source sourcetype changesource changedvia sourceid sourcedetails sourcedetail sourcelabel "
    "changedby updatedby updatedbyuser updatedbyuserid modifiedby user userid useremail oldvalue "
    "previousvalue objecttype recordname name contactname firstname lastname email companyname "
    "companydomainname dealname portalid"
)
_SIGNS_OF_A_CHANGE = f"{_PROPERTY} sourcetype changesource changedby updatedby"
_STAGE_DATE = re.compile(r"(became an? .+ date|date (entered|exited) .+)", re.IGNORECASE)
# Words of file names that say nothing about the property.
_NO_PROPERTY = re.compile(
    r"hubspot|crm|exports?|property|properties|history|historie|verlauf|eigenschafts?|all|alle|"
    r"of|for|the|changes?|records?|copy|data|\d+|" + "|".join(_WORDS.values())
)
_HISTORY_WORD = re.compile(r"history|historie|verlauf", re.IGNORECASE)
_KNOWN_PROPERTIES = (
    "originaltrafficsource originalsource hubspotownerid hubspotowner companyowner contactowner "
    "lifecyclestage lifecyclephase hsleadstatus leadstatus dealowner dealstage dealphase pipeline "
    "owner"
)
HOW_TO_HISTORY = (
    "export it in HubSpot under Settings > Properties > (the property) > Export property history"
)
HOW_TO_RECORDS = (
    "in HubSpot's export dialog choose 'All properties on records', or add Record ID to the view"
)


def recognise_export(connector: Connector, name: str, header: Sequence[str]) -> Table | None:
    """The table of an exported file; None where it is no export that can be told.

    Raises `LoadError` where it is one, and a column or the object is missing.
    """
    columns = {squashed(column): column for column in reversed(header)}
    history = _history(connector, name, header, columns)
    if history is not None:
        return history
    people = _people(connector, name, columns)
    if people is not None:
        return people
    return _records(connector, name, header, columns)


def _history(
    connector: Connector, name: str, header: Sequence[str], columns: dict[str, str]
) -> Table | None:
    has_id = bool(_first(columns, [one for ids in _IDS.values() for one in ids]))
    value = _first(columns, _VALUE.split())
    told = _first(columns, _PROPERTY.split())
    if told is None and value is not None and "name" in columns and not _is_named(header):
        told = columns["name"]
    moment = _first(columns, _MOMENT.split())
    rest = [
        column
        for key, column in columns.items()
        if column not in (value, told, moment) and key not in _ASIDE.split() and not _is_id(key)
    ]
    signs = set(_SIGNS_OF_A_CHANGE.split()) & columns.keys()
    is_pair = value is None and told is None and moment is not None and len(rest) == 1
    if squashed(moment or "") in ("date", "datetime", "updatedat"):
        is_pair = is_pair and bool(signs or "source" in columns)
    looks_so = (
        is_pair
        or (value is not None and (moment is not None or bool(signs)))
        or (told is not None and moment is not None)
    )
    if not looks_so or not (has_id or value is not None):
        return None
    lacking = [
        (moment is None, "Timestamp"),
        (not has_id, "Record ID"),
        (value is None and not is_pair, "Value"),
    ]
    for is_lacking, what in lacking:
        if is_lacking:
            raise LoadError(
                f"{name} looks like a property's history, but column {what} is missing "
                f"(found: {', '.join(header)[:200]}): {HOW_TO_HISTORY}"
            )
    stated: tuple[tuple[str, str], ...] = ()
    if told is None:
        label = rest[0] if is_pair else _property_in(name)
        if not label:
            raise LoadError(
                f"{name} is a property's history, but which property it is stands nowhere: "
                "name the file after it, such as lifecycle-stage-history.csv, or add a column "
                "Property"
            )
        stated = (("Property", label),)
    parts = ((told, "Property"), (rest[0] if is_pair else value, "Value"), (moment, "Timestamp"))
    renames = tuple((name, part) for name, part in parts if name is not None and name != part)
    kind = _object(name, columns, stated[0][1] if stated else "")
    if not kind:
        raise LoadError(
            f"{name} is a property's history, but of contacts, companies or deals? Say it in the "
            f"file's name, such as contacts-{_end_of(name)}, or call the id column Contact ID, "
            "Company ID or Deal ID"
        )
    table = connector.tables[f"{kind}_property_history"]
    said = f"{table.said} ({stated[0][1]})" if stated else table.said
    return replace(table, renames=renames, stated=stated, said=said)


def _people(connector: Connector, name: str, columns: dict[str, str]) -> Table | None:
    """Users and owners (a name or an address, with a team or a sign of use), form submissions."""
    if {"conversiondate"} & columns.keys() and "email" in columns:
        table = connector.tables["form_submissions"]
        stated = () if "formname" in columns else (("Form Name", _form_in(name)),)
        return replace(table, stated=stated)
    if any(_is_id(key) for key in columns) or any(key.startswith("_") for key in columns):
        return None
    signs = {"team", "teams", "primaryteam", "assignedteams", "mainteam", "teamname"}
    signs |= {"lastactive", "lastlogin", "permissionsets", "permissions", "assignedrole"}
    is_called_so = re.search(r"(owners?|users?|benutzer|zuständige)", _end_of(name).lower())
    if not signs & columns.keys() and not is_called_so:
        return None
    # Names of the CRM's own columns in another shape: not a list that somebody exported.
    if {"ownerid", "activeuserid", "primaryteamid", "username"} & columns.keys():
        return None
    # A list written by hand has names, and not always addresses; HubSpot's has both, in parts.
    has_name = {"name", "owner", "fullname", "ownername"} & columns.keys()
    if has_name and "userid" not in columns:
        return connector.tables["owners"]
    if "email" in columns or "emailaddress" in columns:
        return connector.tables["users"]
    return None


def _records(
    connector: Connector, name: str, header: Sequence[str], columns: dict[str, str]
) -> Table | None:
    has_id = any(_is_id(key) for key in columns)
    kind = _object(name, columns, "")
    own = max(len(columns.keys() & set(names.split())) for names in _OWN.values())
    # Labels have blanks and capitals; names of columns of other connectors do not.
    has_labels = sum(" " in column.strip() for column in header) > 1
    if not has_id:
        if own > 1 and has_labels and kind:
            raise LoadError(
                f"{name} looks like HubSpot's export of {kind}, but column Record ID is missing "
                f"(found: {', '.join(header)[:200]}): {HOW_TO_RECORDS}"
            )
        return None
    if not kind or not any(name != name.lower() or " " in name for name in header):
        return None
    table = connector.tables[kind]
    dates = [Column(column, "timestamp") for column in header if _STAGE_DATE.fullmatch(column)]
    return replace(table, columns=(*table.columns, *dates))


def _object(name: str, columns: dict[str, str], label: str) -> str:
    """The object whose id it is, whose columns there are, or that the file's name says."""
    for kind, ids in _IDS.items():
        if kind and columns.keys() & set(ids) and not columns.keys() & set(_IDS[""]):
            return kind
    counts = {kind: len(columns.keys() & set(own.split())) for kind, own in _OWN.items()}
    said = [kind for kind, words in _WORDS.items() if _says(name, words)]
    most = max(counts.values())
    best = [kind for kind, found in counts.items() if found == most]
    if most and len(best) == 1:
        return best[0]
    if len(said) == 1:
        return said[0]
    about = squashed(label)
    owned = [kind for kind, own in _OWN.items() if about in own.split() and about != "leadstatus"]
    return owned[0] if len(owned) == 1 else ""


def _says(name: str, words: str) -> bool:
    return bool(re.search(rf"(?<![a-zäöü])({words})(?![a-zäöü])", name.lower()))


def _property_in(name: str) -> str:
    """The property that a file's name tells: a known one, or what stands beside `history`."""
    words = [word for word in re.split(r"[^0-9a-zäöüß]+", _end_of(name).lower()) if word]
    told = [word for word in words if not _NO_PROPERTY.fullmatch(word)]
    everything = "".join(words)
    for known in _KNOWN_PROPERTIES.split():
        if known in "".join(told) or known in everything:
            return known
    return "_".join(told) if told and _HISTORY_WORD.search(name) else ""


def _form_in(name: str) -> str:
    """The form's name as far as the file's name tells it."""
    stem = re.sub(r"\.(csv|xlsx|jsonl|gz|zip)$", "", _end_of(name), flags=re.IGNORECASE)
    stem = re.sub(r"(form[-_ ]?)?submissions?|hubspot|exports?", " ", stem, flags=re.IGNORECASE)
    stem = re.sub(r"\d{4}-\d{2}-\d{2}.*|\(\d+\)", " ", stem)
    return re.sub(r"[-_\s]+", " ", stem).strip() or "form"


def _end_of(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _is_named(header: Sequence[str]) -> bool:
    """Whether a column Name is the record's, and not the property's."""
    return any(squashed(column) in _PROPERTY.split() for column in header)


def _is_id(key: str) -> bool:
    return any(key in ids for ids in _IDS.values())


def _first(columns: dict[str, str], wanted: Sequence[str]) -> str | None:
    return next((columns[key] for key in wanted if key in columns), None)
