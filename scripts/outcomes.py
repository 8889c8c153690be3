"""What a check said: the one record that the summary, the report and JUnit are made of."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from scripts.places import CannotRunError

Status = Literal["passed", "failed", "error", "warned", "skipped"]


@dataclass(frozen=True)
class Outcome:
    """One check. `suite` groups (a table, a dbt package), `seconds` is its run time.

    `detail` is for who looks into it: the first records at fault, and the SQL that finds them.
    """

    suite: str
    name: str
    status: Status
    message: str = ""
    seconds: float = 0.0
    detail: str = ""

    @property
    def is_red(self) -> bool:
        """Whether it counts against the run: warnings and skipped checks do not."""
        return self.status in ("failed", "error")


@dataclass(frozen=True)
class CheckRun:
    """All expectations of one run over one warehouse, as the dbt run `built_by` made it."""

    warehouse: str
    ran_at: datetime
    outcomes: tuple[Outcome, ...]
    built_by: str = ""


def write_check_run(run: CheckRun, path: Path) -> None:
    """Write a run as JSON, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "warehouse": run.warehouse,
        "built_by": run.built_by,
        "ran_at": run.ran_at.isoformat(),
        "outcomes": [asdict(outcome) for outcome in run.outcomes],
    }
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(content, indent=1), encoding="utf-8")
    beside.replace(path)


def read_check_run(path: Path) -> CheckRun:
    """Read what `write_check_run` wrote; raises `CannotRunError` where it is missing or broken."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        outcomes = tuple(Outcome(**outcome) for outcome in content["outcomes"])
        ran_at = datetime.fromisoformat(content["ran_at"])
        return CheckRun(content["warehouse"], ran_at, outcomes, content["built_by"])
    except FileNotFoundError:
        raise CannotRunError(f"no {path.name}: run python -m scripts.check first") from None
    except (ValueError, KeyError, TypeError) as error:
        raise CannotRunError(f"{path.name} is not what scripts.check writes: {error}") from None


# dbt's words for the result of one test, and ours.
_DBT_STATUS: dict[str, Status] = {
    "pass": "passed",
    "success": "passed",
    "fail": "failed",
    "warn": "warned",
    "skipped": "skipped",
    "error": "error",
    "runtime error": "error",
    "partial success": "failed",
}


def run_id_of(path: Path) -> str:
    """Which run of dbt left its results there; empty where they are not there or unreadable."""
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        return str(metadata["invocation_id"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def read_dbt_run(path: Path) -> tuple[Outcome, ...]:
    """The tests, and the nodes that did not build, of dbt's `run_results.json`."""
    try:
        results = json.loads(path.read_text(encoding="utf-8"))["results"]
    except FileNotFoundError:
        raise CannotRunError(f"no {path.name} in {path.parent.name}: run dbt build first") from None
    except (ValueError, KeyError) as error:
        raise CannotRunError(f"{path.name} is not what dbt writes: {error}") from None
    return tuple(_dbt_outcomes(results))


def _dbt_outcomes(results: Iterable[dict[str, object]]) -> Iterable[Outcome]:
    for result in results:
        kind, _, *rest = str(result["unique_id"]).split(".")
        status = _DBT_STATUS.get(str(result["status"]), "error")
        is_test = kind in ("test", "unit_test")
        if is_test or status != "passed":
            name = rest[-1] if kind == "unit_test" else rest[0]
            message = "" if status == "passed" else str(result.get("message") or "")
            seconds = result.get("execution_time")
            yield Outcome(
                suite=f"dbt {kind.replace('_', ' ')}",
                name=name,
                status=status,
                message=message,
                seconds=float(seconds) if isinstance(seconds, int | float) else 0.0,
            )
