"""The example applications. A real server serves each of them during the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.server.serving import NAMES, SERVERS, example


@pytest.fixture(scope="module")
def urls() -> Iterator[dict[str, str]]:
    """The base URL of each example."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(SERVERS[name](example(name).app)) for name in NAMES}
