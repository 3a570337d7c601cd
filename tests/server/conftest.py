"""The example applications, each served by a real server for as long as the tests of a module need it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.server.serving import NAMES, SERVERS, example


@pytest.fixture(scope="module")
def urls() -> Iterator[dict[str, str]]:
    """Where each example is served."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(SERVERS[name](example(name).app)) for name in NAMES}
