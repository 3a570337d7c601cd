"""What all tests have in common: the environment, how many examples are generated, and of which types."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import find, settings
from hypothesis.strategies import none

settings.register_profile("few", max_examples=4)
"""A few examples of each test, where the tests of a changed copy run: see `test_add_a_property.py`."""

if "STEPDSL_EXAMPLES" in os.environ:
    settings.load_profile(os.environ["STEPDSL_EXAMPLES"])

CHANGE_OUTPUT = ("BUILD_NUMBER", "CI", "FORCE_COLOR", "PYTEST_ADDOPTS", "PY_COLORS", "STEPDSL_CHECK")
"""The variables of a user or of a CI run that change what pytest, argparse and the examples print."""


@pytest.fixture(scope="session", autouse=True)
def same_environment() -> Iterator[None]:
    """Give the tests, and the processes that they start, one environment wherever they run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in CHANGE_OUTPUT:
            patch.delenv(name, raising=False)
        patch.setenv("COLUMNS", "80")
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run slow tests first, so that all cores are busy to the end.

    With STEPDSL_ONLY_TYPE, leave out the cases of other types: one type has changed in a copy of the tree.
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    only = os.environ.get("STEPDSL_ONLY_TYPE")
    if only is not None:
        from stepdsl import documented_types

        others = documented_types().keys() - {only}
        items[:] = [item for item in items if others.isdisjoint(item.name.partition("[")[2].rstrip("]").split("-"))]


def pytest_collection_finish() -> None:
    """Leave the collected tests out of garbage collection: they are many, they stay, and they make it slow."""
    find(none(), lambda _: True)  # at its first use, an older hypothesis looks for objects that would be left out
    gc.collect()
    gc.freeze()
