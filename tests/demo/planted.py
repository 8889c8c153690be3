"""The ground truth of a made-up CRM against the findings about it, subject by subject."""

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.compiled import CompiledModels
from tests.pipeline import PROJECT

# A subject by nature: rule; person, record or stage; and the moment where it has one.
Subject = tuple[str, str, str]

SUBJECTS = """
    select subjects.subject_type, subjects.subject_key, subjects.subject_id,
        case when subjects.subject_type = 'stage' then subjects.lifecycle_stage
            when subjects.subject_type = 'record_change'
                then changes.record_id || ' ' || changes.concept
            else coalesce(truth.person_id, subjects.subject_id) end as natural_id,
        coalesce(strftime(coalesce(visits.valid_from, transitions.transitioned_at,
            changes.changed_at),
            '%Y-%m-%d %H:%M:%S'), '') as natural_at
    from intermediate.int_subjects as subjects
    left join marts.fct_handoffs as handoffs
        on subjects.subject_type = 'handoff' and subjects.subject_id = handoffs.handoff_id
    left join marts.fct_stage_visits as visits
        on visits.visit_id = case subjects.subject_type
            when 'stage_visit' then subjects.subject_id else handoffs.visit_id end
    left join marts.fct_stage_transitions as transitions
        on subjects.subject_type = 'transition'
        and subjects.subject_id = transitions.transition_id
    left join marts.dim_people as people
        on subjects.subject_type = 'person' and subjects.subject_id = people.person_id
    left join intermediate.int_changes_linked as changes
        on subjects.subject_type = 'record_change'
        and subjects.subject_key = changes.change_key
    left join read_csv('{records}', all_varchar = true) as truth
        on truth.record_id = coalesce(
            visits.record_id, transitions.record_id, people.primary_record_id)
"""


@dataclass(frozen=True)
class Crm:
    """One made-up CRM that went through the pipeline."""

    files: Path
    models: CompiledModels

    @property
    def truth(self) -> Path:
        """The folder with the ground truth."""
        return self.files / "truth"

    def found(self) -> set[Subject]:
        """Every finding, also one that another finding leads."""
        return self._subjects(
            """
            select violations.rule_code, natural_id, natural_at
            from marts.fct_rule_violations as violations
            inner join subjects using (subject_type, subject_id)
            """
        )

    def held(self) -> set[Subject]:
        """Everything that was judged and passed, or whose clock has just not run out."""
        return self._subjects(
            """
            select verdicts.rule_code, natural_id, natural_at
            from intermediate.int_verdicts as verdicts
            inner join subjects using (subject_type, subject_key)
            where verdicts.verdict = 'passed' or verdicts.reason = 'not_due'
            """
        )

    def broken_counts(self) -> dict[str, int]:
        """Broken subjects by rule, as the results mart counts them."""
        query = """
            select rules.rule_code, results.broken_count
            from marts.fct_rule_results as results
            inner join marts.dim_rules as rules using (rule_id)
        """
        return {str(code): int(str(count)) for code, count in self.models.rows(query)}

    def planted(self, *kinds: str) -> set[Subject]:
        """The subjects of the ground truth of those kinds."""
        return subjects_of(self.truth, *kinds)

    def _subjects(self, query: str) -> set[Subject]:
        subjects = SUBJECTS.format(records=self.truth / "records.csv")
        rows = self.models.rows(f"with subjects as ({subjects}) {query}")
        found = [(str(code), str(subject), str(moment)) for code, subject, moment in rows]
        assert len(found) == len(set(found)), "two verdicts about one subject"
        return set(found)


def subjects_of(truth: Path, *kinds: str) -> set[Subject]:
    """The subjects of a folder of ground truth, of those kinds."""
    with (truth / "breaches.csv").open(newline="") as file:
        return {
            (row["rule_code"], row["subject"], row["subject_at"][:19].replace("T", " "))
            for row in csv.DictReader(file)
            if row["kind"] in kinds
        }


def scores(expected: set[Subject], found: set[Subject]) -> tuple[float, float]:
    """Precision and recall; 1.0 where there is nothing to find and nothing was found."""
    hits = len(expected & found)
    return (
        hits / len(found) if found else 1.0,
        hits / len(expected) if expected else 1.0,
    )


def seeds_with_a_purposeless_stage(folder: Path) -> Path:
    """The policy `b2b`, but one stage has no purpose, and one hardly has one."""
    shutil.copytree(PROJECT / "seeds" / "b2b", folder)
    seed = folder / "lifecycle_stages.csv"
    with seed.open(newline="") as file:
        stages = list(csv.DictReader(file))
    purposes = {"subscriber": "", "recycled": "?"}
    for stage in stages:
        name = stage["lifecycle_stage"]
        stage["reporting_purpose"] = purposes.get(name, stage["reporting_purpose"])
    with seed.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(stages[0]))
        writer.writeheader()
        writer.writerows(stages)
    return folder
