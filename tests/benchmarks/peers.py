"""The page of the tagged form, made with other libraries that author documents for a client: from the author to bytes.

Every page has 82 objects: the page itself, a heading, 40 texts and 40 text inputs. The docstring of each page says what
its vocabulary needs beside these. All pages are written by orjson. None of the libraries reads such a page, so there is
no `load`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import blockkit
import orjson
import pydivkit
import slackblocks

from stepdsl import dumps
from tests.benchmarks.tagged_form import (
    FIELDS,
    HEADING,
    MAX_LENGTH,
    MIN_LENGTH,
    NAMES,
    PARAGRAPHS,
    tagged_constructors,
    tagged_keywords,
)

TITLE = "A tagged form"
SUBMIT = "Send"  # a modal with inputs needs it


def _blockkit() -> bytes:
    """A modal, because a message has at most 50 blocks. Each text is an object, and so is the element in an input."""
    # `build` has no annotations, and mypy refuses to call such a function on anything but Any.
    modal: Any = blockkit.Modal(
        title=TITLE,
        submit=SUBMIT,
        blocks=[
            blockkit.Header(HEADING),
            *[blockkit.Section(text) for text in PARAGRAPHS],
            *[
                blockkit.Input(title, blockkit.PlainTextInput(name, min_length=MIN_LENGTH, max_length=MAX_LENGTH))
                for name, title in FIELDS
            ],
        ],
    )
    return orjson.dumps(modal.build())


def _slackblocks() -> bytes:
    """The same modal. The library gives an id to every block that has none."""
    modal = slackblocks.ModalView(
        title=TITLE,
        submit=SUBMIT,
        blocks=[
            slackblocks.HeaderBlock(HEADING),
            *[slackblocks.SectionBlock(text) for text in PARAGRAPHS],
            *[
                slackblocks.InputBlock(
                    title, slackblocks.PlainTextInput(name, min_length=MIN_LENGTH, max_length=MAX_LENGTH)
                )
                for name, title in FIELDS
            ],
        ],
    )
    return orjson.dumps(modal.to_dict())


def _pydivkit() -> bytes:
    """A card with a state and a container. There is no heading, which is a text here, and inputs have no min_length."""
    card = pydivkit.DivData(
        log_id="tagged",
        states=[
            pydivkit.DivDataState(
                state_id=0,
                div=pydivkit.DivContainer(
                    items=[
                        pydivkit.DivText(text=HEADING),
                        *[pydivkit.DivText(text=text) for text in PARAGRAPHS],
                        *[
                            pydivkit.DivInput(text_variable=name, hint_text=title, max_length=MAX_LENGTH)
                            for name, title in FIELDS
                        ],
                    ]
                ),
            )
        ],
    )
    return orjson.dumps(card.dict())


PEERS: Mapping[str, Callable[[], str | bytes]] = {
    "stepdsl constructors": lambda: dumps(tagged_constructors()),
    "stepdsl keywords": lambda: dumps(tagged_keywords()),
    "blockkit": _blockkit,
    "slackblocks": _slackblocks,
    "pydivkit": _pydivkit,
}
"""By name: what makes the page and writes it."""


def objects(text: str | bytes) -> list[dict[str, Any]]:
    """All objects of a JSON text, without what they hold; a map of properties is no object."""
    found: list[dict[str, Any]] = []
    json.loads(text, object_hook=found.append)
    return [each for each in found if each.keys().isdisjoint(NAMES)]
