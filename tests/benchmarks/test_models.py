"""Build, write and read: stepdsl beside pydantic, msgspec and plain dicts. Compare within one run only.

Run with ``pytest -n 0 tests/benchmarks``, and once more with ``STEPDSL_NO_ORJSON=1`` for the figures without orjson.
"""

from __future__ import annotations

import json
import os

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.documents import DOCUMENTS, Subject

JSON = "json" if os.environ.get("STEPDSL_NO_ORJSON") else "orjson"

on_every_subject = pytest.mark.parametrize(
    ("document", "subject"),
    [
        pytest.param(document, subject, id=f"{document}-{name}")
        for document, subjects in DOCUMENTS.items()
        for name, subject in subjects.items()
    ],
)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_all_subjects_write_the_same_document(document: str) -> None:
    texts = {name: subject.dump(subject.build()) for name, subject in DOCUMENTS[document].items()}
    expected = json.loads(texts["dict + json"])
    assert {name: json.loads(text) for name, text in texts.items()} == dict.fromkeys(texts, expected)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_all_subjects_read_back_what_they_wrote(document: str) -> None:
    for name, subject in DOCUMENTS[document].items():
        built = subject.build()
        text = subject.dump(built)
        assert subject.load(text if isinstance(text, bytes) else text.encode()) == built, name


@on_every_subject
def test_build(benchmark: BenchmarkFixture, document: str, subject: Subject) -> None:
    benchmark.group = f"{document}: build"
    benchmark(subject.build)


@on_every_subject
def test_dump(benchmark: BenchmarkFixture, document: str, subject: Subject) -> None:
    benchmark.group = f"{document}: dump (stepdsl with {JSON})"
    benchmark(subject.dump, subject.build())


@on_every_subject
def test_build_and_dump(benchmark: BenchmarkFixture, document: str, subject: Subject) -> None:
    benchmark.group = f"{document}: build and dump (stepdsl with {JSON})"
    benchmark(lambda: subject.dump(subject.build()))


@on_every_subject
def test_load(benchmark: BenchmarkFixture, document: str, subject: Subject) -> None:
    benchmark.group = f"{document}: load (stepdsl with {JSON})"
    text = subject.dump(subject.build())
    benchmark(subject.load, text if isinstance(text, bytes) else text.encode())
