"""What is refused in the whole API: every message whole; and the tags and keys by which its types are known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stepdsl import (
    AllOfSchema,
    AnyAvatarContent,
    AnyIcon,
    AnyMedia,
    AnySearchResult,
    ArraySchema,
    Behavior,
    BlobSchema,
    ConstSchema,
    DecisionLayout,
    Icon,
    InvalidValueError,
    LaunchConfig,
    Layout,
    ModalResponseBody,
    PersistAsync,
    RefreshOnChange,
    Schema,
    SearchInitialState,
    SearchResponse,
    SearchResponseBody,
    SearchResult,
    Step,
    StringSchema,
    SubflowResponseBody,
    Suggestions,
    Summary,
    Toolbar,
    UnknownAvatarContent,
    UnknownBehavior,
    UnknownIcon,
    UnknownLaunchConfig,
    UnknownLayout,
    UnknownMedia,
    UnknownSchema,
    UnknownSearchInitialState,
    UnknownSearchResponse,
    UnknownSearchResult,
    dumps,
    from_dict,
    loads,
)
from tests.models import CONCRETE, UNIONS
from tests.wire.samples import samples
from tests.wire.test_refusals import Problems, problems

ADD = ("addItemTitle", "missing")
EDIT = ("editItemTitle", "missing")

REFUSED: list[tuple[str, Any, Problems]] = [
    # arrays: neither one schema nor several
    ('{"type":"array"}', Schema, [("items", "missing"), ADD, EDIT]),
    ('{"type":"array","items":null}', Schema, [("items", "missing"), ADD, EDIT]),
    ('{"type":"array","items":"x"}', Schema, [("items", 'expected an object, got "x"'), ADD, EDIT]),
    ('{"type":"array","items":5,"addItemTitle":"a","editItemTitle":"e"}', Schema,
     [("items", "expected an object, got 5")]),
    ('{"type":"array","items":true,"addItemTitle":1,"editItemTitle":"e"}', Schema,
     [("items", "expected an object, got true"), ("addItemTitle", "expected a string, got 1")]),
    ('{"type":"array","items":{"type":"string"}}', Schema, [ADD, EDIT]),
    ('{"type":"array","items":{"type":5}}', Schema, [("items.type", "expected a string, got 5"), ADD, EDIT]),
    ('{"type":"array","items":[null,"x",[],{"type":"integer","minimum":"0"}]}', Schema,
     [("items[0]", "expected an object, got null"), ("items[1]", 'expected an object, got "x"'),
      ("items[2]", "expected an object, got an array"), ("items[3].minimum", 'expected an integer, got "0"')]),
    ('{"type":"array","items":[]}', ArraySchema.List,
     [("items", "expected an object, got an array"), ADD, EDIT]),
    ('{"type":"array","items":{}}', ArraySchema.Tuple, [("items", "expected an array, got an object")]),
    ('{"type":"array"}', ArraySchema.Tuple, [("items", "missing")]),
    ('{"type":"object","items":[]}', ArraySchema.Tuple, [("type", 'expected "array", got "object"')]),
    # schemas that a property distinguishes
    ('{"allOf":{}}', Schema, [("allOf", "expected an array, got an object")]),
    ('{"allOf":null,"title":5}', Schema, [("title", "expected a string, got 5"), ("allOf", "missing")]),
    ('{"oneOf":null,"allOf":null,"newer":1}', Schema, [("oneOf", "missing")]),
    ('{"oneOf":[{"const":1,"summary":[]}],"autocompleteHint":[1]}', Schema,
     [("oneOf[0].summary", "expected an object, got an array"), ("autocompleteHint[0]", "expected a string, got 1")]),
    # icons
    ("[]", AnyIcon, [("", "expected an object, got an array")]),
    ('"bank"', AnyIcon, [("", 'expected an object, got "bank"')]),
    ('{"name":5}', AnyIcon, [("name", "expected a string, got 5")]),
    ('{"text":null}', AnyIcon, [("text", "missing")]),
    ('{"text":null,"name":null}', AnyIcon, [("name", "missing")]),
    ('{"text":"x"}', Icon.Named, [("name", "missing")]),
    # media
    ("{}", AnyMedia, [("type", "missing")]),
    ('{"uri":"urn:x"}', AnyMedia, [("type", "missing")]),
    ('{"type":"image"}', AnyMedia, [("uri", "missing")]),
    ('{"type":"avatar"}', AnyMedia, [("content", "missing")]),
    ('{"type":"avatar","content":{"type":"uri","uri":"urn:x"}}', AnyMedia,
     [("content", "expected an array, got an object")]),
    ('{"type":"avatar","content":[{},{"type":"uri"},{"type":"text","text":1},{"uri":"urn:x"},null]}', AnyMedia,
     [("content[0].type", "missing"), ("content[1].uri", "missing"), ("content[2].text", "expected a string, got 1"),
      ("content[3].type", "missing"), ("content[4]", "expected an object, got null")]),
    ('{"type":null,"text":"x"}', AnyAvatarContent, [("type", "missing")]),
    # images
    ('{"type":"string","image":"/a.png"}', Schema, [("image", 'expected an object, got "/a.png"')]),
    ('{"type":"string","image":[{"url":"/"}]}', Schema, [("image", "expected an object, got an array")]),
    ('{"type":"string","image":{"url":5,"size":1}}', Schema,
     [("image.url", "expected a string, got 5"), ("image.size", "expected a string, got 1")]),
    ('{"defaultImage":7,"defaultIcon":{"name":1},"defaultMedia":{},"providesTitle":"yes"}', Summary.Summariser,
     [("defaultImage", "expected an object, got 7"), ("defaultIcon.name", "expected a string, got 1"),
      ("defaultMedia.type", "missing"), ("providesTitle", 'expected true or false, got "yes"')]),
    # search
    ("{}", SearchResponseBody, [("results", "missing")]),
    ("{}", SearchResponse, [("type", "missing")]),
    ('{"results":[]}', SearchResponse, [("type", "missing")]),
    ('{"type":"results","layout":[]}', SearchResponse, [("results", "missing")]),
    ('{"type":"layout","layout":{}}', SearchInitialState, [("layout", "expected an array, got an object")]),
    (
        '{"results":[{"type":"action"},{"type":"search","title":"x","value":{"url":"/"}},{"title":"x"},'
        '{"type":"action","title":"x","value":{"timeout":"1"},"icon":[],"media":{"type":"image"}}]}',
        SearchResponseBody,
        [
            ("results[0].title", "missing"),
            ("results[0].value", "missing"),
            ("results[1].value.method", "missing"),
            ("results[1].value.param", "missing"),
            ("results[1].value.query", "missing"),
            ("results[2].type", "missing"),
            ("results[3].value.timeout", 'expected an integer, got "1"'),
            ("results[3].icon", "expected an object, got an array"),
            ("results[3].media.uri", "missing"),
        ],
    ),
    # behaviors and responses
    ('{"type":"link"}', Behavior, [("url", "missing")]),
    ('{"type":"copy","content":["x"]}', Behavior, [("content", "expected a string, got an array")]),
    ('{"type":"modal","content":[{"type":"heading"}]}', Behavior, [("content[0].text", "missing")]),
    ('{"type":"subflow"}', Behavior, [("launchConfig", "missing"), ("referrerId", "missing")]),
    (
        '{"launchConfig":{"type":"native"},"onCompletion":{"type":"action"},"onError":{}}',
        SubflowResponseBody,
        [
            ("launchConfig.id", "missing"),
            ("onCompletion.action", "missing"),
            ("onError.type", "missing"),
            ("referrerId", "missing"),
        ],
    ),
    ('{"id":"scan"}', LaunchConfig, [("type", "missing")]),
    ("{}", ModalResponseBody, [("content", "missing")]),
    ('{"content":"x"}', ModalResponseBody, [("content", 'expected an array, got "x"')]),
    # features
    ('{"schema":{"type":"blob","maxSize":1.5},"method":5}', PersistAsync,
     [("schema.maxSize", "expected an integer, got 1.5"), ("method", "expected a string, got 5"),
      ("idProperty", "missing"), ("param", "missing"), ("url", "missing")]),
    ('{"label":"x"}', Suggestions.Value, [("value", "missing")]),
    ('{"values":[{"label":"x","value":1},{"value":[1e999]},{"label":null,"value":null}]}', Suggestions,
     [("values[1].value[0]", "expected a finite number, got inf"), ("values[1].label", "missing"),
      ("values[2].label", "missing")]),
    ('{"items":[{"type":"link","behavior":{"type":"dismiss"}},{"title":"x"}]}', Toolbar,
     [("items[0].type", 'expected "button", got "link"'), ("items[1].behavior", "missing")]),
    ('{"type":"blob","accepts":"image/*","source":["file"],"cameraConfig":{"a":[1e999]}}', Schema,
     [("accepts", 'expected an array, got "image/*"'), ("source", "expected a string, got an array"),
      ("cameraConfig.a[0]", "expected a finite number, got inf")]),
    # deep in a step
    (
        '{"schemas":[{"type":"object","properties":{"iban":{"type":"string","validationAsync":{"param":"iban",'
        '"url":"/"},"persistAsync":{"idProperty":"id","param":"p","url":"/","schema":{"type":"array",'
        '"items":[{"type":"number","default":"1"}]}}},"family":{"type":"array","items":{"type":"object",'
        '"properties":{"pets":{"allOf":[{"type":"array","items":{"oneOf":5}}]}}},"addItemTitle":"a",'
        '"editItemTitle":"e","summary":{"defaultMedia":{"type":"avatar","content":[{"type":"uri"}]}}}}}]}',
        Step,
        [
            ("schemas[0].properties.iban.validationAsync.method", "missing"),
            ("schemas[0].properties.iban.persistAsync.schema.items[0].default", 'expected a number, got "1"'),
            ("schemas[0].properties.family.items.properties.pets.allOf[0].items.oneOf",
             "expected an array, got 5"),
            ("schemas[0].properties.family.items.properties.pets.allOf[0].addItemTitle", "missing"),
            ("schemas[0].properties.family.items.properties.pets.allOf[0].editItemTitle", "missing"),
            ("schemas[0].properties.family.summary.defaultMedia.content[0].uri", "missing"),
        ],
    ),
    (
        '{"layout":[{"type":"tabs","items":[{"title":"x","components":[{"type":"section","components":[{"type":"list",'
        '"items":[{"title":"x","supportingValues":{"value":1}},{}]}],"callToAction":{"title":"x"}}]},{"title":"y"}]},'
        '{"type":"modal","trigger":{},"content":{"components":[{"type":"media","media":{"type":"image"}}]}},'
        '{"type":"decision","options":[{"title":"x"},{"title":"y","behavior":{"type":"subflow","referrerId":"r",'
        '"launchConfig":{}}}]},{"type":"review","fields":[{"label":"x","help":{}}],"callToAction":{"title":"x"}},'
        '{"type":"status-list","items":[{"title":"x"}]},{"type":"instructions","items":[{"text":"x"}]},'
        '{"type":"search","title":"x","method":"GET","url":"/","param":"q","initialState":{"type":"results"}},'
        '{"type":"form"},{"type":"divider","margin":2}],"toolbar":{"items":[{"behavior":{}}]}}',
        Step,
        [
            ("layout[0].items[0].components[0].components[0].items[0].supportingValues.value",
             "expected a string, got 1"),
            ("layout[0].items[0].components[0].components[0].items[1].title", "missing"),
            ("layout[0].items[0].components[0].callToAction.behavior", "missing"),
            ("layout[0].items[1].components", "missing"),
            ("layout[1].trigger.title", "missing"),
            ("layout[1].content.components[0].media.uri", "missing"),
            ("layout[2].options[0]", "missing: action or behavior"),
            ("layout[2].options[1].behavior.launchConfig.type", "missing"),
            ("layout[3].fields[0].help.markdown", "missing"),
            ("layout[3].fields[0].value", "missing"),
            ("layout[3].callToAction", "missing: action or behavior"),
            ("layout[4].items[0].icon", "missing"),
            ("layout[5].items[0].context", "missing"),
            ("layout[6].initialState.results", "missing"),
            ("layout[7].schemaId", "missing"),
            ("layout[8].margin", "expected a string, got 2"),
            ("toolbar.items[0].behavior.type", "missing"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cls", "reported"), REFUSED, ids=[text[:60] for text, _, _ in REFUSED])
def test_all_problems_of_a_document_are_reported(text, cls, reported, library):
    assert problems(lambda: loads(text, cls)) == reported
    assert problems(lambda: from_dict(json.loads(text), cls)) == reported


@pytest.mark.parametrize("text", ["{}", '{"refreshUrl":"/"}', "[]", '{"x":1e999}'])
@pytest.mark.parametrize("cls", [RefreshOnChange.RefreshTrigger, RefreshOnChange.RefreshableStep])
def test_a_common_base_class_cannot_be_read(cls, text):
    for read in (lambda: loads(text, cls), lambda: from_dict(json.loads(text), cls)):
        with pytest.raises(TypeError) as caught:
            read()
        assert str(caught.value) == f"{cls.__qualname__} is a base class of several types; use one of these"


# -- what authors give ----------------------------------------------------------------------------------------------

GIVEN: list[tuple[Any, str]] = [
    (lambda: PersistAsync(id_property="id", param="p", schema=ConstSchema(), url="/", method=5),
     "PersistAsync.method: expected a string, got 5"),
    (lambda: Suggestions.Value(label="x"), "Suggestions.Value.value: missing"),
    (lambda: StringSchema(image=Icon.Named(name="x")),
     "StringSchema.image: expected an ImageLayout, got an Icon.Named"),
    (lambda: StringSchema(extra={"image": {"url": "/"}}),
     "StringSchema.extra.image: give image itself, as an ImageLayout"),
    (lambda: StringSchema(extra={"image": 5}), "StringSchema.extra.image: expected an ImageLayout, got 5"),
    (lambda: BlobSchema(source="scanner"),
     "BlobSchema.source: expected one of 'camera', 'file', got 'scanner'; did you mean 'camera'?"),
    (lambda: Icon.Text(text="x", extra={"name": "y"}), "Icon.Text.extra.name: makes it an Icon.Named; use that class"),
    (lambda: ConstSchema(value=1, extra={"allOf": 1}),
     "ConstSchema.extra.allOf: makes it an AllOfSchema; use that class"),
    (lambda: ConstSchema(value=None, extra={"oneOf": []}),
     "ConstSchema.extra.oneOf: makes it a OneOfSchema; use that class"),
    (lambda: AllOfSchema(schemas=[], extra={"oneOf": False}),
     "AllOfSchema.extra.oneOf: makes it a OneOfSchema; use that class"),
    (lambda: ArraySchema.Tuple(items=[], extra={"type": "tuple"}),
     "ArraySchema.Tuple.extra.type: the type of an ArraySchema.Tuple is always 'array'"),
    (lambda: DecisionLayout.Option(title="x", media=Icon.Named(name="x"), icon=UnknownMedia(type="x")),
     "DecisionLayout.Option.media: expected an AnyMedia, got an Icon.Named; "
     "DecisionLayout.Option.icon: expected an AnyIcon, got an UnknownMedia; "
     "DecisionLayout.Option: missing: action or behavior"),
    (lambda: SearchResult.Action(title="x", value=SearchResult.SearchRequest(method="", url="", param="", query="")),
     "SearchResult.Action.value: expected an Action, got a SearchResult.SearchRequest"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "reported"), GIVEN, ids=[reported[:60] for _, reported in GIVEN])
def test_a_wrong_argument_of_an_author_is_refused(make, reported):
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert str(caught.value) == reported


# -- tags and keys, by hand -----------------------------------------------------------------------------------------

TAGS: dict[Any, tuple[Any, dict[str, str]]] = {
    Layout: (
        UnknownLayout,
        {
            "alert": "AlertLayout",
            "box": "BoxLayout",
            "button": "ButtonLayout",
            "columns": "ColumnsLayout",
            "decision": "DecisionLayout",
            "divider": "DividerLayout",
            "form": "FormLayout",
            "heading": "HeadingLayout",
            "image": "ImageLayout",
            "instructions": "InstructionsLayout",
            "list": "ListLayout",
            "loading-indicator": "LoadingIndicatorLayout",
            "markdown": "MarkdownLayout",
            "media": "MediaLayout",
            "modal": "ModalLayout",
            "paragraph": "ParagraphLayout",
            "review": "ReviewLayout",
            "search": "SearchLayout",
            "section": "SectionLayout",
            "status-list": "StatusListLayout",
            "tabs": "TabsLayout",
        },
    ),
    Schema: (
        UnknownSchema,
        {
            "array": "ArraySchema.List",
            "blob": "BlobSchema",
            "boolean": "BooleanSchema",
            "integer": "IntegerSchema",
            "number": "NumberSchema",
            "object": "ObjectSchema",
            "string": "StringSchema",
        },
    ),
    Behavior: (
        UnknownBehavior,
        {
            "action": "ActionBehavior",
            "copy": "CopyBehavior",
            "dismiss": "DismissBehavior",
            "link": "LinkBehavior",
            "modal": "ModalBehavior",
            "refresh": "RefreshBehavior",
            "subflow": "SubflowBehavior",
        },
    ),
    AnyMedia: (UnknownMedia, {"avatar": "Media.Avatar", "image": "Media.Image"}),
    AnyAvatarContent: (
        UnknownAvatarContent,
        {"text": "Media.Avatar.Content.Text", "uri": "Media.Avatar.Content.Uri"},
    ),
    AnySearchResult: (UnknownSearchResult, {"action": "SearchResult.Action", "search": "SearchResult.Search"}),
    SearchResponse: (
        UnknownSearchResponse,
        {"layout": "SearchLayoutResponseBody", "results": "SearchResultsResponseBody"},
    ),
    SearchInitialState: (
        UnknownSearchInitialState,
        {"layout": "SearchInitialLayoutConfig", "results": "SearchInitialResultsConfig"},
    ),
    LaunchConfig: (UnknownLaunchConfig, {"native": "NativeLaunchConfig"}),
}
KEYS: dict[Any, tuple[Any, dict[str, str]]] = {
    Schema: (UnknownSchema, {"allOf": "an AllOfSchema", "const": "a ConstSchema", "oneOf": "a OneOfSchema"}),
    AnyIcon: (UnknownIcon, {"name": "an Icon.Named", "text": "an Icon.Text"}),
}
TAGGED = [(union, carrier, tag, name) for union, (carrier, known) in TAGS.items() for tag, name in known.items()]
KEYED = [(carrier, key, name) for carrier, known in KEYS.values() for key, name in known.items()]


@pytest.mark.parametrize(("union", "carrier", "tag", "name"), TAGGED)
def test_a_known_tag_is_read_as_its_type_and_refused_by_the_carrier(union, carrier, tag, name):
    for made in samples(name):
        assert type(made) is CONCRETE[name]
        assert type(from_dict(json.loads(dumps(made)), union)) is CONCRETE[name]
        assert json.loads(dumps(made))["type"] == tag
    with pytest.raises(InvalidValueError) as caught:
        carrier(type=tag, extra={"x": 1})
    assert str(caught.value) == f"{carrier.__qualname__}.type: {tag!r} is known: use {name}"


@pytest.mark.parametrize(("carrier", "key", "name"), KEYED)
def test_a_known_key_is_refused_by_the_carrier(carrier, key, name):
    with pytest.raises(InvalidValueError) as caught:
        carrier(extra={"x": 1, key: None})
    assert str(caught.value) == f"{carrier.__qualname__}.extra.{key}: makes it {name}; use that class"


def test_a_carrier_of_schemas_takes_keys_beside_a_tag():
    assert UnknownSchema(type="date", extra={"const": None}).extra == {"const": None}
    with pytest.raises(InvalidValueError) as caught:
        UnknownSchema(extra={"title": "x", "image": {"url": "/"}})
    assert str(caught.value) == ("UnknownSchema: neither a type nor a property that ConstSchema lacks: use that class")


def test_the_tables_have_all_unions_and_all_their_members():
    assert {union.__qualname__ for union in {**TAGS, **KEYS}} == set(UNIONS)
    by_hand = {name for _, _, _, name in TAGGED} | {name.split(" ")[1] for _, _, name in KEYED} | {"ArraySchema.Tuple"}
    members = {name for name, cls in CONCRETE.items() if any(issubclass(cls, union) for union in UNIONS.values())}
    assert by_hand == members


# -- carriers -------------------------------------------------------------------------------------------------------

CARRIED = [
    *((union, carrier(type="unheard-of"), '{"type":"unheard-of"}') for union, (carrier, _) in TAGS.items()),
    *(
        (union, carrier(type="", extra={"a": [None, {"b": -0.0}], "components": [{"type": 5}], "ü": "€"}),
         '{"type":"","a":[null,{"b":-0.0}],"components":[{"type":5}],"ü":"€"}')
        for union, (carrier, _) in TAGS.items()
    ),
    (AnyIcon, UnknownIcon(), "{}"),
    (AnyIcon, UnknownIcon(extra={"uri": "urn:a", "type": "uri"}), '{"uri":"urn:a","type":"uri"}'),
    (Schema, UnknownSchema(extra={"$ref": "#a", "title": None}), '{"$ref":"#a","title":null}'),
]  # fmt: skip


@pytest.mark.parametrize(("union", "carried", "text"), CARRIED, ids=[f"{u.__name__} {t[:30]}" for u, _, t in CARRIED])
def test_a_carrier_is_written_and_read_again(union, carried, text, library):
    assert dumps(carried) == text
    for cls in (union, type(carried)):
        read = loads(text, cls)
        assert type(read) is type(carried)
        assert read == carried
        assert from_dict(json.loads(text), cls) == carried


def test_the_table_has_the_carrier_of_each_union():
    carriers = {f"Unknown{name.removeprefix('Any')}" for name in UNIONS}
    assert {type(carried).__qualname__ for _, carried, _ in CARRIED} == carriers
