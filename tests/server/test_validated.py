"""Submissions that are checked against their step."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from stepdsl import ArraySchema, IntegerSchema, InvalidValueError, ObjectSchema, Step, StringSchema, server
from stepdsl.server import SubmissionError
from stepdsl.server.submissions import Body

TEXT = StringSchema(max_length=5)
STEP = Step(
    id="details",
    schemas=[
        ObjectSchema(
            properties={
                "name": TEXT,
                "age": IntegerSchema(minimum=18),
                "address": ObjectSchema(properties={"city": TEXT}, required=["city"]),
                "pets": ArraySchema.List(items=TEXT, add_item_title="Add", edit_item_title="Edit"),
            },
            required=["name", "address"],
        )
    ],
)


def test_a_valid_submission_is_cut_to_what_the_schemas_describe():
    values = {"name": "Ada", "age": None, "address": {"city": "Rome", "x": 1}, "pets": ["Rex"], "admin": True}
    assert server.validated(STEP, values) == {
        "name": "Ada",
        "age": None,
        "address": {"city": "Rome"},
        "pets": ["Rex"],
    }
    assert values["admin"] is True


@pytest.mark.parametrize(
    ("values", "messages", "reason"),
    [
        ({"name": "Ada", "address": {}}, {"address.city": "Fill in this field."}, "invalid value: address.city"),
        (
            {"name": "Augusta", "address": {"city": "Rome"}, "age": 3},
            {"name": "Enter at most 5 characters.", "age": "Enter 18 or more."},
            "invalid values: name, age",
        ),
        (
            {"age": 3, "pets": [1, "Rex", 2]},
            {
                "name": "Fill in this field.",
                "age": "Enter 18 or more.",
                "address.city": "Fill in this field.",
                "pets[0]": "Enter a text.",
                "pets[2]": "Enter a text.",
            },
            "invalid values: name, age, address.city and 2 more",
        ),
    ],
)
def test_an_invalid_submission_is_answered_with_its_messages(values: Any, messages: dict[str, str], reason: str):
    with pytest.raises(SubmissionError) as refused:
        server.validated(STEP, values)
    assert (refused.value.status, refused.value.validation) == (422, messages)
    assert str(refused.value) == refused.value.reason == reason
    assert refused.value.response == server.error(validation=messages)
    assert pickle.loads(pickle.dumps(refused.value)).response == refused.value.response


def test_the_reason_is_short_and_on_one_line():
    step = Step(schemas=[ObjectSchema(properties={"a\n" + "b" * 90: TEXT})])
    with pytest.raises(SubmissionError) as refused:
        server.validated(step, {"a\n" + "b" * 90: 1})
    assert str(refused.value) == "invalid value: a " + "b" * 55 + "…"


def test_the_texts_can_be_translated():
    with pytest.raises(SubmissionError) as refused:
        server.validated(
            STEP, {"name": "Augusta", "address": {"city": "Rome"}}, messages={"maxLength": "Max. {limit}."}
        )
    assert refused.value.response.json == {"validation": {"name": "Max. 5."}}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (None, "expected a JSON object, got null"),
        ([], "expected a JSON object, got an array"),
        ("name=x", 'expected a JSON object, got "name=x"'),
        (5, "expected a JSON object, got 5"),
        (True, "expected a JSON object, got true"),
        (b"{}", "expected a JSON object, got a bytes"),
        ({"a": [float("nan")]}, "a[0]: expected a finite number, got nan"),
        ({"a": 2**64}, "a: expected an integer of at most 64 bits, got 18446744073709551616"),
        ({"a": {1, 2}}, "a: expected a JSON value, got a set"),
    ],
)
def test_anything_but_a_json_object_is_answered_with_400(values: Any, reason: str):
    with pytest.raises(SubmissionError) as refused:
        server.validated(STEP, values)
    assert (refused.value.status, refused.value.validation, str(refused.value)) == (400, None, reason)
    assert refused.value.response == server.error(reason, status=400)


def test_a_long_reason_is_cut():
    with pytest.raises(SubmissionError) as refused:
        server.validated(STEP, {f"field{number}": {1} for number in range(100)})
    assert len(str(refused.value)) == 500


@pytest.mark.parametrize(
    "body",
    [
        b'{"name": "Ada", "address": {"city": "x"}}',
        b"[1.5, null, true]",
        '"ä"'.encode(),
        b"0",
        b"null",
        b"[" * 60 + b"]" * 60,
        b'{"name":' * 60 + b"1" + b"}" * 60,
        b'{"pets": [' + b"1," * 20_000 + b"1]}",
        b'{"address": [], "pets": {}, "age": 1e300}',
    ],
)
def test_every_body_that_can_be_read_has_an_answer(body: bytes):
    reader = Body(server.MAX_BYTES)
    reader.feed(body)
    submitted = reader.parse("application/json")
    if body.startswith(b'{"name": "Ada"'):
        assert server.validated(STEP, submitted) == submitted
        return
    with pytest.raises(SubmissionError) as refused:
        server.validated(STEP, submitted)
    assert refused.value.response.status == (422 if isinstance(submitted, dict) else 400)


wrong: Any = 5


def test_mistakes_of_the_caller_are_no_errors_of_the_submission():
    with pytest.raises(InvalidValueError) as refused:
        server.validated(wrong, {})
    assert str(refused.value) == "step: expected a Step, got 5"
    swapped: Any = {"name": "Ada"}, STEP
    with pytest.raises(InvalidValueError) as refused:
        server.validated(*swapped)
    assert str(refused.value) == "step: expected a Step, got a dict; write from_dict(…, Step)"
    with pytest.raises(InvalidValueError) as refused:
        server.validated(STEP, {}, messages={"patern": "x"})
    assert str(refused.value) == "messages.patern: no such keyword; did you mean 'pattern'?"
