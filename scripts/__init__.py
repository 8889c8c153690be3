"""The commands of the project: `python -m scripts.<command>`."""

import sys
from types import TracebackType


def _stop_quietly(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Ctrl-C while a command still imports its libraries, which takes seconds, is no fault."""
    if issubclass(kind, KeyboardInterrupt):
        print("stopped", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


# Set here, since `main` has not begun while its module is imported.
sys.excepthook = _stop_quietly
