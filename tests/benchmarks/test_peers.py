"""The pages of `peers.py`: whether they are of one size, and what they cost. Compare within one run only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.peers import PEERS, objects

STEP = {"heading": 1, "paragraph": 40, "form": 1, "object": 1, "string": 40, "no type": 1}
MODAL = {"modal": 1, "header": 1, "section": 40, "input": 40, "plain_text_input": 40}

EXPECTED: Mapping[str, Mapping[str, int]] = {
    "stepdsl constructors": STEP,
    "stepdsl keywords": STEP,
    # Texts: of the modal's title and its button, of the header, of sections and of inputs.
    "blockkit": {**MODAL, "plain_text": 83},
    "slackblocks": {**MODAL, "plain_text": 43, "mrkdwn": 40},
    # The heading is a text too; without a type are the card and its state.
    "pydivkit": {"container": 1, "text": 41, "input": 40, "no type": 2},
}
"""By peer: how many objects of each type its page has."""


@pytest.mark.parametrize("peer", PEERS)
def test_the_page_has_the_objects_that_it_should_have(peer: str) -> None:
    assert Counter(each.get("type", "no type") for each in objects(PEERS[peer]())) == EXPECTED[peer]


@pytest.mark.benchmark(group="author to bytes, 82 objects")
@pytest.mark.parametrize("peer", PEERS)
def test_author_to_bytes(benchmark: BenchmarkFixture, peer: str) -> None:
    benchmark(PEERS[peer])
