"""Forms of 10 to 10,000 fields, and what is done with them."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Mapping

from stepdsl import Step, dumps, loads
from tests.test_sizes import form_by_blocks, form_by_constructors

SIZES = (10, 100, 1_000, 10_000)


def form_by_keywords(fields: int) -> Step:
    with Step.build(id="large", title="Large") as step:
        with step.schemas() as schemas, schemas.obj(id="#form") as form, form.properties() as properties:
            for number in range(fields):
                properties.string(f"field{number}", title=f"Field {number}", max_length=number)
    return step.built


def _dump(fields: int) -> Callable[[], str]:
    form = form_by_constructors(fields)
    return lambda: dumps(form)


def _load(fields: int) -> Callable[[], Step]:
    data = dumps(form_by_constructors(fields)).encode()
    return lambda: loads(data)


WORK: Mapping[str, Callable[[int], Callable[[], object]]] = {
    "constructors": lambda fields: lambda: form_by_constructors(fields),
    "keywords": lambda fields: lambda: form_by_keywords(fields),
    "blocks": lambda fields: lambda: form_by_blocks(fields),
    "dumps": _dump,
    "loads": _load,
}
"""By name: what prepares the work on a form of so many fields, and returns it."""


def peak(work: Callable[[], object]) -> int:
    """The most bytes that are held at a time while the work is done, its result among them."""
    work()  # whatever is made on first use is there
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
