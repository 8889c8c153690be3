"""Who is not a lead: our own addresses, test owners, throw-away domains; and what forms say."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from duckdb import DuckDBPyConnection

from scripts.proposal.counts import rows_of
from scripts.proposal.findings import Finding
from scripts.proposal.policy import Policy
from scripts.proposal.words import ASKED, Match, match

# Everybody's domains, never a company's own; and those that are thrown away after a form.
DOMAINS = Path(__file__).with_name("domains.csv")
TEST_WORDS = "(^|[^a-z])(test|tester|testuser|dummy|sandbox|qa|demo user|fake)([^a-z]|$)"
# What a form of a kind is worth: signal, points, whether it alone shows enough interest.
FORM_WORTH = {
    "decisive": ("conversion", "60", "true"),
    "event": ("conversion", "25", "false"),
    "content": ("conversion", "15", "false"),
    "newsletter": ("response", "5", "false"),
}
# At least so many users share a domain before it is the company's own.
OWN_SHARE = 0.5
# Nobody leaves out so many, and such a share of all people, without being asked.
MANY = 50
LARGE_SHARE = 0.1


@cache
def known_domains(kind: str) -> frozenset[str]:
    """The listed domains of a kind: `free` or `throw_away`."""
    with DOMAINS.open(encoding="utf-8", newline="") as file:
        return frozenset(row["domain"] for row in csv.DictReader(file) if row["kind"] == kind)


def domains(connection: DuckDBPyConnection, most: int = 15) -> list[dict[str, object]]:
    """The most frequent e-mail domains of people."""
    return rows_of(
        connection,
        f"""
        select source_system, lower(split_part(trim(value), '@', 2)) as domain,
            count(distinct record_id) as record_count
        from landed_values
        where object_type in ('contact', 'lead') and field = 'email' and value like '%@%'
        group by all order by record_count desc, domain limit {most}
        """,
    )


def exclusions(connection: DuckDBPyConnection, policy: Policy) -> list[Finding]:
    """Whom to leave out: the own domain, throw-away domains, owners who are tests."""
    there = {(row["field"], row["pattern"].lower()) for row in policy["record_exclusions"].rows}
    findings = [*_own_domains(connection), *_thrown_away(connection), *_test_owners(connection)]
    return [
        finding
        for finding in findings
        if (finding.field, finding.source_value.lower()) not in there
    ]


def _own_domains(connection: DuckDBPyConnection) -> list[Finding]:
    rows = rows_of(
        connection,
        """
        with users as (
            select source_system, lower(split_part(trim(email), '@', 2)) as domain,
                count(distinct user_id) as user_count
            from landed_users where email like '%@%' group by all
        )
        select source_system, domain, user_count,
            user_count / sum(user_count) over (partition by source_system) as share
        from users qualify row_number() over (
            partition by source_system order by user_count desc, domain
        ) = 1
        """,
    )
    findings = []
    for row in rows:
        if row["domain"] in known_domains("free") or row["user_count"] < 2:
            continue
        found = Match(
            row["domain"], 0.9 if row["share"] >= OWN_SHARE else 0.4, "domain of the users"
        )
        reason = f"Our own people ({row['user_count']} users have this domain)"
        count = _people(connection, str(row["domain"]))
        found = _unless_many(connection, found, count)
        findings.append(_exclusion("any", "email_domain", str(row["domain"]), reason, found, count))
    return list({finding.source_value: finding for finding in findings}.values())


def _thrown_away(connection: DuckDBPyConnection) -> list[Finding]:
    found = Match("", 0.95, "known throw-away domain")
    return [
        _exclusion(
            "any", "email_domain", str(row["domain"]), "Throw-away addresses", found,
            int(str(row["record_count"])),
        )
        for row in domains(connection, 5000)
        if row["domain"] in known_domains("throw_away")
    ]  # fmt: skip


def _test_owners(connection: DuckDBPyConnection) -> list[Finding]:
    rows = connection.execute(
        """
        select distinct source_system, user_id from landed_users
        where regexp_matches(
            lower(concat_ws(' ', full_name, split_part(coalesce(email, ''), '@', 1))), $words
        )
        order by all
        """,
        {"words": TEST_WORDS},
    ).fetchall()
    found = Match("", 0.75, "name says test")
    owned = [
        (str(system), str(user), _owned(connection, str(system), str(user).rpartition(":")[2]))
        for system, user in rows
    ]
    return [
        _exclusion(
            system, "owner_id", user, "Owner is a test user by name",
            _unless_many(connection, found, count), count,
        )
        for system, user, count in owned
    ]  # fmt: skip


def _unless_many(connection: DuckDBPyConnection, found: Match, count: int) -> Match:
    """What would leave out a good part of all people is a question, however it is called."""
    if count <= MANY or count <= LARGE_SHARE * _count(connection, "true", {}):
        return found
    return replace(found, confidence=min(found.confidence, 0.4))


def _exclusion(
    system: str, field: str, pattern: str, reason: str, found: Match, count: int
) -> Finding:
    return Finding(
        seed="record_exclusions", concept="exclusion", source_system=system, object_type="",
        field=field, source_value=pattern, label=reason, proposal="left out",
        confidence=found.confidence, basis=found.basis, needs_decision=not found.is_sure,
        row={
            "source_system": system, "field": field, "pattern": pattern,
            "reason": reason if found.is_sure else ASKED,
        },
        row_count=count, record_count=count,
    )  # fmt: skip


def _people(connection: DuckDBPyConnection, domain: str) -> int:
    return _count(
        connection,
        "field = 'email' and lower(split_part(trim(value), '@', 2)) = $wanted",
        {"wanted": domain},
    )


def _owned(connection: DuckDBPyConnection, system: str, user: str) -> int:
    return _count(
        connection,
        "field in ('hubspot_owner_id', 'owner_id') and source_system = $system and value = $wanted",
        {"wanted": user, "system": system},
    )


def _count(connection: DuckDBPyConnection, where: str, wanted: Mapping[str, str]) -> int:
    row = connection.execute(
        "select count(distinct (source_system, record_id)) from landed_values"
        f" where object_type in ('contact', 'lead') and {where}",
        dict(wanted),
    ).fetchone()
    return int(row[0]) if row else 0


def forms(connection: DuckDBPyConnection, policy: Policy) -> list[Finding]:
    """A finding a form that the policy's patterns do not tell from any other form."""
    rows = rows_of(
        connection,
        """
        select source_system, coalesce(label, asset) as name, count(*) as use_count
        from landed_assets where coalesce(label, asset) is not null
        group by all order by use_count desc, name
        """,
    )
    patterns = [
        row["asset_pattern"].lower().strip("%")
        for row in policy["activity_types"].rows
        if row["activity_type"] == "form_submission" and row["asset_pattern"] != "%"
    ]
    findings = []
    for number, row in enumerate(rows):
        name = str(row["name"])
        if any(pattern in name.lower() for pattern in patterns):
            continue
        found = match("form", name)
        findings.append(
            _form(str(row["source_system"]), name, int(row["use_count"]), found, number)
        )
    return findings


def _form(system: str, name: str, use_count: int, found: Match, number: int) -> Finding:
    signal, points, is_decisive = FORM_WORTH.get(found.value or "", ("conversion", "10", "false"))
    return Finding(
        seed="activity_types", concept="form", source_system=system, object_type="activity",
        field="asset", source_value=name, label="", proposal=found.value or "conversion",
        confidence=round(found.confidence, 2), basis=found.basis, needs_decision=False,
        row={
            "source_system": system, "activity_type": "form_submission",
            "asset_pattern": name, "direction": "any", "priority": str(200 + number),
            "signal": signal, "points": points, "is_decisive": is_decisive,
            "is_two_way": "false", "is_sales": "false",
        } if found.is_sure else None,
        row_count=use_count, change_count=use_count,
        note="" if found.is_sure else "an ordinary conversion of 10 points, as any form",
    )  # fmt: skip
