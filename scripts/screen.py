"""What a command says to the person who runs it."""

import os
import sys


def say(text: str) -> None:
    """Print a text of many lines; who has read enough of it (`| head`) gets no traceback."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Python flushes once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
