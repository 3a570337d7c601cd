"""Three documents, each made in every way that is compared.

They are the documentation's polling step, a form of 81 objects, and the tagged form of `tagged_form.py`. A `Subject`
is one way with its three operations. All subjects of a document write the same JSON, which `test_models.py` checks
first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec
import orjson
from pydantic import BaseModel

import stepdsl
from stepdsl import (
    Action,
    AlertLayout,
    BoxLayout,
    ButtonLayout,
    ConstSchema,
    HeadingLayout,
    MarkdownLayout,
    ObjectSchema,
    OneOfSchema,
    ParagraphLayout,
    Polling,
    PollingBuilder,
    Step,
    StepBuilder,
    StringSchema,
)
from tests.benchmarks import msgspec_models as m
from tests.benchmarks import pydantic_models as p
from tests.benchmarks import tagged_form as t


class Subject(NamedTuple):
    """One way to make a document."""

    build: Callable[[], Any]
    dump: Callable[[Any], str | bytes]
    load: Callable[[bytes], Any]


# The polling step of the documentation: 4 objects.

URL = "https://bar.foo/status?id=12345"
RESULT = {"exit-action-data": "EXIT!!!"}


def page_constructors() -> Step:
    return Step(
        polling=Polling(
            url=URL,
            interval=5,
            max_attempts=100,
            on_error=Polling.OnError(action=Action(exit=True, result=RESULT)),
        )
    )


def page_blocks() -> Step:
    with Step.build() as step, step.polling() as polling:
        polling.url = URL
        polling.interval = 5
        polling.max_attempts = 100
        with polling.on_error() as on_error, on_error.action() as action:
            action.exit = True
            action.result = RESULT
    return step.built


def page_callbacks() -> Step:
    @Step.build
    def built(step: StepBuilder) -> None:
        @step.polling
        def _(polling: PollingBuilder) -> None:
            polling.url = URL
            polling.interval = 5
            polling.max_attempts = 100
            polling.on_error(lambda e: e.action(exit=True, result=RESULT))

    return built


def page_keywords() -> Step:
    with Step.build() as step, step.polling(url=URL, interval=5, max_attempts=100) as polling:
        polling.on_error().action(exit=True, result=RESULT)
    return step.built


def page_dict() -> dict[str, Any]:
    return {
        "layout": [],
        "schemas": [],
        "polling": {
            "url": URL,
            "interval": 5,
            "maxAttempts": 100,
            "onError": {"action": {"exit": True, "result": RESULT}},
        },
    }


def page_pydantic() -> p.Step:
    return p.Step(
        polling=p.Polling(
            url=URL,
            interval=5,
            max_attempts=100,
            on_error=p.OnError(action=p.Action(exit=True, result=RESULT)),
        )
    )


def page_msgspec() -> m.Step:
    return m.Step(
        polling=m.Polling(
            url=URL,
            interval=5,
            max_attempts=100,
            on_error=m.OnError(action=m.Action(exit=True, result=RESULT)),
        )
    )


# A form: a step, an object schema of 40 strings and 8 choices of 3, and 7 objects of layout. 81 objects.

STRINGS = [(f"field{number}", f"Field number {number}", number + 1) for number in range(40)]
CHOICES = [(f"choice{number}", f"Choice {number}", ("red", "green", "blue")) for number in range(8)]
NAMES = [name for name, *_ in STRINGS] + [name for name, *_ in CHOICES]
HEADING, INTRO, WARNING, NOTE = "Tell us more", "All of it is needed.", "Nothing is saved yet.", "*Read* the terms."


def form_constructors() -> Step:
    return Step(
        id="form",
        title="A form",
        layout=[
            HeadingLayout(text=HEADING, size="lg"),
            ParagraphLayout(text=INTRO, align="left"),
            AlertLayout(markdown=WARNING, context="warning"),
            BoxLayout(components=[MarkdownLayout(content=NOTE)], border=True),
            ButtonLayout(title="Send", action=Action(url="/send", method="POST")),
        ],
        schemas=[
            ObjectSchema(
                id="#form",
                properties={
                    **{
                        name: StringSchema(title=title, max_length=max_length, placeholder="…")
                        for name, title, max_length in STRINGS
                    },
                    **{
                        name: OneOfSchema(
                            title=title, schemas=[ConstSchema(title=value.title(), value=value) for value in values]
                        )
                        for name, title, values in CHOICES
                    },
                },
                display_order=NAMES,
            )
        ],
    )


def form_blocks() -> Step:
    with Step.build() as step:
        step.id = "form"
        step.title = "A form"
        with step.layout() as layout:
            with layout.heading() as heading:
                heading.text = HEADING
                heading.size = "lg"
            with layout.paragraph() as paragraph:
                paragraph.text = INTRO
                paragraph.align = "left"
            with layout.alert() as alert:
                alert.markdown = WARNING
                alert.context = "warning"
            with layout.box() as box:
                box.border = True
                with box.components() as components, components.markdown() as markdown:
                    markdown.content = NOTE
            with layout.button() as button:
                button.title = "Send"
                with button.action() as action:
                    action.url = "/send"
                    action.method = "POST"
        with step.schemas() as schemas, schemas.obj() as obj:
            obj.id = "#form"
            obj.display_order = NAMES
            with obj.properties() as properties:
                for name, title, max_length in STRINGS:
                    with properties.string(name) as string:
                        string.title = title
                        string.max_length = max_length
                        string.placeholder = "…"
                for name, title, values in CHOICES:
                    with properties.one_of(name) as choice:
                        choice.title = title
                        with choice.schemas() as options:
                            for value in values:
                                with options.const() as option:
                                    option.title = value.title()
                                    option.value = value
    return step.built


def form_callbacks() -> Step:
    @Step.build
    def built(step: StepBuilder) -> None:
        step.id = "form"
        step.title = "A form"

        @step.layout
        def _(layout: stepdsl.LayoutListBuilder) -> None:
            layout.heading(text=HEADING, size="lg")
            layout.paragraph(text=INTRO, align="left")
            layout.alert(markdown=WARNING, context="warning")
            layout.box(border=True).components(lambda components: components.markdown(content=NOTE))
            layout.button(title="Send").action(url="/send", method="POST")

        @step.schemas
        def _(schemas: stepdsl.SchemaListBuilder) -> None:
            @schemas.obj
            def _(obj: stepdsl.ObjectSchemaBuilder) -> None:
                obj.id = "#form"
                obj.display_order = NAMES

                @obj.properties
                def _(properties: stepdsl.SchemaMapBuilder) -> None:
                    for name, title, max_length in STRINGS:
                        properties.string(name, title=title, max_length=max_length, placeholder="…")
                    for name, title, values in CHOICES:
                        options = properties.one_of(name, title=title).schemas()
                        for value in values:
                            options.const(title=value.title(), value=value)

    return built


def form_keywords() -> Step:
    with Step.build(id="form", title="A form") as step:
        with step.layout() as layout:
            layout.heading(text=HEADING, size="lg")
            layout.paragraph(text=INTRO, align="left")
            layout.alert(markdown=WARNING, context="warning")
            with layout.box(border=True) as box, box.components() as components:
                components.markdown(content=NOTE)
            with layout.button(title="Send") as button:
                button.action(url="/send", method="POST")
        with (
            step.schemas() as schemas,
            schemas.obj(id="#form", display_order=NAMES) as obj,
            obj.properties() as properties,
        ):
            for name, title, max_length in STRINGS:
                properties.string(name, title=title, max_length=max_length, placeholder="…")
            for name, title, values in CHOICES:
                with properties.one_of(name, title=title) as choice, choice.schemas() as options:
                    for value in values:
                        options.const(title=value.title(), value=value)
    return step.built


def form_dict() -> dict[str, Any]:
    return {
        "id": "form",
        "title": "A form",
        "layout": [
            {"type": "heading", "text": HEADING, "size": "lg"},
            {"type": "paragraph", "text": INTRO, "align": "left"},
            {"type": "alert", "markdown": WARNING, "context": "warning"},
            {"type": "box", "components": [{"type": "markdown", "content": NOTE}], "border": True},
            {"type": "button", "title": "Send", "action": {"url": "/send", "method": "POST"}},
        ],
        "schemas": [
            {
                "type": "object",
                "$id": "#form",
                "properties": {
                    **{
                        name: {"type": "string", "title": title, "maxLength": max_length, "placeholder": "…"}
                        for name, title, max_length in STRINGS
                    },
                    **{
                        name: {"title": title, "oneOf": [{"title": value.title(), "const": value} for value in values]}
                        for name, title, values in CHOICES
                    },
                },
                "displayOrder": NAMES,
            }
        ],
    }


def form_pydantic() -> p.Step:
    return p.Step(
        id="form",
        title="A form",
        layout=[
            p.HeadingLayout(text=HEADING, size="lg"),
            p.ParagraphLayout(text=INTRO, align="left"),
            p.AlertLayout(markdown=WARNING, context="warning"),
            p.BoxLayout(components=[p.MarkdownLayout(content=NOTE)], border=True),
            p.ButtonLayout(title="Send", action=p.Action(url="/send", method="POST")),
        ],
        schemas=[
            p.ObjectSchema(
                id="#form",
                properties={
                    **{
                        name: p.StringSchema(title=title, max_length=max_length, placeholder="…")
                        for name, title, max_length in STRINGS
                    },
                    **{
                        name: p.OneOfSchema(
                            title=title, one_of=[p.ConstSchema(title=value.title(), const=value) for value in values]
                        )
                        for name, title, values in CHOICES
                    },
                },
                display_order=NAMES,
            )
        ],
    )


def form_msgspec() -> m.Step:
    return m.Step(
        id="form",
        title="A form",
        layout=[
            m.HeadingLayout(text=HEADING, size="lg"),
            m.ParagraphLayout(text=INTRO, align="left"),
            m.AlertLayout(markdown=WARNING, context="warning"),
            m.BoxLayout(components=[m.MarkdownLayout(content=NOTE)], border=True),
            m.ButtonLayout(title="Send", action=m.Action(url="/send", method="POST")),
        ],
        schemas=[
            m.Schema(
                type="object",
                id="#form",
                properties={
                    **{
                        name: m.Schema(type="string", title=title, max_length=max_length, placeholder="…")
                        for name, title, max_length in STRINGS
                    },
                    **{
                        name: m.Schema(
                            title=title, one_of=[m.Schema(title=value.title(), const=value) for value in values]
                        )
                        for name, title, values in CHOICES
                    },
                },
                display_order=NAMES,
            )
        ],
    )


def _stepdsl(build: Callable[[], Step]) -> Subject:
    return Subject(build, stepdsl.dumps, stepdsl.loads)


def _pydantic(build: Callable[[], BaseModel]) -> Subject:
    def dump(step: BaseModel) -> str:
        return step.model_dump_json(by_alias=True, exclude_none=True)

    return Subject(build, dump, type(build()).model_validate_json)


def _msgspec(build: Callable[[], msgspec.Struct]) -> Subject:
    return Subject(build, msgspec.json.Encoder().encode, msgspec.json.Decoder(type(build())).decode)


def _json(data: object) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


def _subjects(
    constructors: Callable[[], Step],
    keywords: Callable[[], Step],
    blocks: Callable[[], Step],
    callbacks: Callable[[], Step],
    pydantic: Callable[[], BaseModel],
    struct: Callable[[], msgspec.Struct],
    plain: Callable[[], dict[str, Any]],
) -> Mapping[str, Subject]:
    return {
        "stepdsl constructors": _stepdsl(constructors),
        "stepdsl keywords": _stepdsl(keywords),
        "stepdsl blocks": _stepdsl(blocks),
        "stepdsl callbacks": _stepdsl(callbacks),
        "pydantic": _pydantic(pydantic),
        "msgspec": _msgspec(struct),
        "dict + json": Subject(plain, _json, json.loads),
        "dict + orjson": Subject(plain, orjson.dumps, orjson.loads),
    }


DOCUMENTS: Mapping[str, Mapping[str, Subject]] = {
    "polling step": _subjects(
        page_constructors, page_keywords, page_blocks, page_callbacks, page_pydantic, page_msgspec, page_dict
    ),
    "form of 81 objects": _subjects(
        form_constructors, form_keywords, form_blocks, form_callbacks, form_pydantic, form_msgspec, form_dict
    ),
    "tagged form": _subjects(
        t.tagged_constructors,
        t.tagged_keywords,
        t.tagged_blocks,
        t.tagged_callbacks,
        t.tagged_pydantic,
        t.tagged_msgspec,
        t.tagged_dict,
    ),
}
"""Every document's subjects, by name."""
