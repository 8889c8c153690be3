"""Many random people in one database, told by the models."""

from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from scripts.raw_contract import literal, quoted
from scripts.warehouse import prepare_warehouse, refresh_views
from tests.compiled import CompiledModels, digests
from tests.properties.policies import lively_policy
from tests.properties.random_crm import AS_OF, OPEN, OWN_COLUMNS, person, tables_of
from tests.properties.random_salesforce import SALESFORCE
from tests.properties.things import Tables, Thing
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
        self.folder = self.folders[False]
        self.policy: Policy = read_policy(self.folder)
        self.models = CompiledModels(
            [*COMPARED, *IDS, *INVARIANTS],
            policy=self.folders[False],
            as_of=EXTRACTED_AT,
            open_sources=[OPEN],
        )
        for table, columns in OWN_COLUMNS.items():
            for column in columns:
                for schema in (f"raw_{table[0]}", f"raw_{table[0]}_history"):
                    self.models.connection.execute(
                        f"alter table {schema}.{table[1]} add column {column} varchar"
                    )
        # Only what has been loaded once is among the views that the models read.
        self.land({f"raw_{OPEN}.users": [{"user_id": "1"}]})
        prepare_warehouse(self.models.connection)

    def follow(self, has_authority: bool) -> "SmallCrm":
        """Take the other policy, where one source has no say before the handoff, or none."""
        self.folder = self.folders[has_authority]
        self.policy = read_policy(self.folder)
        for seed in ("stage_authority", "value_mappings"):
            self.models.fill_seed(seed, self.folder / f"{seed}.csv")
        return self

    def tell(self, people: Iterable[list[Thing]]) -> CompiledModels:
        """Land people instead of those before, and make the marts."""
        return self.tell_tables(tables_of([thing for things in people for thing in things]))

    def tell_tables(self, tables: Tables) -> CompiledModels:
        """Land raw rows instead of those before, and make the marts."""
        self.land(tables)
        self.models.run()
        return self.models

    def land(self, tables: Tables) -> None:
        """Land raw rows instead of those before."""
        self.models.empty()
        for table, rows in tables.items():
            source = table.partition(".")[0].split("_")[1]
            landed = {"_load_id": source, "_seen_at": EXTRACTED_AT}
            self.models.insert(table, [landed | row for row in rows])
        for source, kind in (
            ("hubspot", "hubspot"),
            (SALESFORCE, SALESFORCE),
            (OPEN, "open"),
        ):
            self.models.note_load(
                source, method=f"{kind}:files", extracted_at=EXTRACTED_AT, load_id=source
            )

    def tell_landed(self, warehouse: Path) -> dict[str, str]:
        """Take what the loader landed in a file instead, make the marts and give their md5."""
        connection = self.models.connection
        self.models.empty()
        connection.execute(f"attach {literal(str(warehouse))} as loaded (read_only)")
        tables = self.models.rows(
            "select schema_name, table_name from duckdb_tables() where database_name = 'loaded'"
        )
        for schema, name in tables:
            table = quoted(schema, name)
            connection.execute(f"insert into {table} by name select * from loaded.{table}")
        connection.execute("detach loaded")
        # As the loader leaves them: which columns a load did not have decides what they say.
        refresh_views(connection)
        self.models.run()
        return self.digests()

    def digests(self) -> dict[str, str]:
        """The md5 of each mart."""
        return digests(self.models.connection)

    def ids_of(self, people: Iterable[list[Thing]]) -> dict[str, dict[str, str]]:
        """The ids in each mart, each with the record or deal it is of."""
        self.tell(people)
        return self.subjects_of_ids()

    def subjects_of_ids(self) -> dict[str, dict[str, str]]:
        """The ids in each mart as it stands, each with the record or deal it is of."""
        of = {
            "fct_owner_visits": "coalesce(record_id, deal_id)",
            "fct_deal_stage_visits": "deal_id",
        }
        found = {
            mart: dict(
                self.models.rows(f"select {name}, {of.get(mart, 'record_id')} from marts.{mart}")
            )
            for mart, name in IDS.items()
            if mart != "fct_handoffs"
        }
        # A handoff is the stay that opened it.
        visits = self.models.rows(
            "select handoff_id, record_id from marts.fct_handoffs"
            " inner join marts.fct_stage_visits using (visit_id)"
        )
        return found | {"fct_handoffs": dict(visits)}

    def persons(self) -> dict[str, tuple[str, str | None]]:
        """Each record's person, and what the bridge says it was."""
        return {
            record: (person, previous)
            for record, person, previous in self.models.rows(
                "select record_id, person_id, previous_person_id from marts.bridge_person_records"
            )
        }
