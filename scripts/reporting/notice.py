"""Keeps old reports honest: after a failed build they say that they are old."""

from datetime import UTC, datetime
from pathlib import Path

from markupsafe import escape

MARKER = "<!-- notice -->"


def mark_outdated(reports: Path, failure: str) -> None:
    """Put a failure at the head of the page and of the summary that an earlier build wrote."""
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    text = f"The build of {at} failed: {failure} What follows is from an earlier build."
    page = reports / "index.html"
    if page.is_file():
        before, _, after = page.read_text(encoding="utf-8").partition(MARKER)
        notice = f'<p class="notice" role="alert">{escape(text)}</p>'
        rest = after.partition("</p>")[2] if after.startswith('<p class="notice"') else after
        page.write_text(f"{before}{MARKER}{notice}{rest}", encoding="utf-8")
    summary = reports / "summary.md"
    if summary.is_file():
        kept = summary.read_text(encoding="utf-8")
        if kept.startswith("> **The build of "):
            kept = kept.partition("\n\n")[2]
        summary.write_text(f"> **{text}**\n\n{kept}", encoding="utf-8")
