"""Rows of the models beside rows of the reference."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from tests.compiled import HISTORY_MARTS, CompiledModels
from tests.reference.history import History, history_of
from tests.reference.landed import INPUTS, Landed, read_landed
from tests.reference.policy import Policy

# What a comparison needs of the models.
COMPARED = (*HISTORY_MARTS, *INPUTS)
# Columns that other definitions decide: ids are compared by being unique and by what they are
# made of, reasons and deals belong to the evidence.
ELSEWHERE = {
    "visit_id",
    "transition_id",
    "account_id",
    "reason_code",
    "reason_route",
    "link_kind",
    "linked_at",
    "as_of",
}
KEYS = (
    "record_id",
    "deal_id",
    "valid_from",
    "transitioned_at",
    "lifecycle_stage",
    "lead_status",
    "owner_id",
    "deal_stage",
    "to_stage",
)
Cells = tuple[object, ...]
MARTS = (
    "bridge_person_records",
    "fct_deal_stage_visits",
    "fct_owner_visits",
    "fct_stage_transitions",
    "fct_stage_visits",
    "fct_status_visits",
)


def differences(models: CompiledModels, policy: Policy, landed: Landed | None = None) -> list[str]:
    """Every row that only the models or only the reference has, in words; empty where none."""
    history = history_of(landed or read_landed(models), policy)
    found: list[str] = []
    for mart in MARTS:
        found += differences_of(mart, models, history)
    return found


def differences_of(mart: str, models: CompiledModels, history: History) -> list[str]:
    """The differing rows of one mart."""
    wanted = getattr(history, mart)
    columns = models.connection.execute(f"select * from marts.{mart} limit 0").description or []
    names = [name for name, *_ in columns if name not in ELSEWHERE]
    if mart == "fct_stage_visits":
        names.remove("deal_id")
    actual = Counter(map(cells_of, models.rows(f"select {', '.join(names)} from marts.{mart}")))
    told = Counter(cells_of([row.get(name) for name in names]) for row in wanted)
    return in_words(mart, names, actual - told, told - actual)


def cells_of(row: Iterable[object]) -> Cells:
    """A row as it is compared."""
    return tuple(map(plain, row))


def in_words(
    mart: str, names: list[str], ours: Counter[Cells], theirs: Counter[Cells]
) -> list[str]:
    """What only one side has; rows of one key are told by the cells that differ."""
    key = [names.index(name) for name in KEYS if name in names]
    left, right = by_key(key, ours), by_key(key, theirs)
    found = []
    for place in sorted(left.keys() | right.keys()):
        both = zip(left[place], right[place], strict=False)
        for our, their in both:
            cells = [
                f"{name} {mine} (reference {yours})"
                for name, mine, yours in zip(names, our, their, strict=True)
                if mine != yours
            ]
            found.append(f"{mart} {' '.join(place)}: {', '.join(cells)}")
        count = min(len(left[place]), len(right[place]))
        for side, rest in (("models", left[place][count:]), ("reference", right[place][count:])):
            for alone in rest:
                row = ", ".join(f"{name}={cell}" for name, cell in zip(names, alone, strict=True))
                found.append(f"{mart} {' '.join(place)}: only in the {side}: {row}")
    return found


def by_key(key: list[int], rows: Counter[Cells]) -> dict[tuple[str, ...], list[Cells]]:
    """The rows by the text of their keys, in an order of their own."""
    found: dict[tuple[str, ...], list[Cells]] = defaultdict(list)
    for cells in sorted(rows.elements(), key=str):
        found[tuple(str(cells[place]) for place in key)].append(cells)
    return found


def plain(cell: object) -> object:
    """Days as whole microseconds: the last bit of a double is nobody's meaning."""
    return f"{round(cell * 86_400_000_000)} µs" if isinstance(cell, float) else cell
