"""What `validate` costs, beside jsonschema-rs alone; `python -m tests.benchmarks.report` has the ratio."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.validation import VALUES, works


@pytest.mark.parametrize("subject", ["stepdsl", "jsonschema-rs"])
@pytest.mark.parametrize("values", VALUES)
def test_validation(benchmark: BenchmarkFixture, values: str, subject: str) -> None:
    benchmark.group = f"validate: {values}"
    validated, alone = works(VALUES[values]())
    benchmark(validated if subject == "stepdsl" else alone)
