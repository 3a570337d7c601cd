from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.wire.libraries import LIBRARIES, json_library


@pytest.fixture(params=LIBRARIES)
def library(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of the JSON library in use: the test runs with each."""
    with json_library(request.param):
        yield request.param
