"""Where things are: the project's folders and the warehouse in force."""

import os
from pathlib import Path

from scripts.failed_load import last_failure

PROJECT = Path(__file__).resolve().parent.parent
SEEDS = PROJECT / "seeds"
REPORTS = PROJECT / "reports"
TARGET = PROJECT / "target"
OWN_WAREHOUSE = PROJECT / "warehouse" / "crm.duckdb"
DEMO_WAREHOUSE = PROJECT / "warehouse" / "demo.duckdb"


def target_of(warehouse: Path) -> Path:
    """Where dbt and the checks leave what they said of a warehouse, and of no other."""
    return TARGET / warehouse.stem


def reports_of(warehouse: Path) -> Path:
    """Where the reports of a warehouse are: those of the demo never replace one's own."""
    return REPORTS / warehouse.stem


class CannotRunError(Exception):
    """Something is missing or unusable; the message is one line for a person (exit 2)."""


def policy_in_force(named: str | None = None) -> str:
    """The policy to judge by: the named one, `LIFECYCLE_POLICY`, b2b."""
    return named or os.environ.get("LIFECYCLE_POLICY") or "b2b"


def warehouse_in_force(named: Path | None = None) -> Path:
    """The warehouse file to read: the named one, `LIFECYCLE_WAREHOUSE`, own data, the demo.

    Raises `CannotRunError` where there is none, or a load into one's own failed and left none.
    """
    stated = named or os.environ.get("LIFECYCLE_WAREHOUSE")
    candidates = [Path(stated)] if stated else [OWN_WAREHOUSE, DEMO_WAREHOUSE]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
        if failure := last_failure(candidate):
            raise CannotRunError(
                f"nothing has landed in {name_for_people(candidate)} yet: the last load failed:"
                f" {failure}"
            )
    raise CannotRunError(
        f"no warehouse at {' or '.join(map(name_for_people, candidates))}:"
        " land your data with python -m scripts.load, or run make build for the demo"
    )


def cannot_read(warehouse: Path, error: Exception) -> CannotRunError:
    """What to tell somebody whose warehouse file could not be opened or asked."""
    reason = str(error).splitlines()[0]
    if "Could not set lock" in reason:
        reason = "another program has it open: close that, or wait until it is done"
    return CannotRunError(f"cannot read {name_for_people(warehouse)}: {reason}")


def name_for_people(path: Path) -> str:
    """A path as it reads best: relative to the project where it lies inside."""
    resolved = path.resolve()
    return str(resolved.relative_to(PROJECT)) if resolved.is_relative_to(PROJECT) else str(path)
