"""The files that take longest come first, so that no core waits for another at the end."""

import pytest

LONGEST = (
    "tests/reference/test_equality.py",
    "tests/bpic2012/test_real_log.py",
    "tests/load/test_kill.py",
    "tests/checks/test_expectations.py",
    "tests/properties/test_histories.py",
    "tests/properties/test_loading.py",
    "tests/properties/test_ids.py",
    "tests/demo/test_planted_breaches.py",
    "tests/golden/test_golden.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files before all others, each file in its own order."""
    places = {file: place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.split("::")[0], len(LONGEST)))
