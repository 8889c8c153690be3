"""Users who are no people: Salesforce says only under whose name a value was written.

A sync, a job or the platform itself writes as a user like any other. A user whose type, name,
login or share of the work is not a person's is a kind of change of its own (`change_sources`).
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from duckdb import DuckDBPyConnection

from scripts.proposal.counts import Field, ValueUse, rows_of
from scripts.proposal.findings import Finding, Question, value_finding
from scripts.proposal.policy import Policy
from scripts.proposal.words import Match, is_digest, match, normalised, vocabulary
from scripts.raw_contract import literal

# More than half of all changes is not one person's work, where several others write too.
OUTLIER_CHANGES = 100
OUTLIER_WRITERS = 5
# Words in a name that say neither who nor what it is.
_FILLERS = frozenset({"user", "account", "service", "technical", "benutzer"})
# Under whose name people were created, or given a stage, status or owner. Users of a type that
# no person has are counted as one.
WRITERS = """
    with written as (
        select source_system, object_type, record_id, changed_by as user_id,
            changed_at::timestamp as written_at
        from landed_changes
        where object_type in ('contact', 'lead')
            and (starts_with(field, 'owner') or (source_system, object_type, field) in ({fields}))
        union all
        select source_system, object_type, record_id,
            max(value) filter (where field = 'created_by_id'),
            max(try_cast(value as timestamp)) filter (where field = 'created_date')
        from landed_values
        where object_type in ('contact', 'lead') and field in ('created_by_id', 'created_date')
        group by source_system, object_type, record_id
    ),
    counted as (
        select source_system, min(logins.user_id) as user_id,
            coalesce(trim(min(full_name)), '') as full_name,
            coalesce(trim(min(login)), '') as login, coalesce(min(user_type), '') as user_type,
            count(distinct (object_type, record_id)) as record_count, count(*) as change_count,
            min(written_at) as first_used_at, max(written_at) as last_used_at
        from written inner join landed_logins as logins using (source_system)
        where left(written.user_id, 15) = left(logins.user_id, 15)
        group by source_system,
            case when nullif(user_type, '') <> 'Standard' then user_type else logins.user_id end
    )
    select *, change_count / sum(change_count) over of_system as share,
        count(*) over of_system as writer_count
    from counted window of_system as (partition by source_system)
    order by change_count desc, user_id
"""


def change_writers(
    connection: DuckDBPyConnection, fields: Iterable[Field], policy: Policy
) -> tuple[list[Finding], dict[str, int]]:
    """A finding a user that is no person; and how many of a system's writers are people."""
    rows = policy["change_sources"].rows
    known = {(row["source_system"], row["change_source"].strip().lower()): row for row in rows}
    listed = [f"({', '.join(map(literal, field))})" for field in sorted(set(fields))]
    findings, people = [], dict[str, int]()
    for writer in rows_of(connection, WRITERS.format(fields=", ".join(listed or ["('', '', '')"]))):
        finding = _finding(writer, known)
        if finding is not None:
            findings.append(finding)
        else:
            people[writer["source_system"]] = people.get(writer["source_system"], 0) + 1
    return findings, people


def _finding(
    writer: dict[str, Any], known: Mapping[tuple[str, str], Mapping[str, str]]
) -> Finding | None:
    """What a user is, as the models look for it: by its name, login or id, then by its type."""
    system, user_type = writer["source_system"], writer["user_type"]
    names = [writer[name] for name in ("full_name", "login", "user_id") if writer[name]]
    if user_type not in ("", "Standard"):
        names.append(user_type)
    own = next(
        (known[system, name.lower()] for name in names if (system, name.lower()) in known), None
    )
    value, kind = names[0], _kind(writer)
    if own is not None:
        value, kind = own["change_source"], Match(own["actor_kind"], 1.0, "known id")
    elif names[-1] == user_type:
        value, kind = user_type, match("actor_kind", user_type)
    if kind is None:
        return None
    row = {"source_system": system, "change_source": value, "actor_kind": kind.answer}
    use = ValueUse(
        system, "", "created_by_id", value, None, writer["record_count"], writer["record_count"],
        writer["change_count"], writer["first_used_at"], writer["last_used_at"],
        None, None, None, None,
    )  # fmt: skip
    return value_finding(Question("change_sources", "change_source"), use, kind, own or row)


def _kind(writer: dict[str, Any]) -> Match | None:
    """What a user's name, login or share of the changes speaks of; None: of a person."""
    name, login = writer["full_name"], writer["login"].partition("@")[0]
    said = match("actor_kind", name)
    if is_digest(name) or (said.is_sure and said.value == "human"):
        return None
    if said.is_sure:
        return said
    by_name = _kinds(name)
    kinds = by_name or _kinds(login)
    # A sync is also an integration: what is said besides `automation` says more.
    kinds = kinds - {"automation"} or kinds
    if kinds:
        strange = set(normalised(name).split()) - _FILLERS - vocabulary("actor_kind").keys()
        is_plain = by_name and not strange and len(kinds) == 1
        where = "name" if by_name else "login"
        basis = f"its {where} speaks of {' or '.join(sorted(kinds))}"
        if is_plain:
            return Match(min(kinds), 0.75, basis)
        return Match(min(kinds), 0.5, f"{basis}; a person until then")
    is_outlier = writer["writer_count"] >= OUTLIER_WRITERS and writer["share"] > 0.5
    if is_outlier and writer["change_count"] >= OUTLIER_CHANGES:
        basis = f"wrote {100 * writer['share']:.0f} % of all changes; a person until then"
        return Match(None, 0.3, basis)
    return None


def _kinds(text: str) -> set[str]:
    """What the single words and pairs of a text stand for, unless it is a person."""
    words = normalised(text).split()
    known = vocabulary("actor_kind")
    parts = [*words, *(" ".join(pair) for pair in pairwise(words))]
    return {known[part] for part in parts if part in known} - {"human", ""}
