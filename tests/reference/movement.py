"""What kind of move a move is, what it jumped, and which cycle it belongs to."""

from tests.reference.policy import Policy
from tests.reference.timeline import Move

SOLD, CHURNED, LOST, ACCEPTS, OUT = "customer", "churned", "lost", "mql", ("mql", "sal")


def movement_of(move: Move, is_first: bool, policy: Policy) -> str:
    """ "the first that applies: deleted, restored, cleared, created, won, churned, lost, accepted,
    rejected, disqualified, recycled, re_entered, skipped, advanced, regressed"."""
    at = move.event.at
    before, after = policy.stage(move.from_value, at), policy.stage(move.to_value, at)
    if move.event.what == "deleted":
        return "deleted"
    if move.event.what == "restored" or move.is_again:
        return "restored"
    if move.to_value is None:
        return "cleared"
    if is_first:
        return "created"
    assert after is not None and before is not None
    if after.role == SOLD and not before.is_sold:
        return "won"
    if after.role == CHURNED:
        return "churned"
    if after.role == LOST:
        return "lost"
    is_acceptance = after.rank is not None and after.rank == policy.acceptance_rank(at)
    if before.role == ACCEPTS and is_acceptance:
        return "accepted"
    if before.role in OUT and after.is_off_funnel:
        return "rejected"
    if after.is_off_funnel:
        return after.role
    if before.is_off_funnel:
        return "re_entered"
    assert before.rank is not None and after.rank is not None
    if policy.required_between(before.rank, after.rank, at):
        return "skipped"
    return "advanced" if after.rank > before.rank else "regressed"


def stages_skipped(move: Move, policy: Policy) -> int:
    """Required stages jumped; "moves from none or off-funnel as from rank 0"."""
    at = move.event.at
    before, after = policy.stage(move.from_value, at), policy.stage(move.to_value, at)
    if after is None or after.rank is None:
        return 0
    low = before.rank if before is not None and before.rank is not None else 0
    return policy.required_between(low, after.rank, at)


def cycles_of(moves: list[Move], policy: Policy) -> list[int]:
    """The cycle each move belongs to.

    "starts with the first stage and with each entry to an off-funnel stage"; "entries to
    off-funnel stages look at the cycle that the move ended, and its transition carries that
    cycle_number".
    """
    numbers = []
    cycle = 1
    for place, move in enumerate(moves):
        numbers.append(cycle)
        after = policy.stage(move.to_value, move.event.at)
        # What is set or brought back to where it was goes on there.
        is_entry = move.from_value != move.to_value
        if place and is_entry and after is not None and after.is_off_funnel:
            cycle += 1
    return numbers
