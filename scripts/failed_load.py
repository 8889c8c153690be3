"""The last load of a warehouse where it failed: a note beside the file, until one succeeds.

A first load that fails leaves no warehouse behind. Without the note the next command would find
none of one's own, and speak of the demo.
"""

from pathlib import Path


def note_failure(warehouse: Path, message: str) -> None:
    """Leave a note; where none can be written, the message has been shown all the same."""
    try:
        note = _note(warehouse)
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(message + "\n", encoding="utf-8")
    except OSError:
        return


def forget_failure(warehouse: Path) -> None:
    """Take the note away."""
    try:
        _note(warehouse).unlink(missing_ok=True)
    except OSError:
        return


def last_failure(warehouse: Path) -> str:
    """Why the last load failed; empty where it did not, or there was none."""
    try:
        return _note(warehouse).read_text(encoding="utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        return ""


def _note(warehouse: Path) -> Path:
    # A build loads into a copy, in a folder that begins so; what is meant is the file itself.
    folder = warehouse.parent
    if folder.name.startswith(".building"):
        folder = folder.parent
    return folder / f"{warehouse.name}.load-failed"
