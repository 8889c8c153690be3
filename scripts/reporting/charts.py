"""The report's pictures: SVG without script or network, drawn by altair and vl-convert.

Each picture stands above a real table with the same numbers, so it is one image to a reader
who cannot see it. Colours hold a contrast of 4.5 to 1 on white, and never speak alone.
"""

import re
from collections.abc import Sequence

import altair as alt
import vl_convert
from markupsafe import Markup, escape

from scripts.reporting.facts import Row
from scripts.reporting.wording import due, reason, status

INK = "#1f2933"
MUTED = "#52606d"
LINE = "#d9e2ec"
BLUE = "#2b5c8a"
PALE = "#9fb8d1"
STATUS_COLOURS = {"red": "#b3261e", "amber": "#9a5b00", "green": "#1b6e53", "not_judged": "#6b7280"}
# Drawn text is measured here and set by the reader's browser: one metric for both.
_FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
_WIDTH = 760
_HALF = 470
# altair writes one schema version; vl-convert must draw that one.
_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def funnel(stages: Sequence[Row]) -> Markup:
    """People who ever reached each funnel stage, and who are in it now."""
    rows = [row for row in stages if row["stage_rank"] is not None]
    data = [
        {
            "stage": row["label"],
            "reached": row["reached_count"],
            "now": row["people_count"],
            "text": f"{row['reached_count']:,} reached, {row['people_count']:,} there now",
        }
        for row in rows
    ]
    base = alt.Chart(alt.Data(values=data)).encode(y=_stages(rows))
    reached = base.mark_bar(color=PALE, height=22).encode(
        x=alt.X("reached:Q", title=None, axis=None, scale=_room_for_text(data, "reached"))
    )
    now = base.mark_bar(color=BLUE, height=10).encode(x="now:Q")
    text = base.mark_text(align="left", dx=8, color=INK, fontSize=12).encode(
        x="reached:Q", text="text:N"
    )
    return _svg(
        reached + now + text, "Funnel: people who reached each stage, and who are there", step=30
    )


def aging(stages: Sequence[Row]) -> Markup:
    """People within and beyond the limit of their stage."""
    rows = [row for row in stages if row["max_days"] is not None]
    data = [
        {"stage": row["label"], "kind": kind, "count": count, "order": order}
        for row in rows
        for order, (kind, count) in enumerate(
            [
                ("overdue", row["overdue_count"]),
                ("within its limit", row["open_count"] - row["overdue_count"]),
            ]
        )
    ]
    bars = (
        alt.Chart(alt.Data(values=data))
        .mark_bar(height=18)
        .encode(
            y=_stages(rows),
            x=alt.X("count:Q", title="there now", axis=alt.Axis(tickCount=5, format=",d")),
            order="order:Q",
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(
                    domain=["overdue", "within its limit"], range=[STATUS_COLOURS["red"], PALE]
                ),
                legend=alt.Legend(orient="top"),
            ),
        )
    )
    return _svg(bars, "Aging: people in each stage, within and beyond its limit", step=28)


def rules(results: Sequence[Row]) -> Markup:
    """Broken rate of each judged rule, all time and lately, against its red bound."""
    rows = [row for row in results if row["judged_count"]]
    data = [
        {
            "rule": f"{row['rule_code']}  {_short(row['title'], 44)}  {status(row)}",
            "rate": row["broken_rate"],
            "lately": row["budget_rate"],
            "bound": row["red_rate"],
            "status": row["status"],
        }
        for row in rows
    ]
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y(
            "rule:N",
            sort=[entry["rule"] for entry in data],
            title=None,
            axis=alt.Axis(labelLimit=420),
        )
    )
    bars = base.mark_bar(height=11, color=PALE).encode(
        x=alt.X(
            "rate:Q",
            title="share broken (bar: all time, dot: lately, line: red bound)",
            axis=alt.Axis(format=".0%", tickCount=6, orient="top"),
        )
    )
    bound = base.mark_tick(color=INK, thickness=2, height=15).encode(x="bound:Q")
    lately = base.mark_point(size=60, filled=True, opacity=1).encode(
        x="lately:Q",
        color=alt.Color(
            "status:N",
            legend=None,
            scale=alt.Scale(domain=list(STATUS_COLOURS), range=list(STATUS_COLOURS.values())),
        ),
    )
    return _svg(bars + bound + lately, "Rules: share broken, against the red bound")


def acceptance(months: Sequence[Row]) -> Markup:
    """Acceptance rate by month offered, of the months whose handoffs are all due."""
    data = [
        {
            "month": row["period_on"].strftime("%b %y"),
            "rate": None
            if not row["matured_count"] or due(row, "offered_count")
            else row["accepted_count"] / row["matured_count"],
        }
        for row in months
    ]
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X(
            "month:N",
            sort=[entry["month"] for entry in data],
            title=None,
            axis=alt.Axis(labelAngle=-45),
        ),
        y=alt.Y(
            "rate:Q",
            title=None,
            axis=alt.Axis(format=".0%", tickCount=4),
            scale=alt.Scale(domain=[0, 1]),
        ),
    )
    line = base.mark_line(color=BLUE, strokeWidth=2, point=alt.OverlayMarkDef(color=BLUE, size=40))
    return _svg(line, "MQL acceptance rate by month offered", width=_HALF, step=None)


def reasons(rows: Sequence[Row]) -> Markup:
    """Rejections by structured reason."""
    data = [
        {
            "reason": _short(reason(row["reason_code"])),
            "count": row["rejection_count"],
            "text": f"{row['rejection_count']:,} ({_share(row):.0%})",
        }
        for row in rows[:12]
    ]
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y(
            "reason:N",
            sort=[entry["reason"] for entry in data],
            title=None,
            axis=alt.Axis(labelLimit=300),
        )
    )
    bars = base.mark_bar(color=BLUE, height=15).encode(
        x=alt.X("count:Q", title=None, axis=None, scale=_room_for_text(data, "count"))
    )
    text = base.mark_text(align="left", dx=6, color=INK, fontSize=12).encode(
        x="count:Q", text="text:N"
    )
    return _svg(bars + text, "Rejections by reason", width=_HALF - 130)


def _share(row: Row) -> float:
    return float(row["rejection_count"]) / float(row["total_count"])


def _stages(rows: Sequence[Row]) -> alt.Y:
    order = [row["label"] for row in rows]
    return alt.Y("stage:N", sort=order, title=None, axis=alt.Axis(labelLimit=200))


def _room_for_text(data: Sequence[Row], field: str) -> alt.Scale:
    """A scale that leaves a third of the width for the words behind the longest bar."""
    longest = max((float(entry[field] or 0) for entry in data), default=0.0)
    return alt.Scale(domain=[0, longest * 1.45 or 1])


def _short(text: str, length: int = 48) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _svg(
    chart: alt.Chart | alt.LayerChart, label: str, width: int = _WIDTH, step: int | None = 22
) -> Markup:
    """Draw a chart; `step` is the height of one row, None where it has no rows."""
    sized = chart.properties(width=width, height=alt.Step(step) if step else 220)
    drawn = (
        sized.configure(font=_FONT, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=MUTED,
            titleFontWeight="normal",
            gridColor=LINE,
            domainColor=LINE,
            tickColor=LINE,
            labelFontSize=12,
            titleFontSize=11,
            labelPadding=6,
        )
        .configure_axisY(grid=False, domain=False, ticks=False)
        .configure_legend(labelColor=INK, labelFontSize=12)
    )
    svg = vl_convert.vegalite_to_svg(drawn.to_json(), vl_version=_VEGA_LITE)
    # Ids are per page in HTML, per file in SVG: give each picture its own.
    own = re.sub(r"\W+", "-", label.lower())
    svg = re.sub(r'(id="|url\(#)([\w-]+)', rf"\g<1>{own}-\g<2>", svg)
    opening = f'<svg role="img" aria-label="{escape(label)}" class="chart" '
    return Markup(svg.replace("<svg ", opening, 1))
