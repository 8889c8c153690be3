"""Many random people in one database, told by the models."""

from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from tests.compiled import CompiledModels, digests
from tests.properties.policies import lively_policy
from tests.properties.random_crm import AS_OF, OPEN, Tables, Thing, person, tables_of
from tests.reference.compare import COMPARED
from tests.reference.policy import Policy, read_policy

# Ids that must not change when something else becomes known.
IDS = {
    "fct_stage_visits": "visit_id",
    "fct_status_visits": "visit_id",
    "fct_owner_visits": "visit_id",
    "fct_deal_stage_visits": "visit_id",
    "fct_stage_transitions": "transition_id",
    "fct_handoffs": "handoff_id",
}
# Singular tests that hold of any history.
INVARIANTS = (
    "assert_every_landed_stage_change_has_one_fate",
    "assert_moves_begin_the_visits",
    "assert_transitions_form_a_chain",
    "assert_visits_of_one_subject_never_overlap",
)
EXTRACTED_AT = AS_OF.isoformat(" ")

Seeds = list[tuple[int, int]]
# A person is a number to draw from and how many stage changes it has; a CRM is many of them.
SEEDS = st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 9)), min_size=40, max_size=80)


def people_of(seeds: Seeds) -> list[list[Thing]]:
    """The records of each person; also equal seeds are different people."""
    return [
        person(number, seed + 7919 * number, (length + number) % 10)
        for number, (seed, length) in enumerate(seeds)
    ]


class SmallCrm:
    """A database and a policy, filled with other people again and again."""

    def __init__(self, folder: Path) -> None:
        """`folder` is where the policies' files go: two, since making a database is dear."""
        self.folders = {
            has_authority: lively_policy(folder / str(has_authority), has_authority)
            for has_authority in (False, True)
        }
        self.policy: Policy = read_policy(self.folders[False])
        self.models = CompiledModels(
            [*COMPARED, *IDS, *INVARIANTS],
            policy=self.folders[False],
            as_of=EXTRACTED_AT,
            open_sources=[OPEN],
        )

    def follow(self, has_authority: bool) -> "SmallCrm":
        """Take the other policy, where one source has no say before the handoff, or none."""
        folder = self.folders[has_authority]
        self.policy = read_policy(folder)
        for seed in ("stage_authority", "value_mappings"):
            self.models.fill_seed(seed, folder / f"{seed}.csv")
        return self

    def tell(self, people: Iterable[list[Thing]]) -> CompiledModels:
        """Land people instead of those before, and make the marts."""
        return self.tell_tables(tables_of([thing for things in people for thing in things]))

    def tell_tables(self, tables: Tables) -> CompiledModels:
        """Land raw rows instead of those before, and make the marts."""
        self.models.empty()
        for table, rows in tables.items():
            self.models.insert(table, rows)
        for source, kind in (("hubspot", "hubspot"), (OPEN, "open")):
            self.models.note_load(
                source, method=f"{kind}:files", extracted_at=EXTRACTED_AT, load_id=source
            )
        self.models.run()
        return self.models

    def digests(self) -> dict[str, str]:
        """The md5 of each mart."""
        return digests(self.models.connection)

    def ids(self) -> dict[str, set[tuple[str, str]]]:
        """The ids in each mart, each with the record or deal it is of."""
        found = {}
        for mart, name in IDS.items():
            of = {"fct_owner_visits": "coalesce(record_id, deal_id)", "fct_handoffs": "person_id"}
            of["fct_deal_stage_visits"] = "deal_id"
            subject = of.get(mart, "record_id")
            found[mart] = set(self.models.rows(f"select {name}, {subject} from marts.{mart}"))
        return found
