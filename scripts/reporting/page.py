"""`reports/index.html` and `reports/summary.md`, from the templates beside the scripts."""

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2

from scripts.outcomes import Outcome
from scripts.reporting import charts, wording
from scripts.reporting.facts import Facts, Row
from scripts.reporting.junit import TOLERANCES

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def render_page(facts: Facts, outcomes: list[Outcome]) -> str:
    """The page: one self-contained file without script."""
    pictures = {
        "funnel": charts.funnel(facts.stages),
        "aging": charts.aging(facts.stages),
        "rules": charts.rules(facts.rules),
        "acceptance": charts.acceptance(facts.acceptance) if facts.acceptance else "",
        "reasons": charts.reasons(facts.reasons) if facts.reasons else "",
    }
    return _render("report.html.j2", facts, outcomes, pictures=pictures, **_arranged(facts))


def render_summary(facts: Facts, outcomes: list[Outcome]) -> str:
    """The same in short, as Markdown."""
    return _render("summary.md.j2", facts, outcomes)


def _render(name: str, facts: Facts, outcomes: list[Outcome], **more: Any) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=jinja2.select_autoescape(["html", "html.j2"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for filter_name in (
        "plain",
        "number",
        "holders",
        "rejected",
        "days",
        "rate",
        "day",
        "month",
        "words",
        "reason",
        "status",
        "due",
        "empty_role",
        "settings",
        "sources",
    ):
        environment.filters[filter_name] = getattr(wording, filter_name)
    environment.filters["since_last_run"] = lambda row: ", ".join(wording.since_last_run(row))
    environment.filters["why"] = wording.not_judged_reason
    environment.filters["web_link"] = wording.web_link
    environment.filters["moment"] = lambda value: wording.moment(value, facts.time_zone)
    environment.filters["cell"] = lambda value: wording.plain(value).replace("|", "\\|")
    counts = Counter(outcome.status for outcome in outcomes)
    red = [outcome for outcome in outcomes if outcome.is_red and outcome.suite != TOLERANCES]
    return environment.get_template(name).render(
        facts=facts, outcomes=outcomes, counts=counts, red=red, **more
    )


def _arranged(facts: Facts) -> dict[str, Any]:
    """Rows grouped as the page shows them."""
    teams = [(team, list(rows)) for team, rows in groupby(facts.worklist, lambda row: row["team"])]
    steps: dict[str, str] = {}
    months: dict[Any, dict[str, Row]] = {}
    for row in facts.cohorts:
        step = f"{row['from_label']} → {row['to_label']}"
        steps[step] = step
        months.setdefault(row["cohort_on"], {})[step] = row
    return {"teams": teams, "steps": list(steps), "months": months}
