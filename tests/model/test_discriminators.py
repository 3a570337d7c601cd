"""Which member of a union a document is, by its tag or by the properties that it has; null counts as absent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stepdsl import (
    AllOfSchema,
    AnyIcon,
    BlobSchema,
    BooleanSchema,
    ConstSchema,
    Icon,
    ImageLayout,
    Layout,
    ObjectSchema,
    OneOfSchema,
    Schema,
    StringSchema,
    UnknownIcon,
    UnknownSchema,
    WireError,
    dumps,
    loads,
)
from stepdsl.core.unions import DISCRIMINATORS
from tests.model.refusal import refusal

TOLD: list[tuple[type[Any], dict[str, Any], str | None]] = [
    (Layout, {"type": "heading"}, "HeadingLayout"),
    (Layout, {"type": "chart"}, None),
    (Layout, {"type": None}, None),
    (Layout, {"type": 5}, None),
    (Layout, {}, None),
    (Schema, {"type": "array"}, "ArraySchema.List"),
    (Schema, {"type": "array", "items": {}}, "ArraySchema.List"),
    (Schema, {"type": "array", "items": None}, "ArraySchema.List"),
    (Schema, {"type": "array", "items": []}, "ArraySchema.Tuple"),
    (Schema, {"type": "array", "items": ()}, "ArraySchema.Tuple"),
    # object and array decide by themselves, all other types after oneOf, allOf and const
    (Schema, {"type": "object", "oneOf": []}, "ObjectSchema"),
    (Schema, {"type": "array", "allOf": []}, "ArraySchema.List"),
    (Schema, {"type": "array", "items": [], "const": []}, "ArraySchema.Tuple"),
    (Schema, {"type": "string", "oneOf": []}, "OneOfSchema"),
    (Schema, {"type": "integer", "oneOf": []}, "OneOfSchema"),
    (Schema, {"type": "object", "allOf": [], "oneOf": []}, "ObjectSchema"),
    (Schema, {"type": "string", "allOf": []}, "AllOfSchema"),
    (Schema, {"type": "boolean", "const": False}, "ConstSchema"),
    (Schema, {"type": "choice", "oneOf": []}, "OneOfSchema"),
    (Schema, {"type": 5, "const": 1}, "ConstSchema"),
    (Schema, {"type": ["string", "null"], "oneOf": []}, "OneOfSchema"),
    (Schema, {"type": ["string", "null"]}, None),
    # null decides nothing where a type does
    (Schema, {"type": "string", "oneOf": None, "const": None}, "StringSchema"),
    (Schema, {"type": "choice", "const": None}, None),
    (Schema, {"type": "heading", "": []}, None),
    (Schema, {"oneOf": []}, "OneOfSchema"),
    (Schema, {"allOf": []}, "AllOfSchema"),
    (Schema, {"const": 1}, "ConstSchema"),
    (Schema, {"const": False}, "ConstSchema"),
    (Schema, {"type": None, "const": 1}, "ConstSchema"),
    # the first one of oneOf, allOf and const counts
    (Schema, {"const": 1, "allOf": [], "oneOf": []}, "OneOfSchema"),
    (Schema, {"const": 1, "allOf": []}, "AllOfSchema"),
    # null is there only if nothing else is
    (Schema, {"oneOf": [], "allOf": None, "const": None}, "OneOfSchema"),
    (Schema, {"allOf": None, "const": 1}, "ConstSchema"),
    (Schema, {"const": None}, "ConstSchema"),
    (Schema, {"allOf": None, "const": None, "oneOf": None}, "ConstSchema"),
    (Schema, {"allOf": None, "oneOf": None}, "OneOfSchema"),
    (Schema, {"oneOf": None, "title": "x"}, "OneOfSchema"),
    # a constant can lack its value
    (Schema, {}, "ConstSchema"),
    (Schema, {"title": "x", "type": None}, "ConstSchema"),
    (Schema, {"title": "x", "anyOf": []}, None),
    (AnyIcon, {"name": "x"}, "Icon.Named"),
    (AnyIcon, {"text": "x", "type": "name"}, "Icon.Text"),
    (AnyIcon, {"name": "x", "text": "y"}, "Icon.Named"),
    (AnyIcon, {"name": None, "text": "y"}, "Icon.Text"),
    (AnyIcon, {"name": None}, "Icon.Named"),
    (AnyIcon, {"uri": "x"}, None),
    (AnyIcon, {}, None),
]


@pytest.mark.parametrize(("union", "document", "name"), TOLD, ids=[f"{u.__name__} {d}" for u, d, _ in TOLD])
def test_a_document_is_read_as_this_member(union, document, name):
    assert DISCRIMINATORS[union](document) == name


NULLS: list[tuple[str, type[Any], Any]] = [
    (
        '{"oneOf":[{"const":1}],"allOf":null,"const":null}',
        Schema,
        OneOfSchema(schemas=[ConstSchema(value=1)], extra={"allOf": None, "const": None}),
    ),
    ('{"const":null,"oneOf":null}', Schema, ConstSchema(value=None, extra={"oneOf": None})),
    ('{"text":"MM","name":null}', AnyIcon, Icon.Text(text="MM", extra={"name": None})),
    (
        '{"const":1,"image":{"url":null,"uri":"urn:x"}}',
        Schema,
        ConstSchema(value=1, extra={"image": {"url": None, "uri": "urn:x"}}),
    ),
]


@pytest.mark.parametrize(("text", "union", "made"), NULLS, ids=[text for text, _, _ in NULLS])
def test_null_of_another_discriminator_is_kept(text, union, made):
    assert loads(text, union) == made
    assert dumps(made) == text
    assert loads(dumps(made), union) == made


def test_a_member_without_its_required_property_is_refused():
    for text, reported in {
        '{"oneOf":null}': "oneOf: missing",
        '{"allOf":null,"oneOf":null}': "oneOf: missing",
        '{"oneOf":5,"type":"string"}': "oneOf: expected an array, got 5",
        '{"image":{"url":1},"const":1}': "image.url: expected a string, got 1",
    }.items():
        with pytest.raises(WireError) as caught:
            loads(text, Schema)
        assert str(caught.value) == reported


MISTAKEN: list[tuple[Any, str]] = [
    (
        lambda: AllOfSchema(schemas=[], extra={"oneOf": []}),
        "AllOfSchema.extra.oneOf: makes it a OneOfSchema; use that class",
    ),
    (
        lambda: ConstSchema(value=0, extra={"allOf": [], "x": 1}),
        "ConstSchema.extra.allOf: makes it an AllOfSchema; use that class",
    ),
    (
        lambda: StringSchema(extra={"oneOf": []}),
        "StringSchema.extra.oneOf: makes it a OneOfSchema; use that class",
    ),
    (
        lambda: BooleanSchema(title="x", extra={"const": False}),
        "BooleanSchema.extra.const: makes it a ConstSchema; use that class",
    ),
    (
        lambda: OneOfSchema(schemas=[], extra={"type": "object"}),
        "OneOfSchema.extra.type: makes it an ObjectSchema; use that class",
    ),
    (
        lambda: ConstSchema(value=1, extra={"type": "array", "items": []}),
        "ConstSchema.extra.type: makes it an ArraySchema.Tuple; use that class",
    ),
    (
        lambda: ConstSchema(value=None, extra={"type": "string"}),
        "ConstSchema.extra.type: makes it a StringSchema; use that class",
    ),
    (
        lambda: ConstSchema(value=None, extra={"type": "choice"}),
        "ConstSchema.extra.type: makes it an UnknownSchema; use that class",
    ),
    (
        lambda: ConstSchema(value=None, extra={"oneOf": []}),
        "ConstSchema.extra.oneOf: makes it a OneOfSchema; use that class",
    ),
    (lambda: Icon.Text(text="x", extra={"name": "y"}), "Icon.Text.extra.name: makes it an Icon.Named; use that class"),
    (lambda: UnknownIcon(extra={"name": None}), "UnknownIcon.extra.name: makes it an Icon.Named; use that class"),
    (
        lambda: UnknownSchema(extra={"const": None, "oneOf": None}),
        "UnknownSchema.extra.const: makes it a ConstSchema; use that class",
    ),
]


@pytest.mark.parametrize(("make", "reported"), MISTAKEN, ids=[reported for _, reported in MISTAKEN])
def test_an_extra_property_does_not_make_it_another_type(make, reported):
    assert refusal(make) == reported


def test_an_extra_property_that_changes_nothing_is_accepted():
    assert OneOfSchema(schemas=[], extra={"const": 1, "allOf": []}).extra == {"const": 1, "allOf": []}
    assert AllOfSchema(schemas=[], extra={"const": 1, "oneOf": None}).extra == {"const": 1, "oneOf": None}
    assert StringSchema(extra={"oneOf": None}).extra == {"oneOf": None}
    assert ObjectSchema(properties={}, extra={"oneOf": [], "const": 1}).extra == {"oneOf": [], "const": 1}
    assert ConstSchema(value=1, extra={"type": "string"}).extra == {"type": "string"}
    assert ConstSchema(value=1, extra={"type": None}).extra == {}
    assert Icon.Named(name="x", extra={"text": "y"}).extra == {"text": "y"}
    assert ConstSchema(value=1, extra={"image": {"url": None}}).extra == {"image": {"url": None}}
    assert ImageLayout(url="x", extra={"uri": "y"}).extra == {"uri": "y"}


BESIDE: list[tuple[str, Any]] = [
    (
        '{"type":"string","oneOf":[{"const":"a"}]}',
        OneOfSchema(schemas=[ConstSchema(value="a")], extra={"type": "string"}),
    ),
    ('{"type":"boolean","const":false}', ConstSchema(value=False, extra={"type": "boolean"})),
    ('{"type":"string","title":"x","allOf":[]}', AllOfSchema(title="x", schemas=[], extra={"type": "string"})),
    ('{"type":7,"const":1,"newer":2}', ConstSchema(value=1, extra={"type": 7, "newer": 2})),
]


@pytest.mark.parametrize(("text", "made"), BESIDE, ids=[text for text, _ in BESIDE])
def test_a_type_beside_a_discriminating_property_is_kept_and_written_first(text, made):
    read = loads(text, Schema)
    assert read == made
    assert (dumps(read), list(dict(read))) == (text, list(json.loads(text)))
    assert loads(text, type(made)) == made


def test_a_schema_is_read_the_same_whatever_was_read_before():
    """The reader of a tag is looked up once; a document that another property decides does not count."""
    texts = ['{"type":"blob","oneOf":[]}', '{"type":"blob"}', '{"type":"blob","const":1}', '{"type":"blob"}']
    assert [type(loads(text, Schema)) for text in texts] == [OneOfSchema, BlobSchema, ConstSchema, BlobSchema]


OTHERS: list[tuple[str, type[Any], str]] = [
    ('{"type":"string","oneOf":[]}', StringSchema, "oneOf: makes it a OneOfSchema; use that class"),
    ('{"oneOf":[],"allOf":[]}', AllOfSchema, "oneOf: makes it a OneOfSchema; use that class"),
    ('{"type":"object","const":1}', ConstSchema, "type: makes it an ObjectSchema; use that class"),
    ('{"name":"x","text":"y"}', Icon.Text, "name: makes it an Icon.Named; use that class"),
]


@pytest.mark.parametrize(("text", "cls", "reported"), OTHERS, ids=[text for text, _, _ in OTHERS])
def test_a_document_of_another_member_is_refused(text, cls, reported):
    with pytest.raises(WireError) as caught:
        loads(text, cls)
    assert str(caught.value) == reported
