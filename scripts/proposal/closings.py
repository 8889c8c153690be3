"""What the deals that stand in a stage say of it, where no table of the CRM declares it.

In one CRM a deal is closed by the stage it is moved to, in another by a status beside the stage,
wherever it stands (Pipedrive, Dynamics). Won and lost are said of a stage only where closed deals
gather in it and no deal goes on from it; a stage of which that is not clear is a question.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import reduce

from duckdb import DuckDBPyConnection

from scripts.proposal.counts import rows_of
from scripts.proposal.words import Match
from scripts.raw_contract import literal

# What a few deals do is a slip of somebody's hand: a reopened deal, a forgotten flag.
SLIP = 0.1
Key = tuple[str, str, str]  # source system, pipeline, stage, the last two in small letters
_DEALS = """
    with deals as (
        select record_id,
            max(lower(trim(value))) filter (where field = {stage}) as stage,
            coalesce(max(lower(trim(value))) filter (where field in ({pipelines})), '') as pipeline,
            max(lower(value)) filter (where field in ('is_closed', 'hs_is_closed')) = 'true'
                as is_closed,
            max(lower(value)) filter (where field in ('is_won', 'hs_is_closed_won')) = 'true'
                as is_won,
            max(try_cast(value as timestamp))
                filter (where field in ('closed_at', 'closedate', 'close_date')) as closed_at,
            coalesce(max(lower(value)) filter (where field = 'is_deleted') = 'true', false)
                as is_deleted
        from landed_values where source_system = {system} and object_type = 'deal'
        group by record_id
    ),
    present as (
        select * exclude (is_won),
            -- Who says which deals are won says of the others that they are not.
            coalesce(is_won, case when bool_or(is_won) over () then false end) as is_won
        from deals where stage <> '' and is_closed is not null and not is_deleted
    ),
    written as (
        select record_id, lower(trim(value)) as stage, max(changed_at::timestamp) as entered_at
        from landed_changes
        where source_system = {system} and object_type = 'deal' and field = {stage}
            and trim(value) <> ''
        group by record_id, lower(trim(value))
    ),
    left_behind as (
        select present.pipeline, written.stage, count(*) as left_count
        from written inner join present using (record_id)
        where written.stage <> present.stage
        group by present.pipeline, written.stage
    ),
    counted as (
        select present.pipeline, present.stage,
            count(*) filter (where not is_closed) as open_count,
            count(*) filter (where is_closed and is_won) as won_count,
            count(*) filter (where is_closed and not is_won) as lost_count,
            count(*) filter (where is_closed and is_won is null) as unsaid_count,
            count(*) filter (
                where is_closed and abs(date_diff('day', entered_at, closed_at)) > 1
            ) as closed_later_count
        from present left join written
            on present.record_id = written.record_id and present.stage = written.stage
        group by present.pipeline, present.stage
    )
    select
        coalesce(counted.pipeline, left_behind.pipeline) as pipeline,
        coalesce(counted.stage, left_behind.stage) as stage,
        coalesce(open_count, 0) as open_count, coalesce(won_count, 0) as won_count,
        coalesce(lost_count, 0) as lost_count, coalesce(left_count, 0) as left_count,
        coalesce(unsaid_count, 0) as unsaid_count,
        coalesce(closed_later_count, 0) as closed_later_count
    from counted full join left_behind
        on counted.pipeline = left_behind.pipeline and counted.stage = left_behind.stage
    order by all
"""


@dataclass(frozen=True)
class StageUse:
    """The deals of a pipeline that stand in a stage, by how they ended, and those gone on."""

    open_count: int = 0
    won_count: int = 0
    lost_count: int = 0
    left_count: int = 0
    #: closed, and nobody says how
    unsaid_count: int = 0
    #: closed days after they were moved here
    closed_later_count: int = 0

    @property
    def closed_count(self) -> int:
        """Deals that are closed and stand here."""
        return self.won_count + self.lost_count + self.unsaid_count

    @property
    def standing_count(self) -> int:
        """Deals that stand here."""
        return self.open_count + self.closed_count

    @property
    def alive_share(self) -> float:
        """Of all deals that ever stood here: the share that is open or went on."""
        alive = self.open_count + self.left_count
        return alive / max(self.standing_count + self.left_count, 1)

    @property
    def ways(self) -> tuple[str, ...]:
        """How deals that stand here ended, but for slips."""
        counts = {"won": self.won_count, "lost": self.lost_count, "unsaid": self.unsaid_count}
        return tuple(way for way, count in counts.items() if count > SLIP * self.closed_count)

    def ended(self, way: str) -> int:
        """How many of the deals that stand here were won, or lost."""
        return self.won_count if way == "won" else self.lost_count

    def fits(self, role: str) -> bool:
        """Whether what its deals are allows to call the stage so."""
        if role not in ("won", "lost"):
            return True
        return self.alive_share <= SLIP and self.ended(role) >= (1 - SLIP) * self.standing_count

    def and_also(self, other: "StageUse") -> "StageUse":
        """Both together."""
        pairs = zip(astuple(self), astuple(other), strict=True)
        return StageUse(*(one + more for one, more in pairs))

    def __str__(self) -> str:
        counts = {
            "open": self.open_count, "won": self.won_count, "lost": self.lost_count,
            "closed and not said how": self.unsaid_count, "gone on": self.left_count,
        }  # fmt: skip
        told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
        return f"of its deals: {told}"


@dataclass(frozen=True)
class StageTold:
    """A stage's deals, and what they say it is."""

    use: StageUse
    role: Match


def closings(
    connection: DuckDBPyConnection,
    stage_fields: Iterable[tuple[str, str]],
    pipeline_fields: Iterable[tuple[str, str]] = (),
) -> dict[Key, StageTold]:
    """What the deals say of each stage, by system, pipeline and stage; `''`: all pipelines."""
    found: dict[Key, StageTold] = {}
    pipelines = list(pipeline_fields)
    for system, field in stage_fields:
        names = [literal(name) for of_system, name in pipelines if of_system == system]
        query = _DEALS.format(
            system=literal(system), stage=literal(field), pipelines=", ".join(names or ["''"])
        )
        uses: dict[str, dict[str, StageUse]] = {}
        for row in rows_of(connection, query):
            pipeline, stage = row.pop("pipeline"), row.pop("stage")
            uses.setdefault(pipeline, {})[stage] = StageUse(**row)
        together: dict[str, list[StageTold]] = {}
        for pipeline, of_pipeline in uses.items():
            for stage, told in roles_of(of_pipeline).items():
                found[system, pipeline, stage] = told
                together.setdefault(stage, []).append(told)
        found |= {(system, "", stage): _agreed(told) for stage, told in together.items()}
    return found


def _agreed(told: Sequence[StageTold]) -> StageTold:
    """What a stage is that several pipelines share: what all say, or nothing."""
    use = reduce(StageUse.and_also, (one.use for one in told))
    roles = {one.role.value for one in told}
    if len(roles) == 1 or roles == {"open", None}:
        known = [one.role for one in told if one.role.value in ("open", *roles - {None})]
        if known:
            return StageTold(use, min(known, key=lambda role: role.confidence))
    return StageTold(use, Match(None, 0.0, f"{use}"))


def roles_of(uses: Mapping[str, StageUse]) -> dict[str, StageTold]:
    """Open, won or lost for each stage of a pipeline; nothing where its deals leave that open."""
    passing = {stage: use for stage, use in uses.items() if use.alive_share > SLIP}
    beside, gathered = set[str](), set[str]()
    for way in ("won", "lost"):
        holding = sum(use.ended(way) > 0 for use in passing.values())
        all_ended = sum(use.ended(way) for use in uses.values())
        share = sum(use.ended(way) for use in passing.values()) / max(all_ended, 1)
        if holding > 1 and share >= 0.5:
            beside.add(way)
        # Where no deal is on its way, several stages with lost deals may be anything.
        elif share <= SLIP and (passing or sum(way in use.ways for use in uses.values()) == 1):
            gathered.add(way)
    return {
        stage: StageTold(use, _role(use, stage in passing, beside, gathered))
        for stage, use in uses.items()
    }


def _role(
    use: StageUse, is_passing: bool, beside: Collection[str], gathered: Collection[str]
) -> Match:
    """`beside`: ways in which deals of this pipeline end wherever they stand; `gathered`: those
    whose deals stand where no deal goes on from."""
    by_status = Match("open", 0.8, f"{use}: they close beside the stage")
    if not use.closed_count or use.alive_share >= 0.5:
        return Match("open", 0.9, f"{use}")
    is_beside = set(use.ways) <= set(beside)
    if is_passing or len(use.ways) > 1:
        is_mixed = is_passing and len(use.ways) > 1 and "unsaid" not in use.ways
        return by_status if is_beside or is_mixed else Match(None, 0.0, f"{use}")
    (way,) = use.ways
    if is_beside and use.closed_later_count >= use.closed_count / 2:
        return by_status
    if way in gathered and not use.open_count:
        return Match(way, 0.9, f"{use}")
    return Match(None, 0.0, f"{use}")
