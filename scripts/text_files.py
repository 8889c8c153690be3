"""Text files before DuckDB reads them: their hash, and whether they are text at all.

A file is streamed once in chunks (no loop over rows). Only where it holds bytes that DuckDB's
reader refuses (not UTF-8, NUL, mixed line ends) is a copy made in which they are marked, so that
every line keeps its number and a bad one is rejected instead of stopping the load.
"""

import codecs
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.landing_folder import LandingFile
from scripts.raw_contract import LoadError

# Non-characters of Unicode, which no text holds: a byte that is not text, followed by its two
# hexadecimal digits, and a carriage return inside a line.
BAD_BYTE = "\ufdd0"
CARRIAGE_RETURN = "\ufdd1"
# What separates the columns of a file that is read as lines: nothing that text holds.
NO_DELIMITER = "\x1f\x1e"
LONGEST_LINE = 16_000_000
_CHUNK = 1 << 20
_NOT_TEXT = re.compile(rf"[\udc80-\udcff\x00{BAD_BYTE}{CARRIAGE_RETURN}]|{NO_DELIMITER}")


@dataclass(frozen=True)
class TextFile:
    """A text file that can be read as lines: `readable` is the file itself or a marked copy."""

    name: str
    readable: Path
    is_gzipped: bool
    digest: str
    has_quotes: bool
    has_long_lines: bool
    is_marked: bool


@dataclass
class _Findings:
    """What one pass over the bytes found."""

    is_text: bool = True
    has_quotes: bool = False
    returns: int = 0
    line_ends: int = 0
    windows_ends: int = 0
    longest_line: int = 0

    @property
    def is_readable_as_it_is(self) -> bool:
        """Whether all bytes are text and all lines end alike, in a way DuckDB reads."""
        ends_alike = self.returns in (0, self.windows_ends) and (
            self.windows_ends in (0, self.line_ends)
        )
        return self.is_text and ends_alike


def inspect(file: LandingFile, copies: Path) -> TextFile:
    """Hash and check a text file. Raises `LoadError` where it cannot be read as text lines."""
    findings = _Findings()
    digest = hashlib.md5(usedforsecurity=False)
    decoder = codecs.getincrementaldecoder("utf-8")()
    line_length = 0
    size = 0
    for chunk in _chunks(file):
        if size == 0:
            _refuse_binary(file, chunk)
        size += len(chunk)
        digest.update(chunk)
        findings.is_text = findings.is_text and _is_text(decoder, chunk)
        findings.has_quotes = findings.has_quotes or b'"' in chunk
        findings.returns += chunk.count(b"\r")
        findings.windows_ends += chunk.count(b"\r\n")
        newlines = chunk.count(b"\n")
        first_end = chunk.find(b"\n")
        line_length += len(chunk) if first_end < 0 else first_end
        findings.longest_line = max(findings.longest_line, line_length)
        if findings.longest_line > LONGEST_LINE:
            raise LoadError(
                f"{file.name} line {findings.line_ends + 1}: longer than "
                f"{LONGEST_LINE // 1_000_000} MB: is a line end or a closing quote missing?"
            )
        if newlines:
            line_length = len(chunk) - chunk.rfind(b"\n") - 1
        findings.line_ends += newlines
    findings.is_text = findings.is_text and _is_text(decoder, b"", is_last=True)
    if size == 0:
        raise LoadError(f"{file.name} is empty: it needs at least a header line")
    readable, is_gzipped = file.path, file.is_gzipped
    if not findings.is_readable_as_it_is:
        readable, is_gzipped = copies / f"{digest.hexdigest()}.txt", False
        _copy_marked(file, readable, has_line_ends=findings.line_ends > 0)
    return TextFile(
        name=file.name,
        readable=readable,
        is_gzipped=is_gzipped,
        digest=digest.hexdigest(),
        has_quotes=findings.has_quotes,
        has_long_lines=findings.longest_line > _CHUNK,
        is_marked=not findings.is_readable_as_it_is,
    )


def digest_of(file: LandingFile) -> str:
    """The md5 of any file's bytes."""
    digest = hashlib.md5(usedforsecurity=False)
    for chunk in _chunks(file):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(file: LandingFile) -> Iterator[bytes]:
    # A carriage return at the end of a chunk waits for what follows it.
    held = b""
    try:
        with gzip.open(file.path) if file.is_gzipped else file.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                chunk, held = held + chunk, b""
                if chunk.endswith(b"\r"):
                    chunk, held = chunk[:-1], b"\r"
                if chunk:
                    yield chunk
    except (OSError, EOFError, zlib.error) as error:
        reason = "is cut short or not gzip" if file.is_gzipped else "cannot be read"
        raise LoadError(f"{file.name} {reason} ({error}): land it again") from error
    if held:
        yield held


def _refuse_binary(file: LandingFile, start: bytes) -> None:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise LoadError(f"{file.name} line 1: the text is UTF-16: save it as UTF-8")
    if start.count(b"\0") > len(start) // 20:
        raise LoadError(f"{file.name} line 1: not text (binary, or UTF-16): save it as UTF-8 text")


def _is_text(decoder: codecs.IncrementalDecoder, chunk: bytes, is_last: bool = False) -> bool:
    try:
        text = decoder.decode(chunk, is_last)
    except UnicodeDecodeError:
        return False
    return not any(mark in text for mark in ("\0", BAD_BYTE, CARRIAGE_RETURN, NO_DELIMITER))


def _copy_marked(file: LandingFile, copy: Path, has_line_ends: bool) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    lone_return = CARRIAGE_RETURN if has_line_ends else "\n"
    with copy.open("w", encoding="utf-8", newline="\n") as stream:
        for chunk in _chunks(file):
            text = _NOT_TEXT.sub(_mark, decoder.decode(chunk))
            stream.write(text.replace("\r\n", "\n").replace("\r", lone_return))
        stream.write(_NOT_TEXT.sub(_mark, decoder.decode(b"", True)))


def _mark(found: re.Match[str]) -> str:
    data = found[0].encode("utf-8", "surrogateescape")
    return "".join(f"{BAD_BYTE}{byte:02X}" for byte in data)
