"""What forms of 10 to 10,000 fields cost; `python -m tests.benchmarks.report` has the cost of one field in each."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.sizes import SIZES, WORK, peak


@pytest.mark.parametrize("fields", SIZES)
@pytest.mark.parametrize("work", WORK)
def test_size(benchmark: BenchmarkFixture, work: str, fields: int) -> None:
    benchmark.group = f"{work}: forms of {', '.join(f'{size:,}' for size in SIZES)} fields"
    benchmark(WORK[work](fields))


@pytest.mark.parametrize("work", WORK)
def test_a_field_needs_no_more_memory_in_a_large_form(work: str) -> None:
    """Not the same: tables and buffers grow by doubling, so up to half of each may be free."""
    of_field = {fields: peak(WORK[work](fields)) / fields for fields in (100, 10_000)}
    assert of_field[10_000] <= 2 * of_field[100]
