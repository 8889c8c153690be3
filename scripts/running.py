"""Every command ends the same way: an exit code, and one sentence where something stopped it.

0: fine, 1: findings, 2: usage or input, or it could not run. 130: stopped by Ctrl-C, 143: by `kill`
or a scheduler. Nobody who runs a command is shown a traceback for a full disk, a folder without
rights or a file that another program holds.
"""

import errno
import functools
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from types import FrameType
from typing import Any, Protocol

import duckdb

from scripts.places import CannotRunError

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_WHAT_TO_DO = {
    errno.ENOSPC: "there is no room left on the disk: make room and try again",
    errno.EDQUOT: "the disk quota is used up: make room and try again",
    errno.EROFS: "the file system is read-only: use a folder that can be written",
    errno.EACCES: "it may not be read or written: change its rights or use another folder",
    errno.EPERM: "it may not be read or written: change its rights or use another folder",
    errno.EMFILE: "too many files are open: close programs and try again",
}
# DuckDB's words for the same, and for what is no database of its own.
_DUCKDB_WORDS = (
    ("no space left", _WHAT_TO_DO[errno.ENOSPC]),
    ("could not write all bytes", _WHAT_TO_DO[errno.ENOSPC]),
    ("disk quota", _WHAT_TO_DO[errno.EDQUOT]),
    ("read-only file system", _WHAT_TO_DO[errno.EROFS]),
    ("permission denied", _WHAT_TO_DO[errno.EACCES]),
    ("could not set lock", "another program has the file open: close that, or wait until it ends"),
    ("not a valid duckdb database", "the file is no DuckDB database: name another --warehouse"),
    ("out of memory", "memory is used up: close programs and try again"),
)


class Main(Protocol):
    """A command: its arguments, or those of the process; returns the exit code."""

    def __call__(self, arguments: Sequence[str] | None = None) -> int:
        """Run it."""
        ...


class _Interrupts:
    """What stops a command, from its beginning to its end; commands that it runs share it."""

    def __init__(self) -> None:
        self.depth = 0
        self.seen = 0

    def begin(self) -> dict[int, Any]:
        """Listen; returns who listened before."""
        self.depth += 1
        if self.depth > 1 or threading.current_thread() is not threading.main_thread():
            return {}
        self.seen = 0
        before: dict[int, Any] = {number: signal.getsignal(number) for number in _SIGNALS}
        for number, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, self._note)
        return before

    def end(self, before: Mapping[int, Any]) -> None:
        """Let who listened before listen again."""
        self.depth -= 1
        for number, handler in before.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        # A library that is just being imported makes another error of it.
        self.seen = number
        raise KeyboardInterrupt


_interrupts = _Interrupts()


def stop_if_asked() -> None:
    """Stop where a library has kept the signal to itself, as dbt does, and gone on or given up."""
    if _interrupts.seen:
        raise KeyboardInterrupt


def finish() -> None:
    """From here to its end the command cannot be stopped: what it says will be true.

    A command that another one runs ends nothing for that one.
    """
    stop_if_asked()
    is_main = threading.current_thread() is threading.main_thread()
    if _interrupts.depth == 1 and is_main:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)


def command(name: str) -> Callable[[Main], Main]:
    """Make a `main` end in a sentence: `name: what is wrong and what to do`, and an exit code."""

    def wrap(main: Main) -> Main:
        @functools.wraps(main)
        def run(arguments: Sequence[str] | None = None) -> int:
            before = _interrupts.begin()
            try:
                return main(arguments)
            except BrokenPipeError:
                raise
            except BaseException as error:
                is_stopped = isinstance(error, KeyboardInterrupt) or bool(_interrupts.seen)
                if is_stopped and _interrupts.depth > 1:
                    raise KeyboardInterrupt from None
                if is_stopped:
                    _say(f"{name}: stopped; what was there before is as it was")
                    # As shells count.
                    return 128 + (_interrupts.seen or signal.SIGINT)
                if not isinstance(error, CannotRunError | OSError | duckdb.Error | MemoryError):
                    raise
                _say(f"{name}: {in_one_sentence(error)}")
                return 2
            finally:
                _interrupts.end(before)

        return run

    return wrap


def in_one_sentence(error: BaseException) -> str:
    """What stopped a command and what to do, on one line."""
    if isinstance(error, CannotRunError):
        return " ".join(str(error).split())
    if isinstance(error, OSError) and error.errno is not None:
        what = _WHAT_TO_DO.get(error.errno, os.strerror(error.errno))
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{what}"
    if isinstance(error, MemoryError):
        return "memory is used up: close programs and try again"
    text = " ".join(str(error).split())
    for words, what in _DUCKDB_WORDS:
        if words in text.lower():
            return f"{what} ({text.partition('. ')[0][:200]})"
    return text.partition("LINE ")[0][:300] or type(error).__name__


def _say(sentence: str) -> None:
    logging.getLogger(__name__).debug("ended by an error", exc_info=True)
    print(sentence, file=sys.stderr)
