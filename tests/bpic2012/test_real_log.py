"""A real loan sales funnel (BPI Challenge 2012) through the whole pipeline."""

import csv
import gzip
import random
import shutil
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.compiled import HISTORY_MARTS, CompiledModels, digests
from tests.pipeline import SHARED_DATA, Pipeline

LOG = SHARED_DATA / "bpic2012" / "open"
pytestmark = pytest.mark.skipif(
    not LOG.is_dir(), reason="the real log lies outside the project (../shared/data/bpic2012)"
)

STAGE_OF = {
    "A_SUBMITTED": "lead",
    "A_PARTLYSUBMITTED": "lead",
    "A_PREACCEPTED": "mql",
    "A_ACCEPTED": "sal",
    "A_FINALIZED": "opportunity",
    "A_APPROVED": "customer",
    "A_REGISTERED": "customer",
    "A_ACTIVATED": "customer",
    "A_DECLINED": "disqualified",
    "A_CANCELLED": "closed_lost",
}
ORDER = ["lead", "mql", "sal", "opportunity", "customer", "closed_lost", "disqualified"]

Change = dict[str, str]


def read_changes() -> list[Change]:
    with gzip.open(LOG / "changes.csv.gz", "rt", newline="") as file:
        return list(csv.DictReader(file))


def write_log(folder: Path, changes: list[Change], seed: int | None = None) -> Path:
    """A copy of the log with other changes; a seed shuffles the rows of every table."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in LOG.glob("*.csv.gz"):
        if seed is None and path.name != "changes.csv.gz":
            shutil.copy(path, folder)
            continue
        with gzip.open(path, "rt", newline="") as file:
            header, *rows = list(csv.reader(file))
        if path.name == "changes.csv.gz":
            rows = [[change[name] for name in header] for change in changes]
        if seed is not None:
            random.Random(seed).shuffle(rows)
        with (folder / path.stem).open("w", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return folder


def true_changes(changes: list[Change]) -> int:
    """Changes of mapped stage, counted from the raw rows without the models.

    Rows of one moment are ordered up the funnel; what only passes through a moment and
    ends where it began is no change.
    """
    moments: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for change in changes:
        if change["entity_type"] == "contact" and change["field"] == "lifecycle_stage":
            moments[change["entity_id"]][change["changed_at"]].add(STAGE_OF[change["new_value"]])
    count = 0
    for person in moments.values():
        stage = ""
        for moment in sorted(person):
            stages = sorted(person[moment], key=ORDER.index)
            if stages[-1] == stage:
                continue
            for one in stages:
                count += one != stage
                stage = one
    return count


def last_changes(changes: list[Change]) -> dict[str, Change]:
    """Each person's last stage change."""
    last: dict[str, Change] = {}
    for change in changes:
        if change["entity_type"] != "contact" or change["field"] != "lifecycle_stage":
            continue
        key = (change["changed_at"], ORDER.index(STAGE_OF[change["new_value"]]))
        known = last.get(change["entity_id"])
        if known is None or key >= (known["changed_at"], ORDER.index(STAGE_OF[known["new_value"]])):
            last[change["entity_id"]] = change
    return last


def later(change: Change, number: int, value: str, actor: str, after: timedelta) -> Change:
    """A change of the same person some time after another."""
    moment = datetime.fromisoformat(change["changed_at"]) + after
    return change | {
        "change_id": f"injected{number}",
        "old_value": "",
        "new_value": value,
        "changed_at": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "changed_by": actor,
        "change_source": "user",
    }


def with_tied_instants(changes: list[Change], count: int) -> list[Change]:
    """Second values in the very moment of another, mapped to different stages."""
    chosen = random.Random(7).sample(sorted(changes, key=lambda change: change["change_id"]), count)
    values = sorted(STAGE_OF)
    tied = [
        change
        | {"change_id": f"tied{number}", "new_value": values[number % len(values)], "old_value": ""}
        for number, change in enumerate(chosen)
    ]
    return changes + tied


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> CompiledModels:
    """The log as it is."""
    pipeline = Pipeline(tmp_path_factory.mktemp("bank"), policy="bpic2012")
    pipeline.load("open", LOG)
    return pipeline.run_models(data_tests=True)


def test_every_applicant_is_a_person(bank: CompiledModels) -> None:
    assert bank.rows("select count(*), count(distinct person_id) from marts.dim_people") == [
        (13087, 13087)
    ]


def test_every_true_change_is_kept(bank: CompiledModels) -> None:
    counted = true_changes(read_changes())
    assert bank.rows("select count(*) from marts.fct_stage_transitions") == [(counted,)]


def test_every_landed_change_has_a_fate(bank: CompiledModels) -> None:
    fates = bank.rows(
        "select fate, count(*) from intermediate.int_change_fates group by 1 order by 1"
    )
    touches = bank.rows("select sum(touch_count) from marts.fct_stage_visits")
    assert [fate for fate, _ in fates] == ["touch", "transition"]
    assert fates[0][1] == touches[0][0]


def test_shuffled_rows_and_tied_instants_give_the_same_bytes(tmp_path: Path) -> None:
    changes = with_tied_instants(read_changes(), 400)
    told = []
    for seed in (None, 11):
        folder = tmp_path / f"seed{seed}"
        folder.mkdir()
        pipeline = Pipeline(folder, policy="bpic2012")
        pipeline.load("open", write_log(folder / "log", changes, seed))
        models = pipeline.run_models([*HISTORY_MARTS, "fct_handoffs"])
        told.append(digests(models.connection))
        counted = true_changes(changes)
        assert models.rows("select count(*) from marts.fct_stage_transitions") == [(counted,)]
        instants = models.rows("select count(*) from marts.fct_stage_transitions where is_instant")
        assert instants[0][0] > 100
        models.close()
    assert told[0] == told[1]


def test_injected_disorder_is_found_exactly(tmp_path: Path, bank: CompiledModels) -> None:
    """The log's paths are monotone, so what was put in is all there is to find."""
    changes = read_changes()
    last = last_changes(changes)
    people: dict[str, list[str]] = defaultdict(list)
    for person, change in sorted(last.items()):
        people[STAGE_OF[change["new_value"]]].append(person)
    regressed, re_entered = people["mql"][:50], people["disqualified"][:60]
    bulk = people["closed_lost"][:55]
    day = timedelta(days=1)
    injected = [
        later(last[person], number, "A_SUBMITTED", "10609", day)
        for number, person in enumerate(regressed)
    ]
    injected += [
        later(last[person], 1000 + number, "A_PREACCEPTED", "10609", 10 * day)
        for number, person in enumerate(re_entered)
    ]
    newest = max((last[person] for person in bulk), key=lambda change: change["changed_at"])
    injected += [
        later(newest, 2000 + number, "A_DECLINED", "10861", day + timedelta(seconds=number / 2))
        | {"entity_id": person}
        for number, person in enumerate(bulk)
    ]
    pipeline = Pipeline(tmp_path, policy="bpic2012")
    pipeline.load("open", write_log(tmp_path / "log", changes + injected))
    models = pipeline.run_models(["fct_stage_transitions"])

    def people_with(condition: str) -> list[str]:
        rows = models.rows(
            "select split_part(record_id, ':', 3) from marts.fct_stage_transitions"
            f" where {condition} order by 1"
        )
        return [str(row[0]) for row in rows]

    assert people_with("movement = 'regressed'") == sorted(regressed)
    assert people_with("movement = 're_entered'") == sorted(re_entered)
    assert people_with("is_bulk") == sorted(bulk)
    assert bank.rows(
        "select count(*) from marts.fct_stage_transitions"
        " where movement in ('regressed', 're_entered') or is_bulk"
    ) == [(0,)]
