"""The discriminators of the whole API, and documents of both generations: no part of them is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stepdsl import (
    Action,
    ActionBehavior,
    AllOfSchema,
    AnyAvatarContent,
    AnyIcon,
    AnyMedia,
    AnySearchResult,
    ArraySchema,
    AutocompleteHint,
    AutocompleteToken,
    ButtonLayout,
    ConstSchema,
    DecisionLayout,
    DismissBehavior,
    HeadingLayout,
    Icon,
    ImageLayout,
    InstructionsLayout,
    IntegerSchema,
    LaunchConfig,
    LinkBehavior,
    Media,
    ModalResponseBody,
    NativeLaunchConfig,
    NoOpResponseBody,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    ParagraphLayout,
    PersistAsync,
    RefreshBehavior,
    Schema,
    SearchInitialLayoutConfig,
    SearchInitialResultsConfig,
    SearchInitialState,
    SearchLayout,
    SearchLayoutResponseBody,
    SearchResponse,
    SearchResponseBody,
    SearchResult,
    SearchResultsResponseBody,
    Step,
    StringSchema,
    SubflowBehavior,
    SubflowResponseBody,
    Suggestions,
    Summary,
    UnknownAvatarContent,
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
    to_dict,
)
from stepdsl.core.model import Model

DOCUMENTS = Path(__file__).parent / "documents"


def parts(value: object) -> Any:
    """An object and all of its parts at any depth."""
    if isinstance(value, Model):
        yield value
        value = value.__dict__
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
        yield from parts(part)


STRING, NUMBER, INTEGER = StringSchema(), NumberSchema(), IntegerSchema()


def list_of(items: Schema) -> ArraySchema.List:
    return ArraySchema.List(items=items, add_item_title="Add", edit_item_title="Edit")


def titles(items: str) -> str:
    """The text of a list of these items."""
    return f'{{"type":"array","items":{items},"addItemTitle":"Add","editItemTitle":"Edit"}}'


EE = SearchResult.Action(title="Estonia", value=Action(url="/ee"))
EE_TEXT = '{"type":"action","title":"Estonia","value":{"url":"/ee"}}'

# Each document is written as it was read.
READ: list[tuple[str, Any, Any]] = [
    # an array of one schema is a list, one of several a tuple
    (titles('{"type":"string"}'), Schema, list_of(STRING)),
    (titles('{"const":1}'), Schema, list_of(ConstSchema(value=1))),
    (titles('{"type":"date"}'), Schema, list_of(UnknownSchema(type="date"))),
    (titles("{}"), Schema, list_of(ConstSchema())),
    ('{"type":"array","items":[]}', Schema, ArraySchema.Tuple(items=[])),
    ('{"type":"array","items":[{"type":"string"}]}', Schema, ArraySchema.Tuple(items=[STRING])),
    (
        '{"type":"array","items":[{"type":"number"},{"type":"integer"}]}',
        Schema,
        ArraySchema.Tuple(items=[NUMBER, INTEGER]),
    ),
    # a tuple does not have the properties of lists, nor a list those of tuples
    (
        titles('[{"type":"string"}]'),
        Schema,
        ArraySchema.Tuple(items=[STRING], extra={"addItemTitle": "Add", "editItemTitle": "Edit"}),
    ),
    ('{"type":"array","items":[],"maxItems":2}', Schema, ArraySchema.Tuple(items=[], extra={"maxItems": 2})),
    # one in the other
    (titles(titles('{"type":"string"}')), Schema, list_of(list_of(STRING))),
    (titles('{"type":"array","items":[{"type":"string"}]}'), Schema, list_of(ArraySchema.Tuple(items=[STRING]))),
    (
        f'{{"type":"array","items":[{titles("{}")},{{"type":"array","items":[{titles("{}")}]}}]}}',
        Schema,
        ArraySchema.Tuple(items=[list_of(ConstSchema()), ArraySchema.Tuple(items=[list_of(ConstSchema())])]),
    ),
    # the type is known already
    (titles('{"type":"string"}'), ArraySchema.List, list_of(STRING)),
    ('{"type":"array","items":[]}', ArraySchema.Tuple, ArraySchema.Tuple(items=[])),
    # a property distinguishes the other schemas; allOf has priority, oneOf is last
    ('{"allOf":[]}', Schema, AllOfSchema(schemas=[])),
    ('{"title":"x","allOf":[{"const":1},{"oneOf":[]}]}', Schema,
     AllOfSchema(title="x", schemas=[ConstSchema(value=1), OneOfSchema(schemas=[])])),
    ('{"oneOf":[],"allOf":[],"const":null}', Schema, OneOfSchema(schemas=[], extra={"allOf": [], "const": None})),
    ('{"oneOf":[],"allOf":"x"}', Schema, OneOfSchema(schemas=[], extra={"allOf": "x"})),
    ('{"const":[],"newer":1}', Schema, ConstSchema(value=[], extra={"newer": 1})),
    # a null property counts only if no other is given
    ('{"oneOf":[{"const":1}],"allOf":null}', Schema,
     OneOfSchema(schemas=[ConstSchema(value=1)], extra={"allOf": None})),
    ('{"oneOf":[],"const":null}', Schema, OneOfSchema(schemas=[], extra={"const": None})),
    ('{"allOf":[],"const":null,"oneOf":null}', Schema, AllOfSchema(schemas=[], extra={"const": None, "oneOf": None})),
    ('{"const":null,"allOf":null,"oneOf":null}', Schema,
     ConstSchema(value=None, extra={"allOf": None, "oneOf": None})),
    # the types object and array go before them, all other types after them
    ('{"type":"integer","oneOf":[{"const":1}]}', Schema,
     OneOfSchema(schemas=[ConstSchema(value=1)], extra={"type": "integer"})),
    ('{"type":"integer","oneOf":null}', Schema, IntegerSchema(extra={"oneOf": None})),
    ('{"type":"array","items":[],"allOf":[],"const":1}', Schema,
     ArraySchema.Tuple(items=[], extra={"allOf": [], "const": 1})),
    ('{"type":"choice","oneOf":[{"const":1}]}', Schema,
     OneOfSchema(schemas=[ConstSchema(value=1)], extra={"type": "choice"})),
    ('{"type":"one_of"}', Schema, UnknownSchema(type="one_of")),
    ('{"anyOf":[{"const":1}]}', Schema, UnknownSchema(extra={"anyOf": [{"const": 1}]})),
    # icons have no tag; a name goes before a text
    ('{"name":"bank"}', AnyIcon, Icon.Named(name="bank")),
    ('{"text":"MM"}', AnyIcon, Icon.Text(text="MM")),
    ('{"name":"bank","text":"MM"}', AnyIcon, Icon.Named(name="bank", extra={"text": "MM"})),
    ('{"name":"bank","colour":"red"}', AnyIcon, Icon.Named(name="bank", extra={"colour": "red"})),
    ('{"text":"MM","name":null}', AnyIcon, Icon.Text(text="MM", extra={"name": None})),
    ('{"name":"bank","text":null}', AnyIcon, Icon.Named(name="bank", extra={"text": None})),
    ('{"text":"","type":"text","size":1}', AnyIcon, Icon.Text(text="", extra={"type": "text", "size": 1})),
    ("{}", AnyIcon, UnknownIcon()),
    ('{"type":"named"}', AnyIcon, UnknownIcon(extra={"type": "named"})),
    ('{"type":null,"Name":"x"}', AnyIcon, UnknownIcon(extra={"type": None, "Name": "x"})),
    # media
    ('{"type":"image","uri":"/a.png"}', AnyMedia, Media.Image(uri="/a.png")),
    ('{"type":"avatar","content":[]}', AnyMedia, Media.Avatar(content=[])),
    (
        '{"type":"avatar","content":[{"type":"uri","uri":"urn:a"},{"type":"text","text":"A"},'
        '{"type":"emoji","emoji":"↩"}],"badge":{"type":"uri"}}',
        AnyMedia,
        Media.Avatar(
            content=[
                Media.Avatar.Content.Uri(uri="urn:a"),
                Media.Avatar.Content.Text(text="A"),
                UnknownAvatarContent(type="emoji", extra={"emoji": "↩"}),
            ],
            extra={"badge": {"type": "uri"}},
        ),
    ),
    ('{"type":"lottie","uri":"/a.json"}', AnyMedia, UnknownMedia(type="lottie", extra={"uri": "/a.json"})),
    ('{"type":"text","text":"A"}', AnyMedia, UnknownMedia(type="text", extra={"text": "A"})),
    ('{"type":"avatar"}', AnyAvatarContent, UnknownAvatarContent(type="avatar")),
    # results of a search, and responses with them
    (EE_TEXT, AnySearchResult, EE),
    (
        '{"type":"search","title":"More","value":{"method":"GET","url":"/","param":"q","query":"e"}}',
        AnySearchResult,
        SearchResult.Search(
            title="More", value=SearchResult.SearchRequest(method="GET", url="/", param="q", query="e")
        ),
    ),
    ('{"type":"group","title":"x"}', AnySearchResult, UnknownSearchResult(type="group", extra={"title": "x"})),
    (f'{{"results":[{EE_TEXT},{{"type":"group"}}]}}', SearchResponseBody,
     SearchResponseBody(results=[EE, UnknownSearchResult(type="group")])),
    # the body without a tag keeps one that it gets
    (f'{{"results":[{EE_TEXT}],"type":"results"}}', SearchResponseBody,
     SearchResponseBody(results=[EE], extra={"type": "results"})),
    (f'{{"type":"results","results":[{EE_TEXT}]}}', SearchResponse, SearchResultsResponseBody(results=[EE])),
    ('{"type":"layout","layout":[{"type":"paragraph","text":"x"},{"type":"upsell"}]}', SearchResponse,
     SearchLayoutResponseBody(layout=[ParagraphLayout(text="x"), UnknownLayout(type="upsell")])),
    ('{"type":"error","layout":[]}', SearchResponse, UnknownSearchResponse(type="error", extra={"layout": []})),
    # what is shown before a search
    (f'{{"type":"results","results":[{EE_TEXT}]}}', SearchInitialState, SearchInitialResultsConfig(results=[EE])),
    ('{"type":"layout","layout":[]}', SearchInitialState, SearchInitialLayoutConfig(layout=[])),
    ('{"type":"recent"}', SearchInitialState, UnknownSearchInitialState(type="recent")),
    (
        '{"type":"search","title":"x","method":"GET","url":"/","param":"q","initialState":{"type":"recent","max":5}}',
        SearchLayout,
        SearchLayout(
            title="x",
            method="GET",
            url="/",
            param="q",
            initial_state=UnknownSearchInitialState(type="recent", extra={"max": 5}),
        ),
    ),
    # subflows and modals
    ('{"type":"native","id":"scan"}', LaunchConfig, NativeLaunchConfig(id="scan")),
    ('{"type":"native","id":"scan","payload":null}', LaunchConfig, NativeLaunchConfig(id="scan", payload=None)),
    (
        '{"type":"dynamic","id":"help","request":{"url":"/"},"presentation":{"type":"push"}}',
        LaunchConfig,
        UnknownLaunchConfig(
            type="dynamic", extra={"id": "help", "request": {"url": "/"}, "presentation": {"type": "push"}}
        ),
    ),
    (
        '{"launchConfig":{"type":"dynamic"},"referrerId":"r","onCompletion":{"type":"action","action":{}},'
        '"onError":{"type":"dismiss"}}',
        SubflowResponseBody,
        SubflowResponseBody(
            launch_config=UnknownLaunchConfig(type="dynamic"),
            referrer_id="r",
            on_completion=ActionBehavior(action=Action()),
            on_error=DismissBehavior(),
        ),
    ),
    (
        '{"content":[{"type":"heading","text":"x"},{"type":"upsell"}],"title":"newer"}',
        ModalResponseBody,
        ModalResponseBody(
            content=[HeadingLayout(text="x"), UnknownLayout(type="upsell")], extra={"title": "newer"}
        ),
    ),
    ("{}", NoOpResponseBody, NoOpResponseBody()),
    ('{"type":"no-op"}', NoOpResponseBody, NoOpResponseBody(extra={"type": "no-op"})),
    # null is a value of what is Any
    ('{"label":"None","value":null}', Suggestions.Value, Suggestions.Value(label="None", value=None)),
    # an enum value that is not known yet, where one is required
    ('{"text":"x","context":"urgent"}', InstructionsLayout.Item,
     InstructionsLayout.Item(text="x", extra={"context": "urgent"})),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cls", "made"), READ, ids=[text[:60] for text, _, _ in READ])
def test_a_document_is_read_as_this_object_and_written_again(text, cls, made, library):
    read = loads(text, cls)
    assert type(read) is type(made)
    assert read == made
    assert from_dict(json.loads(text), cls) == made
    assert dumps(read) == dumps(made) == text
    assert loads(text, type(made)) == made


READ_OTHERWISE: list[tuple[str, Any, Any, str]] = [
    # null is absence: of a tag, of what is optional
    ('{"type":null,"allOf":[]}', Schema, AllOfSchema(schemas=[]), '{"allOf":[]}'),
    ('{"type":null,"const":null}', Schema, ConstSchema(value=None), '{"const":null}'),
    ('{"type":null,"oneOf":[],"default":null}', Schema, OneOfSchema(schemas=[], default=None),
     '{"oneOf":[],"default":null}'),
    ('{"type":"array","items":[],"summary":null}', Schema, ArraySchema.Tuple(items=[]), '{"type":"array","items":[]}'),
    ('{"type":"array","items":[{"type":null}]}', Schema, ArraySchema.Tuple(items=[ConstSchema()]),
     '{"type":"array","items":[{}]}'),
    # known properties go before the others
    ('{"const":1,"oneOf":[]}', Schema, OneOfSchema(schemas=[], extra={"const": 1}), '{"oneOf":[],"const":1}'),
    ('{"const":1,"type":"string"}', Schema, ConstSchema(value=1, extra={"type": "string"}),
     '{"type":"string","const":1}'),
    ('{"oneOf":[],"title":"x"}', Schema, OneOfSchema(title="x", schemas=[]), '{"title":"x","oneOf":[]}'),
    ('{"text":"MM","name":"bank"}', AnyIcon, Icon.Named(name="bank", extra={"text": "MM"}),
     '{"name":"bank","text":"MM"}'),
    ('{"type":"x","name":"bank"}', AnyIcon, Icon.Named(name="bank", extra={"type": "x"}),
     '{"name":"bank","type":"x"}'),
    ('{"content":[],"type":"avatar"}', AnyMedia, Media.Avatar(content=[]), '{"type":"avatar","content":[]}'),
    # the method of PersistAsync has a default, which is always written
    ('{"idProperty":"id","param":"p","schema":{},"url":"/"}', PersistAsync,
     PersistAsync(id_property="id", param="p", schema=ConstSchema(), url="/"),
     '{"idProperty":"id","method":"POST","param":"p","schema":{},"url":"/"}'),
    ('{"idProperty":"id","method":null,"param":"p","schema":{},"url":"/"}', PersistAsync,
     PersistAsync(id_property="id", method="POST", param="p", schema=ConstSchema(), url="/"),
     '{"idProperty":"id","method":"POST","param":"p","schema":{},"url":"/"}'),
    ('{"idProperty":"id","method":"brew","param":"p","schema":{},"url":"/"}', PersistAsync,
     PersistAsync(id_property="id", method="brew", param="p", schema=ConstSchema(), url="/"),
     '{"idProperty":"id","method":"brew","param":"p","schema":{},"url":"/"}'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cls", "made", "written"), READ_OTHERWISE, ids=[text[:60] for text, _, _, _ in READ_OTHERWISE]
)
def test_a_document_is_read_as_this_object_and_written_in_canonical_form(text, cls, made, written, library):
    read = loads(text, cls)
    assert type(read) is type(made)
    assert read == made
    assert dumps(read) == dumps(made) == written
    assert loads(written, cls) == made


def test_the_method_of_persist_async_is_post_unless_given():
    values: dict[str, Any] = {"id_property": "id", "param": "p", "schema": STRING, "url": "/"}
    with PersistAsync.build(id_property="id", param="p", url="/") as built:
        assert built.method == "POST"
        built.schema.string()
    assert PersistAsync(**values) == PersistAsync(**values, method="POST") == PersistAsync(**values, method=None)
    assert built.built == PersistAsync(**values)
    assert dumps(built.built) == (
        '{"idProperty":"id","method":"POST","param":"p","schema":{"type":"string"},"url":"/"}'
    )
    assert dumps(PersistAsync(**values, method="")) == (
        '{"idProperty":"id","method":"","param":"p","schema":{"type":"string"},"url":"/"}'
    )


def test_from_dict_takes_a_python_tuple_for_an_array():
    assert from_dict({"type": "array", "items": ({"type": "string"},)}, Schema) == ArraySchema.Tuple(items=[STRING])


# -- images: of one type in the core generation, of another one later -----------------------------------------------

# The text of an object without its end, and what it is.
OWNERS: dict[str, tuple[str, Any, dict[str, Any], str, str]] = {
    "a schema": ('{"type":"string"', StringSchema, {}, "image", "image"),
    "an untagged schema": ('{"const":1', ConstSchema, {"value": 1}, "image", "image"),
    "a list": (
        '{"type":"array","items":{},"addItemTitle":"a","editItemTitle":"e"',
        ArraySchema.List,
        {"items": ConstSchema(), "add_item_title": "a", "edit_item_title": "e"},
        "image",
        "image",
    ),
    "an option": (
        '{"title":"x","action":{}',
        DecisionLayout.Option,
        {"title": "x", "action": Action()},
        "image",
        "image",
    ),
    "a search result": (
        '{"type":"action","title":"x","value":{}',
        SearchResult.Action,
        {"title": "x", "value": Action()},
        "image",
        "image",
    ),
    "a summary": ('{"defaultTitle":"x"', Summary.Summariser, {"default_title": "x"}, "default_image", "defaultImage"),
}
owners = pytest.mark.parametrize("owner", OWNERS)


@owners
def test_an_image_with_a_url_is_an_image_layout(owner, library):
    begin, cls, values, name, wire = OWNERS[owner]
    image = ImageLayout(url="/a.png", size="sm", extra={"text": "A"})
    read = loads(f'{begin},"{wire}":{{"text":"A","size":"sm","url":"/a.png"}}}}', cls)
    assert read == cls(**values, **{name: image})
    assert to_dict(read)[wire] == {"type": "image", "url": "/a.png", "size": "sm", "text": "A"}
    assert loads(dumps(read), cls) == read


@owners
@pytest.mark.parametrize(
    "later",
    ['{"uri":"urn:a","text":"A","accessibilityDescription":null}', '{"url":null,"uri":"urn:a"}', '{"text":"A"}', "{}"],
)
def test_an_image_without_a_url_is_kept_as_it_came(owner, later, library):
    begin, cls, values, name, wire = OWNERS[owner]
    text = f'{begin},"{wire}":{later}}}'
    read = loads(text, cls)
    assert read == cls(**values, extra={wire: json.loads(later)})
    assert getattr(read, name) is None
    assert dumps(read) == text


@owners
def test_an_image_that_is_null_is_none(owner, library):
    begin, cls, values, _, wire = OWNERS[owner]
    assert loads(f'{begin},"{wire}":null}}', cls) == cls(**values)


# -- autocomplete hints: two spellings ------------------------------------------------------------------------------

HINTS: list[tuple[list[str], list[Any]]] = [
    (["givenName"], [AutocompleteHint.GIVEN_NAME]),
    (["given-name"], [AutocompleteToken.GIVEN_NAME]),
    (["work", "phoneNumber", "phone-number"],
     [AutocompleteHint.WORK, AutocompleteHint.PHONE_NUMBER, AutocompleteToken.PHONE_NUMBER]),
    (["email", "on"], [AutocompleteHint.EMAIL, AutocompleteHint.ON]),  # alike in both
]  # fmt: skip


@pytest.mark.parametrize(("strings", "members"), HINTS, ids=[",".join(strings) for strings, _ in HINTS])
def test_autocomplete_hints_of_both_spellings_are_members(strings, members, library):
    text = json.dumps({"type": "string", "autocompleteHint": strings}, separators=(",", ":"))
    read = loads(text, StringSchema)
    assert [(type(hint), hint) for hint in read.autocomplete_hint or ()] == [(type(hint), hint) for hint in members]
    assert read == StringSchema(autocomplete_hint=strings) == StringSchema(autocomplete_hint=members)
    assert dumps(read) == text


def test_an_autocomplete_hint_of_either_spelling_that_is_alike_is_the_same_on_the_wire():
    for hint in (AutocompleteHint.EMAIL, AutocompleteToken.EMAIL, "email"):
        assert dumps(StringSchema(autocomplete_hint=[hint])) == '{"type":"string","autocompleteHint":["email"]}'


@pytest.mark.parametrize("hints", [["telepathy"], ["email", "Email"], ["given_name", "given-name", "givenName"]])
def test_the_whole_list_is_kept_with_an_unknown_autocomplete_hint(hints, library):
    text = json.dumps({"oneOf": [], "autocompleteHint": hints}, separators=(",", ":"))
    read = loads(text, Schema)
    assert read == OneOfSchema(schemas=[], extra={"autocompleteHint": hints})
    assert dumps(read) == text


# -- whole documents ------------------------------------------------------------------------------------------------


def unknown_parts(step: Step) -> list[str]:
    """What of a step the library does not have: carriers, and extra properties."""
    found = [part for part in parts(step) if isinstance(part, Model)]
    carriers = [f"{type(part).__qualname__} {part.type}" for part in found if type(part).__stepdsl__.unknown]
    extra = [
        f"{type(part).__qualname__}.{wire}"
        for part in found
        if not type(part).__stepdsl__.unknown
        for wire in part.extra
    ]
    return carriers + extra


@pytest.mark.parametrize("generation", ["core", "core2"])
def test_a_step_of_either_generation_is_read_without_loss(generation, library):
    text = (DOCUMENTS / f"{generation}.json").read_text("utf-8")
    read = loads(text)
    assert dumps(read, indent=2) + "\n" == text
    assert dumps(read) == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
    assert to_dict(read) == json.loads(text)
    assert loads(dumps(read)) == read == from_dict(json.loads(text))


def test_these_steps_have_only_these_unknown_parts():
    core, core2 = (loads((DOCUMENTS / f"{generation}.json").read_bytes()) for generation in ("core", "core2"))
    assert unknown_parts(core) == []
    assert sorted(unknown_parts(core2)) == [
        "ButtonLayout.size",
        "DecisionLayout.Option.image",
        "ListLayout.Item.status",
        "Step.tags",
        "StringSchema.autocompleteHint",
        "StringSchema.onChange",
        "Summary.Summariser.defaultImage",
        "UnknownAvatarContent emoji",
        "UnknownLaunchConfig dynamic",
        "UnknownLayout progress",
        "UnknownMedia lottie",
    ]


def test_the_steps_of_both_generations_are_made_of_most_types():
    steps = [loads((DOCUMENTS / f"{generation}.json").read_bytes()) for generation in ("core", "core2")]
    used = {type(part).__qualname__ for step in steps for part in parts(step) if isinstance(part, Model)}
    assert len(used) > 70


# -- members of unions in single properties --------------------------------------------------------------------------


def test_the_items_of_a_list_are_opened_by_kind():
    with ArraySchema.List.build(add_item_title="Add", edit_item_title="Edit") as family:
        with family.items.obj() as member:
            with member.properties() as properties:
                properties.string("name").summary(provides_title=True)
                properties.list("pets", add_item_title="+", edit_item_title="…").items.string(title="Pet")
    assert dumps(family.built) == (
        '{"type":"array","items":{"type":"object","properties":{"name":{"type":"string","summary":'
        '{"providesTitle":true}},"pets":{"type":"array","items":{"type":"string","title":"Pet"},"addItemTitle":"+",'
        '"editItemTitle":"…"}},"displayOrder":["name","pets"]},"addItemTitle":"Add","editItemTitle":"Edit"}'
    )


def test_media_are_opened_by_kind():
    with DecisionLayout.build() as decision, decision.options() as options:
        with options.option(title="Euro") as option:
            option.behavior.refresh()
            with option.media.avatar() as avatar, avatar.content() as content:
                content.uri(uri="urn:wise:icons:plus")
                content.add(UnknownAvatarContent(type="emoji"))
                content.text(text="€")
    assert decision.built == DecisionLayout(
        options=[
            DecisionLayout.Option(
                title="Euro",
                behavior=RefreshBehavior(),
                media=Media.Avatar(
                    content=[
                        Media.Avatar.Content.Uri(uri="urn:wise:icons:plus"),
                        UnknownAvatarContent(type="emoji"),
                        Media.Avatar.Content.Text(text="€"),
                    ]
                ),
            )
        ]
    )


def test_behaviors_are_opened_by_kind():
    @ButtonLayout.build
    def button(button):
        button.title = "Scan"

        @button.behavior.subflow
        def _(subflow):
            subflow.referrer_id = "open-account"
            subflow.launch_config.native(id="scan-passport", payload={"country": "EE"})
            subflow.on_completion.action(lambda behavior: behavior.action(url="/passport"))
            subflow.on_error.link(url="/help")

    assert button == ButtonLayout(
        title="Scan",
        behavior=SubflowBehavior(
            referrer_id="open-account",
            launch_config=NativeLaunchConfig(id="scan-passport", payload={"country": "EE"}),
            on_completion=ActionBehavior(action=Action(url="/passport")),
            on_error=LinkBehavior(url="/help"),
        ),
    )


def test_the_schema_of_a_persisted_value_is_opened_by_kind():
    with ObjectSchema.build() as form, form.properties() as properties:
        with properties.string("passport") as passport:
            with passport.persist_async(id_property="id", param="file", url="/files") as persist:
                persist.schema.blob(accepts=["image/*"], source="camera")
        properties.tuple("place").items(lambda items: (items.number(), items.number()))
    assert dumps(form.built) == (
        '{"type":"object","properties":{"passport":{"type":"string","persistAsync":{"idProperty":"id","method":"POST",'
        '"param":"file","schema":{"type":"blob","accepts":["image/*"],"source":"camera"},"url":"/files"}},'
        '"place":{"type":"array","items":[{"type":"number"},{"type":"number"}]}},"displayOrder":["passport","place"]}'
    )
