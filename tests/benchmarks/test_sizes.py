"""What forms of 10 to 10,000 fields cost; `python -m tests.benchmarks.report` has the cost of one field in each."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.sizes import SIZES, WORK


@pytest.mark.parametrize("fields", SIZES)
@pytest.mark.parametrize("work", WORK)
def test_size(benchmark: BenchmarkFixture, work: str, fields: int) -> None:
    benchmark.group = f"{work}: forms of {', '.join(f'{size:,}' for size in SIZES)} fields"
    benchmark(WORK[work](fields))
