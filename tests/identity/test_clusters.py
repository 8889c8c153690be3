"""Ten set-wise rounds find the clusters that a union-find finds, on graphs of every shape."""

import itertools
import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compiled import CATALOG, compiled_project

Edge = tuple[int, int]
T = TypeVar("T")


def clusters_of(edges: Sequence[Edge]) -> dict[int, int]:
    """Each node with the smallest node it can reach, one edge after the other."""
    parents: dict[int, int] = {}

    def root(node: int) -> int:
        parents.setdefault(node, node)
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for one, other in edges:
        low, high = sorted((root(one), root(other)))
        parents[high] = low
    return {node: root(node) for node in parents}


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the two tables that the labels are made of."""
    with duckdb.connect() as database:
        database.execute(f"attach ':memory:' as {CATALOG}")
        database.execute(f"create schema {CATALOG}.intermediate")
        database.execute(
            f"create table {CATALOG}.intermediate.int_linked_records"
            " (record_key bigint, record_id varchar)"
        )
        database.execute(
            f"create table {CATALOG}.intermediate.int_record_links"
            " (record_id varchar, linked_record_id varchar)"
        )
        yield database


def labels_of(connection: duckdb.DuckDBPyConnection, edges: Sequence[Edge]) -> dict[int, int]:
    """What the compiled model makes of the links, and no eleventh round would change."""
    place = f"{CATALOG}.intermediate"
    nodes = sorted({node for edge in edges for node in edge})
    for table, rows in (
        ("int_linked_records", [(node, str(node)) for node in nodes]),
        ("int_record_links", [(str(one), str(other)) for one, other in edges]),
    ):
        connection.execute(f"truncate {place}.{table}")
        ones, others = (list(column) for column in zip(*rows, strict=True))
        connection.execute(
            f"insert into {place}.{table} select unnest(?), unnest(?)", [ones, others]
        )
    project = compiled_project()
    connection.execute(
        f"create or replace table {place}.int_record_labels as {project['int_record_labels'].sql}"
    )
    check = project["assert_one_more_cluster_round_changes_nothing"].sql
    assert connection.execute(check).fetchall() == []
    rows = connection.execute(f"from {place}.int_record_labels").fetchall()
    return {int(node): int(label) for node, label in rows}


def path(nodes: Sequence[int]) -> list[Edge]:
    return list(itertools.pairwise(nodes))


def shuffled(things: Sequence[T], order: random.Random) -> list[T]:
    return order.sample(things, len(things))


def zigzag(nodes: Sequence[int]) -> list[int]:
    """Low and high in turn: the smallest label travels against every neighbour."""
    low, high = list(nodes[: len(nodes) // 2]), list(nodes[len(nodes) // 2 :])
    return [node for pair in zip(low, reversed(high), strict=False) for node in pair]


def tree(nodes: Sequence[int], order: random.Random) -> list[Edge]:
    return [(nodes[i], nodes[order.randrange(i)]) for i in range(1, len(nodes))]


def comb(nodes: Sequence[int]) -> list[Edge]:
    half = len(nodes) // 2
    return path(nodes[:half]) + list(zip(nodes[:half], nodes[half:], strict=False))


def bit_reversed(length: int) -> list[int]:
    width = (length - 1).bit_length()
    places = (int(f"{i:0{width}b}"[::-1], 2) for i in range(2**width))
    return [place for place in places if place < length]


SHAPES = {
    "a sorted chain": lambda order: path(range(200)),
    "a chain backwards": lambda order: path(range(200)[::-1]),
    "a shuffled chain": lambda order: path(shuffled(range(200), order)),
    "a chain in zigzag": lambda order: path(zigzag(range(200))),
    "a chain by reversed bits": lambda order: path(bit_reversed(200)),
    "a ring": lambda order: [*path(nodes := shuffled(range(200), order)), (nodes[-1], nodes[0])],
    "a star": lambda order: [(199, node) for node in range(199)],
    "a tree": lambda order: tree(shuffled(range(200), order), order),
    "a comb": lambda order: comb(shuffled(range(200), order)),
    "many pairs": lambda order: [(node, node + 100) for node in range(100)],
}


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_ten_rounds_reach_the_end_of(connection: duckdb.DuckDBPyConnection, shape: str) -> None:
    edges = SHAPES[shape](random.Random(3))
    assert labels_of(connection, edges) == clusters_of(edges)


def test_ten_rounds_do_for_fifty_chains_of_two_hundred(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    order = random.Random(7)
    nodes = shuffled(range(10_000), order)
    edges = [edge for start in range(0, 10_000, 200) for edge in path(nodes[start : start + 200])]
    assert labels_of(connection, shuffled(edges, order)) == clusters_of(edges)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda edge: edge[0] != edge[1]),
        min_size=1,
        max_size=90,
    )
)
def test_any_links_give_the_clusters_of_a_union_find(
    connection: duckdb.DuckDBPyConnection, edges: list[Edge]
) -> None:
    assert labels_of(connection, edges) == clusters_of(edges)


def test_too_few_rounds_fail_loudly(connection: duckdb.DuckDBPyConnection) -> None:
    """The check that a build runs sees a chain that two rounds cannot finish."""
    place = f"{CATALOG}.intermediate"
    edges = path(shuffled(range(200), random.Random(1)))
    labels_of(connection, edges)
    sql = compiled_project()["int_record_labels"].sql
    assert sql.rstrip().endswith("labels_10")
    short = sql.rstrip().removesuffix("labels_10") + "labels_2"
    connection.execute(f"create or replace table {place}.int_record_labels as {short}")
    check = compiled_project()["assert_one_more_cluster_round_changes_nothing"].sql
    assert connection.execute(check).fetchall() != []
