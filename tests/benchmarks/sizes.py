"""Forms of 10 to 10,000 fields, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stepdsl import Step, dumps, loads
from tests.test_sizes import form_by_blocks, form_by_constructors

SIZES = (10, 100, 1_000, 10_000)


def _dump(fields: int) -> Callable[[], str]:
    form = form_by_constructors(fields)
    return lambda: dumps(form)


def _load(fields: int) -> Callable[[], Step]:
    data = dumps(form_by_constructors(fields)).encode()
    return lambda: loads(data)


WORK: Mapping[str, Callable[[int], Callable[[], object]]] = {
    "constructors": lambda fields: lambda: form_by_constructors(fields),
    "blocks": lambda fields: lambda: form_by_blocks(fields),
    "dumps": _dump,
    "loads": _load,
}
"""By name: what prepares the work on a form of so many fields, and returns it."""
