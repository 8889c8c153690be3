"""Where in the funnel a stage value stands that no word tells: by how records moved through it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.proposal.counts import ValueUse
from scripts.proposal.moves import Move, Order
from scripts.proposal.policy import Policy
from scripts.proposal.words import NOTHING, Match


@dataclass(frozen=True)
class Place:
    """A stage of the policy: its place in the funnel (None: off it)."""

    stage: str
    rank: int | None


def places(policy: Policy) -> list[Place]:
    """The stages of a policy, the funnel first."""
    rows = policy["lifecycle_stages"].rows
    found = [
        Place(row["lifecycle_stage"], int(row["rank"]) if row["rank"] else None) for row in rows
    ]
    return sorted(found, key=lambda place: (place.rank is None, place.rank or 0, place.stage))


def by_moves(
    use: ValueUse,
    known: Mapping[str, str],
    stages: Sequence[Place],
    moves: Sequence[Move],
    order: Order,
) -> Match:
    """A stage by its position between known ones; always a proposal, never sure."""
    value = use.value.lower()
    taken = set(known.values())
    ranks = {place.stage: place.rank for place in stages if place.rank is not None}
    funnel = {other: ranks[stage] for other, stage in known.items() if stage in ranks}
    if _is_left_by_few(value, moves):
        free = [place.stage for place in stages if place.rank is None and place.stage not in taken]
        if free:
            return Match(free[0], 0.25, "few leave it, and they come from several stages")
    if value not in order.positions:
        return _without_direction(value, known, moves)
    told = sum(order.seen_together(value, other) for other in funnel)
    if not told:
        return _by_place(value, list(ranks), order, moves)
    agreement, _, lowered, stage = max(
        (_agreement(value, rank, funnel, order), stage not in taken, -rank, stage)
        for stage, rank in ranks.items()
    )
    fitting = _fitting(value, -lowered, funnel, order)
    counted = "move that tells" if told == 1 else "moves that tell"
    return Match(
        stage,
        round(0.2 + 0.25 * agreement, 2),
        f"its place among known stages fits {fitting:,} of {told:,} {counted} a direction",
    )


def _agreement(value: str, rank: int, funnel: Mapping[str, int], order: Order) -> float:
    """How well the moves fit if the value had this rank; sharing a known stage's place costs."""
    score, weight = 0.0, 0.0
    for other, other_rank in funnel.items():
        seen = min(order.seen_together(value, other), 50)
        if other_rank == rank:
            score += 0.5 * seen
        else:
            ahead = (other, value) if other_rank < rank else (value, other)
            score += order.precedence(*ahead) * seen
        weight += seen
    return score / weight if weight else 0.0


def _fitting(value: str, rank: int, funnel: Mapping[str, int], order: Order) -> int:
    """How many records moved between the value and a known stage as this rank would have it."""
    return sum(
        order.firsts.get((other, value) if other_rank < rank else (value, other), 0)
        for other, other_rank in funnel.items()
        if other_rank != rank
    )


def _without_direction(value: str, known: Mapping[str, str], moves: Sequence[Move]) -> Match:
    """No place fits better than another: at most, it is part of the one stage it lies within."""
    around = {move.from_value: move.move_count for move in moves if move.to_value == value}
    if not around:
        return NOTHING
    stays = sum(around.values())
    nearest = max(around, key=lambda other: (around[other], other))
    stage = known.get(nearest) if 2 * around[nearest] > stays else None
    often = f"in all {stays:,} stays" if stays > 1 else "in its one stay"
    return Match(
        stage,
        0.1 if stage else 0.0,
        f"lies between equal values {often}: its moves tell no direction",
    )


def _is_left_by_few(value: str, moves: Sequence[Move]) -> bool:
    """Whether a value is entered from three others at least, and hardly anybody leaves it."""
    entered = [move.move_count for move in moves if move.to_value == value]
    left = sum(move.move_count for move in moves if move.from_value == value)
    from_several = [count for count in entered if count >= sum(entered) / 100]
    return len(from_several) >= 3 and left <= sum(entered) / 10


def _by_place(value: str, funnel: Sequence[str], order: Order, moves: Sequence[Move]) -> Match:
    """Where nothing known is around it: its place among all values that look like the funnel."""
    within = [other for other in order.values if not _is_left_by_few(other, moves)]
    if value not in within or len(within) < 2:
        return NOTHING
    share = within.index(value) / (len(within) - 1)
    return Match(funnel[round(share * (len(funnel) - 1))], 0.15, "its place in the observed order")
