"""The commands of the project: `python -m scripts.<command>`."""

import os
import signal
import sys
from types import FrameType


def _stop(number: int, frame: FrameType | None) -> None:
    """Ctrl-C while a command still imports its libraries, which takes seconds: nothing has begun.

    Raised inside such an import it would come out as a broken library.
    """
    os.write(2, b"stopped\n")
    os._exit(130)


# Python calls itself so while it looks for the module that it is to run, and nowhere else. Whoever
# started it in the background does not want it to be stopped.
if sys.argv[:1] == ["-m"] and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
    signal.signal(signal.SIGINT, _stop)
