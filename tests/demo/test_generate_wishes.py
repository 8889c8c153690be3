"""What the generator says to a wish or a folder that it cannot use."""

from pathlib import Path

import pytest

from scripts import generate


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--extra-plants", "5000", "--rule", "EN06"], "EN06"),
        (["--extra-plants", "1", "--rule", "SM05"], "SM05"),
        (["--breaches", "2"], "--breaches"),
        (["--contacts", "3"], "--contacts"),
        (["--as-of", "soon"], "--as-of"),
    ],
)
def test_a_wish_that_cannot_be_met_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], word: str
) -> None:
    assert generate.main([str(tmp_path / "x"), "--contacts", "200", *options]) == 2
    told = capsys.readouterr().err
    assert word in told
    assert told.count("\n") == 1


def test_own_files_are_never_written_over(tmp_path: Path) -> None:
    own = tmp_path / "contact.csv"
    own.write_text("id\n1\n")
    assert generate.main([str(tmp_path)]) == 2
    assert own.read_text() == "id\n1\n"
