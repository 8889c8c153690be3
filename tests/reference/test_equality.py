"""The models say what the reference says, row by row and column by column."""

import csv
import gzip
import random
from pathlib import Path

import pytest

from scripts import generate
from tests.golden.test_golden import GOLDEN, landed
from tests.pipeline import PROJECT, SHARED_DATA, Pipeline
from tests.reference.compare import COMPARED, differences
from tests.reference.policy import read_policy

PEOPLE = 10_000
LOG = SHARED_DATA / "bpic2012" / "open"


def differing_rows(pipeline: Pipeline) -> list[str]:
    """What the models and the reference disagree about in a loaded warehouse."""
    models = pipeline.run_models(COMPARED)
    found = differences(models, read_policy(PROJECT / "seeds" / pipeline.policy))
    assert models.rows("select count(*) > 50 from marts.fct_stage_transitions") == [(True,)]
    models.close()
    return found


def assert_equal(found: list[str]) -> None:
    assert not found, f"{len(found)} rows differ:\n" + "\n".join(found[:20])


def test_the_golden_crm_is_told_alike(tmp_path: Path) -> None:
    assert_equal(differing_rows(landed(tmp_path, GOLDEN / "raw")))


def test_ten_thousand_made_up_people_are_told_alike(tmp_path: Path) -> None:
    files = tmp_path / "files"
    assert generate.main([str(files), "--contacts", str(PEOPLE)]) == 0
    pipeline = Pipeline(tmp_path)
    for source in ("hubspot", "salesforce"):
        pipeline.load(source, files / source, "--as-of", generate.DEFAULT_AS_OF)
    assert_equal(differing_rows(pipeline))


@pytest.mark.skipif(not LOG.is_dir(), reason="needs the real log of ../shared/data/bpic2012")
def test_a_real_log_in_disorder_is_told_alike(tmp_path: Path) -> None:
    """Shuffled, duplicated and late rows, clears, unknown values and tied instants."""
    folder = disordered(tmp_path / "log")
    pipeline = Pipeline(tmp_path, policy="bpic2012")
    pipeline.load("open", folder)
    assert_equal(differing_rows(pipeline))


def disordered(folder: Path) -> Path:
    """A copy of the log with a tenth of its stage changes written again in other ways."""
    chance = random.Random(12)
    folder.mkdir()
    for path in sorted(LOG.glob("*.csv.gz")):
        with gzip.open(path, "rt", newline="") as file:
            header, *rows = list(csv.reader(file))
        if path.name == "changes.csv.gz":
            changes = [dict(zip(header, row, strict=True)) for row in rows]
            rows += [
                [injected[name] for name in header]
                for number, change in enumerate(chance.sample(changes, len(changes) // 10))
                for injected in disorder(change, number, changes, chance)
            ]
        chance.shuffle(rows)
        with (folder / path.stem).open("w", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return folder


def disorder(
    change: dict[str, str], number: int, changes: list[dict[str, str]], chance: random.Random
) -> list[dict[str, str]]:
    """One of: a duplicate, a tie, a late row, a clear, a clear and set, an unknown value."""
    other = chance.choice(changes)
    new = change | {"change_id": f"injected{number}", "old_value": ""}
    tie = new | {"new_value": other["new_value"] if other["field"] == new["field"] else "odd"}
    late = tie | {"changed_at": other["changed_at"]}
    cleared = new | {"new_value": "", "changed_at": other["changed_at"]}
    back = new | {"change_id": f"back{number}", "changed_at": other["changed_at"]}
    return chance.choice([[change], [tie], [late], [cleared], [cleared, back]])
