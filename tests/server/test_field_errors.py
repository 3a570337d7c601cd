"""Errors of pydantic and FastAPI as messages for the fields of a form."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from stepdsl import InvalidValueError, server
from stepdsl.server import field_errors
from tests.strategies import moderate


def even(value: int) -> int:
    if value % 2:
        raise ValueError("Enter an even number.")
    return value


def asserted(value: str) -> str:
    if value == "x":
        raise AssertionError("Enter something else.")  # what an assert statement raises
    return value


class Card(BaseModel):
    kind: Literal["card"]
    number: str


class Bank(BaseModel):
    kind: Literal["bank"]
    iban: str = Field(min_length=2)


class Address(BaseModel):
    model_config = ConfigDict(extra="forbid")
    city: str = Field(max_length=5)
    zip_code: int | None = Field(None, alias="zipCode")


class Form(BaseModel):
    name: str = ""
    holder_name: str = Field("", alias="holderName", max_length=3)
    age: Annotated[int, AfterValidator(even)] = 0
    word: Annotated[str, AfterValidator(asserted)] = ""
    address: Address | None = None
    children: list[Address] = []
    amount: int | bool | list[int] = 0
    tagged: Annotated[Card | Bank, Field(discriminator="kind")] | None = None
    untagged: Card | Bank | None = None
    limits: dict[str, int] = {}
    body: str = ""

    @model_validator(mode="after")
    def check(self) -> Form:
        if self.name == "nobody":
            raise ValueError("Who are you?")
        return self


def error_of(values: Any, model: Any = Form) -> ValidationError:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(model).validate_python(values)
    return raised.value


def request_error(values: Any) -> RequestValidationError:
    """What FastAPI raises for the body of a request."""
    errors = [{**one, "loc": ("body", *one["loc"])} for one in error_of(values).errors()]
    return RequestValidationError(errors, body=values)


INTEGER = "Input should be a valid integer, unable to parse string as an integer"

TABLE: list[tuple[Any, dict[str, str]]] = [
    ({"name": 5}, {"name": "Input should be a valid string"}),
    ({"body": 5}, {"body": "Input should be a valid string"}),
    ({"holderName": "abcd"}, {"holderName": "String should have at most 3 characters"}),
    ({"age": 3}, {"age": "Enter an even number."}),
    ({"age": "x"}, {"age": INTEGER}),
    ({"word": "x"}, {"word": "Enter something else."}),
    ({"address": {}}, {"address.city": "Field required"}),
    ({"address": {"city": "London"}}, {"address.city": "String should have at most 5 characters"}),
    ({"address": {"city": "x", "zipCode": "x"}}, {"address.zipCode": INTEGER}),
    ({"address": {"city": "x", "more": 1}}, {"address.more": "Extra inputs are not permitted"}),
    ({"address": 5}, {"address": "Input should be a valid dictionary or instance of Address"}),
    (
        {"children": [{"city": "x"}, {}, {"city": 1}]},
        {"children[1].city": "Field required", "children[2].city": "Input should be a valid string"},
    ),
    # Unions: the names of members are no parts of the path.
    ({"amount": "x"}, {"amount": INTEGER}),
    ({"amount": [1, "x"]}, {"amount[1]": INTEGER}),
    ({"tagged": {"kind": "card"}}, {"tagged.number": "Field required"}),
    (
        {"tagged": {"kind": "cash"}},
        {"tagged": "Input tag 'cash' found using 'kind' does not match any of the expected tags: 'card', 'bank'"},
    ),
    ({"tagged": {}}, {"tagged": "Unable to extract tag using discriminator 'kind'"}),
    (
        {"untagged": {"kind": "bank", "iban": "x"}},
        {
            "untagged.kind": "Input should be 'card'",
            "untagged.number": "Field required",
            "untagged.iban": "String should have at least 2 characters",
        },
    ),
    ({"limits": {"a": "x", "b.c": "x", "it's": "x"}}, {"limits.a": INTEGER, "limits['b.c']": INTEGER,
                                                       'limits["it\'s"]': INTEGER}),
    ({"name": "nobody"}, {}),  # a message for the whole body has no path
    ([], {}),
]  # fmt: skip


@pytest.mark.parametrize(("values", "messages"), TABLE)
def test_the_errors_of_a_body_have_the_paths_of_fields(values: Any, messages: dict[str, str]):
    assert field_errors(request_error(values)) == messages
    assert field_errors(error_of(values), values) == messages
    assert server.error(validation=messages).status == 422


@pytest.mark.parametrize(
    ("values", "messages"),
    [
        *[row for row in TABLE if not row[0] or not {"amount", "tagged", "untagged"} & set(row[0])],
        ({"amount": "x"}, {"amount.int": INTEGER, "amount.bool": "Input should be a valid boolean, unable to "
                           "interpret input"}),
        ({"amount": [1, "x"]}, {"amount.int": "Input should be a valid integer", "amount.bool":
                                "Input should be a valid boolean"}),
        ({"tagged": {"kind": "card"}}, {"tagged.card.number": "Field required"}),
        ({"tagged": {}}, {"tagged": "Unable to extract tag using discriminator 'kind'"}),
    ],
)  # fmt: skip
def test_without_the_values_the_names_of_members_of_unions_stay(values: Any, messages: dict[str, str]):
    assert field_errors(error_of(values)) == messages
    assert server.error(validation=messages).status == 422


def test_what_pydantic_writes_for_validators_and_keys_is_no_part_of_a_path():
    checked = Annotated[int, AfterValidator(even)]
    error = error_of({"a": {"1": "x"}}, dict[str, dict[int, bool] | checked])
    assert [one["loc"] for one in error.errors()][1] == ("a", "function-after[even(), int]")
    assert field_errors(error_of({"a": "x"}, dict[str, checked | list[int]])) == {"a": INTEGER}
    assert field_errors(error_of({"a": {"x": True}}, dict[str, dict[int, bool]])) == {"a.x": INTEGER}


def test_a_message_for_a_value_is_left_out_if_its_parts_have_messages():
    errors = [
        {"loc": ("a",), "msg": "A", "type": "x"},
        {"loc": ("a", "b"), "msg": "B", "type": "x"},
        {"loc": ("a", "b"), "msg": "C", "type": "x"},
        {"loc": ("a", 0), "msg": "D", "type": "x"},
    ]

    class Error(Exception):
        def errors(self) -> list[dict[str, Any]]:
            return errors

    assert field_errors(Error()) == {"a.b": "B"}


def test_only_the_body_of_a_request_has_fields():
    errors = [
        {"loc": ("query", "page"), "msg": "A", "type": "x"},
        {"loc": ("header", "x-id"), "msg": "B", "type": "x"},
        {"loc": ("body",), "msg": "Field required", "type": "missing"},
        {"loc": ("body", 3), "msg": "JSON decode error", "type": "json_invalid"},
    ]
    assert field_errors(RequestValidationError(errors, body={"page": 1, "x-id": 1})) == {}
    assert field_errors(RequestValidationError(errors)) == {}


def test_a_lone_surrogate_in_a_text_is_replaced():
    errors = [{"loc": ("a",), "msg": "Value error, \ud800", "type": "value_error"}]
    assert field_errors(RequestValidationError([{**errors[0], "loc": ("body", "a")}], body={"a": 1})) == {"a": "?"}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, "None"),
        (5, "5"),
        (ValueError("x"), "a ValueError"),
        (ValidationError, "the class ValidationError"),
        (InvalidValueError("a", "b"), "an InvalidValueError"),
        (type("Errors", (), {"errors": ["x"]})(), "an Errors"),
        (type("Errors", (), {"errors": lambda self: 5})(), "an Errors"),
        (type("Errors", (), {"errors": lambda self: ["x"]})(), "an Errors"),
        (type("Errors", (), {"errors": lambda self: [{"msg": "x"}]})(), "an Errors"),
        (type("Errors", (), {"errors": lambda self: "x"})(), "an Errors"),
    ],
)
def test_other_objects_are_refused(given: Any, shown: str):
    with pytest.raises(TypeError) as refused:
        field_errors(given)
    assert str(refused.value) == (
        f"expected a ValidationError of pydantic or a RequestValidationError of FastAPI, got {shown}"
    )


names = st.sampled_from([*Form.model_fields, "holderName", "kind", "city", "iban", "'\"", "a.b", "\ud800"])
scalars = st.none() | st.booleans() | st.integers() | st.sampled_from(["", "x", "card", "nobody", "\ud800", 1.5])
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4))


@moderate
@given(values | st.dictionaries(names, values))
def test_server_error_takes_the_messages_of_every_error(given_values: Any):
    try:
        Form.model_validate(given_values)
    except ValidationError as error:
        server.error(validation=field_errors(error))
        server.error(validation=field_errors(error, given_values))
        server.error(validation=field_errors(request_error(given_values)))
