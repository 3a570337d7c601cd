"""Runs a test with each of the two JSON libraries."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import orjson

from stepdsl.wire import jsontext

LIBRARIES = ("orjson", "standard")


@contextlib.contextmanager
def json_library(name: str) -> Iterator[None]:
    """Let the wire use orjson, or do as if it were not installed."""
    kept = jsontext._orjson
    jsontext._orjson = orjson if name == "orjson" else None
    try:
        yield
    finally:
        jsontext._orjson = kept
