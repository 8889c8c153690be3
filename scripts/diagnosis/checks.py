"""Which facts have landed: one function a kind of check, each a share between 0 and 1.

All read the temporary views of `scripts.proposal.reading`, so a warehouse needs no build.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from duckdb import DuckDBPyConnection

from scripts.diagnosis.knowledge import Fact
from scripts.proposal.activities import TypeUse, rows_for, type_uses
from scripts.proposal.landed import Landed
from scripts.proposal.policy import Policy
from scripts.proposal.reading import field_key, record_key
from scripts.raw_contract import literal

# From here on a share counts as all: somebody is always left out.
NEARLY_ALL = 0.9
DATES_ARE_WORTH = 0.5
# When a record was made, by the fields that every CRM of its kind has.
CREATED = ("createdate", "created_date", "created_at")


@dataclass(frozen=True)
class Desk:
    """Where a check looks: the landed views, one source, the policy in force."""

    connection: DuckDBPyConnection
    source: Landed
    policy: Policy
    source_count: int

    def number(self, query: str) -> float:
        """The one number of a query; 0 where there is none."""
        row = self.connection.execute(query).fetchone()
        return float(row[0] or 0) if row else 0.0

    def fields(self, fact: Fact) -> list[tuple[str, str]]:
        """(object, field) of the fact's concepts, as the policy maps this source's fields."""
        return [
            (row["object_type"], field_key(row["source_field"]))
            for row in self.policy["field_mappings"].rows
            if row["concept"] in fact.concepts
            and row["object_type"] in fact.objects
            and row["source_system"] in (self.source.system, "any")
        ]

    def of(self, fields: Sequence[tuple[str, str]]) -> str:
        """A condition on landed views: these fields of this source."""
        pairs = ", ".join(f"({literal(one)}, {literal(field)})" for one, field in fields)
        return (
            f"source_system = {literal(self.source.system)} and (object_type, field) in ({pairs})"
        )


@dataclass(frozen=True)
class State:
    """How far a fact has landed from one source: the share, and the concepts it is short of.

    `because` says why, and `advice` what to do, where that is not for more tables to land.
    """

    fact: Fact
    source: Landed
    share: float
    short_of: tuple[str, ...] = ()
    because: str = ""
    advice: str = ""

    @property
    def answer(self) -> str:
        """yes, partly or no; never where this kind of source cannot have it."""
        if self.share <= 0:
            return "never" if self.source.kind in self.fact.excused else "no"
        return "yes" if self.fact.is_sparse or self.share >= NEARLY_ALL else "partly"


def state_of(desk: Desk, fact: Fact) -> State:
    """Look for a fact at one source."""
    state = State(fact, desk.source, CHECKS[fact.check](desk, fact))
    if fact.check == "interest" and state.answer != "yes" and _tables(desk, fact):
        return _told_by_types(desk, state)
    if fact.check != "known_each" or state.answer != "partly":
        return state
    shares = _shares_of_concepts(desk, fact)
    short = tuple(concept for concept, share in shares.items() if share < NEARLY_ALL)
    return replace(state, short_of=short)


def _tables(desk: Desk, fact: Fact) -> float:
    """1 where one of the tables holds rows."""
    names = (fact.tables or {}).get(desk.source.kind, ())
    tables = [desk.source.tables[name].sql for name in names if name in desk.source.tables]
    found = (desk.number(f"select count(*) from (select 1 from {sql} limit 1)") for sql in tables)
    return float(any(found))


def _interest(desk: Desk, fact: Fact) -> float:
    """Share of the activities whose type the policy knows; 0 where none is a sign of interest."""
    uses = _types(desk)
    if not any(_is_interest(use, desk.policy) for use in uses):
        return 0.0
    known = sum(use.use_count for use in uses if rows_for(use, desk.policy))
    return known / sum(use.use_count for use in uses)


def _types(desk: Desk) -> list[TypeUse]:
    uses = type_uses(desk.connection)
    return [use for use in uses if use.source_system == desk.source.system]


def _is_interest(use: TypeUse, policy: Policy) -> bool:
    """Whether activities of a type show interest by themselves, as the models see it."""
    return any(
        row["signal"] in ("conversion", "response")
        and (_is_positive(row["points"]) or row["is_decisive"] == "true")
        and (row["direction"] != "inbound" or use.inbound_count > 0)
        for row in rows_for(use, policy)
    )


def _is_positive(points: str) -> bool:
    """Whether there are points; a cell that holds no number is told as a fault of the policy."""
    return points.strip().isdecimal() and int(points) > 0


def _told_by_types(desk: Desk, state: State) -> State:
    """Why activities that landed say nothing: no type of theirs is known, or none is interest."""
    count = sum(not rows_for(use, desk.policy) for use in _types(desk))
    if not count:
        return replace(
            state,
            because="no type among them is a sign of interest",
            advice="a type is a sign of interest as a conversion or response with points in"
            " seeds/NAME/activity_types.csv; where none is, land what people do by themselves",
        )
    types = "1 activity type" if count == 1 else f"{count} activity types"
    return replace(
        state,
        because=f"{types} without a meaning",
        advice=f"give {types} a meaning in seeds/NAME/activity_types.csv:"
        " python -m scripts.init NAME lists them with rows to paste",
    )


def _known(desk: Desk, fact: Fact) -> float:
    """Share of the records that hold a value now, or did."""
    return _share_of_records(desk, desk.fields(fact), fact, "landed_values", "landed_changes")


def _known_each(desk: Desk, fact: Fact) -> float:
    """The mean over the fact's concepts of that share."""
    shares = _shares_of_concepts(desk, fact).values()
    return sum(shares) / len(shares)


def _shares_of_concepts(desk: Desk, fact: Fact) -> dict[str, float]:
    """By concept, the share of the records that hold a value now, or did."""
    views = ("landed_values", "landed_changes")
    facts = {concept: replace(fact, concepts=(concept,)) for concept in fact.concepts}
    return {
        concept: _share_of_records(desk, desk.fields(one), one, *views)
        for concept, one in facts.items()
    }


def _held(desk: Desk, fact: Fact) -> float:
    """Share of the records that hold a value now, by the record itself."""
    return _share_of_records(desk, desk.fields(fact), fact, "landed_values")


def _share_of_records(
    desk: Desk, fields: Sequence[tuple[str, str]], fact: Fact, *views: str
) -> float:
    selects = [
        f"select object_type, record_id from {view} where {desk.of(fields)} and trim(value) <> ''"
        for view in views
        if fields
    ]
    if fact.is_from_company:
        selects += _through_company(desk, fact, *views)
    if not selects:
        return 0.0
    known = " union ".join(selects)
    objects = ", ".join(map(literal, fact.objects))
    return desk.number(f"""
        select least(1, (select count(*) from ({known})) / count(distinct (object_type, record_id)))
        from landed_values
        where source_system = {literal(desk.source.system)} and object_type in ({objects})
        having count(*) > 0
    """)


def _through_company(desk: Desk, fact: Fact, *views: str) -> list[str]:
    """The records whose company says it: models read it there where the person is silent."""
    told = desk.fields(replace(fact, objects=("company",)))
    links = desk.fields(replace(fact, concepts=("company",)))
    if not told or not links:
        return []
    return [
        f"select object_type, record_id from landed_values where {desk.of(links)}"
        f" and {record_key(desk.source.kind, 'value')} in"
        f" (select record_id from {view} where {desk.of(told)} and trim(value) <> '')"
        for view in views
    ]


def _history(desk: Desk, fact: Fact) -> float:
    """Share of the records with a value that have a landed change of it, or a date for it.

    A record made since the first change, and never changed itself, holds what it was made with.
    Dates tell the first entry to a stage only, so they never make a whole history.
    """
    fields = desk.fields(fact)
    dates = replace(fact, concepts=("stage_date",))
    dated = 0.0
    if "lifecycle_stage" in fact.concepts:
        dated = _share_of_records(desk, desk.fields(dates), fact, "landed_values")
    if not fields:
        return min(dated, DATES_ARE_WORTH)
    changed = desk.number(f"""
        with changes as (
            select object_type, record_id, try_cast(changed_at as timestamp) as changed_at
            from landed_changes where {desk.of(fields)}
        ),
        held as (
            select distinct object_type, record_id from landed_values
            where {desk.of(fields)} and trim(value) <> ''
        ),
        known as (
            select object_type, record_id from changes
            union
            select object_type, record_id from held
            inner join landed_values using (object_type, record_id)
            inner join (select object_type, min(changed_at) as since from changes group by all)
                using (object_type)
            where source_system = {literal(desk.source.system)} and field in {CREATED}
                and try_cast(landed_values.value as timestamp) >= since
        )
        select (select count(*) from known) / nullif(
            (select count(*) from (from known union from held)), 0
        )
    """)
    return max(changed, min(dated, DATES_ARE_WORTH))


def _actors(desk: Desk, fact: Fact) -> float:
    """Share of the changes that say who or what made them."""
    fields = desk.fields(fact)
    if not fields:
        return 0.0
    return desk.number(
        "select avg((coalesce(changed_by, change_source) is not null)::int)"
        f" from landed_changes where {desk.of(fields)}"
    )


def _old_values(desk: Desk, fact: Fact) -> float:
    """1 where any change says what was there before."""
    fields = desk.fields(fact)
    if not fields:
        return 0.0
    return desk.number(f"select count(old_value) > 0 from landed_changes where {desk.of(fields)}")


def _teams(desk: Desk, fact: Fact) -> float:
    """Share of the users who have a team."""
    return desk.number(
        "select avg((team is not null)::int) from landed_users"
        f" where source_system = {literal(desk.source.system)}"
    )


def _sources(desk: Desk, fact: Fact) -> float:
    """1 where there is another source."""
    return float(desk.source_count > 1)


CHECKS: Mapping[str, Callable[[Desk, Fact], float]] = {
    "tables": _tables,
    "interest": _interest,
    "known": _known,
    "known_each": _known_each,
    "held": _held,
    "history": _history,
    "actors": _actors,
    "old_values": _old_values,
    "teams": _teams,
    "sources": _sources,
}
