"""Who reads only the beginning of what a command says gets no traceback."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def test_a_pipe_that_closes_early_is_no_error() -> None:
    # More than a pipe holds, so that the writer meets the closed end.
    command = "from scripts.screen import say; say('a line of text\\n' * 100_000)"
    with subprocess.Popen(
        [sys.executable, "-c", command],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        assert writer.stdout.readline() == "a line of text\n"
        writer.stdout.close()
        assert writer.wait(timeout=60) == 0
        assert writer.stderr.read() == ""
