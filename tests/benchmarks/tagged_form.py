"""The tagged form in every way: a heading, 40 paragraphs and a form whose object schema has 40 strings. 84 objects.

All types of this document have a tag, so pydantic and msgspec can choose them by it.
"""

from __future__ import annotations

from typing import Any

from stepdsl import (
    FormLayout,
    HeadingLayout,
    LayoutListBuilder,
    ObjectSchema,
    ObjectSchemaBuilder,
    ParagraphLayout,
    SchemaListBuilder,
    SchemaMapBuilder,
    Step,
    StepBuilder,
    StringSchema,
)
from tests.benchmarks import msgspec_models as m
from tests.benchmarks import tagged_models as p

HEADING = "Tell us about yourself"
PARAGRAPHS = [f"Paragraph number {number}" for number in range(40)]
FIELDS = [(f"field{number}", f"Field number {number}") for number in range(40)]
NAMES = [name for name, _ in FIELDS]
MIN_LENGTH, MAX_LENGTH = 1, 30


def tagged_constructors() -> Step:
    return Step(
        id="tagged",
        title="A tagged form",
        layout=[
            HeadingLayout(text=HEADING),
            *[ParagraphLayout(text=text) for text in PARAGRAPHS],
            FormLayout(schema_id="#form"),
        ],
        schemas=[
            ObjectSchema(
                id="#form",
                properties={
                    name: StringSchema(title=title, min_length=MIN_LENGTH, max_length=MAX_LENGTH)
                    for name, title in FIELDS
                },
            )
        ],
    )


def tagged_keywords() -> Step:
    with Step.build(id="tagged", title="A tagged form") as step:
        with step.layout() as layout:
            layout.heading(text=HEADING)
            for text in PARAGRAPHS:
                layout.paragraph(text=text)
            layout.form(schema_id="#form")
        with step.schemas() as schemas, schemas.obj(id="#form") as obj, obj.properties() as properties:
            for name, title in FIELDS:
                properties.string(name, title=title, min_length=MIN_LENGTH, max_length=MAX_LENGTH)
    return step.built


def tagged_blocks() -> Step:
    with Step.build() as step:
        step.id = "tagged"
        step.title = "A tagged form"
        with step.layout() as layout:
            with layout.heading() as heading:
                heading.text = HEADING
            for text in PARAGRAPHS:
                with layout.paragraph() as paragraph:
                    paragraph.text = text
            with layout.form() as form:
                form.schema_id = "#form"
        with step.schemas() as schemas, schemas.obj() as obj:
            obj.id = "#form"
            with obj.properties() as properties:
                for name, title in FIELDS:
                    with properties.string(name) as string:
                        string.title = title
                        string.min_length = MIN_LENGTH
                        string.max_length = MAX_LENGTH
    return step.built


def tagged_callbacks() -> Step:
    @Step.build
    def built(step: StepBuilder) -> None:
        step.id = "tagged"
        step.title = "A tagged form"

        @step.layout
        def _(layout: LayoutListBuilder) -> None:
            layout.heading(text=HEADING)
            for text in PARAGRAPHS:
                layout.paragraph(text=text)
            layout.form(schema_id="#form")

        @step.schemas
        def _(schemas: SchemaListBuilder) -> None:
            @schemas.obj
            def _(obj: ObjectSchemaBuilder) -> None:
                obj.id = "#form"

                @obj.properties
                def _(properties: SchemaMapBuilder) -> None:
                    for name, title in FIELDS:
                        properties.string(name, title=title, min_length=MIN_LENGTH, max_length=MAX_LENGTH)

    return built


def tagged_dict() -> dict[str, Any]:
    return {
        "id": "tagged",
        "title": "A tagged form",
        "layout": [
            {"type": "heading", "text": HEADING},
            *[{"type": "paragraph", "text": text} for text in PARAGRAPHS],
            {"type": "form", "schemaId": "#form"},
        ],
        "schemas": [
            {
                "type": "object",
                "$id": "#form",
                "properties": {
                    name: {"type": "string", "title": title, "minLength": MIN_LENGTH, "maxLength": MAX_LENGTH}
                    for name, title in FIELDS
                },
                "displayOrder": NAMES,
            }
        ],
    }


def tagged_pydantic() -> p.Step:
    return p.Step(
        id="tagged",
        title="A tagged form",
        layout=[
            p.HeadingLayout(text=HEADING),
            *[p.ParagraphLayout(text=text) for text in PARAGRAPHS],
            p.FormLayout(schema_id="#form"),
        ],
        schemas=[
            p.ObjectSchema(
                id="#form",
                properties={
                    name: p.StringSchema(title=title, min_length=MIN_LENGTH, max_length=MAX_LENGTH)
                    for name, title in FIELDS
                },
                display_order=NAMES,
            )
        ],
    )


def tagged_msgspec() -> m.TaggedStep:
    return m.TaggedStep(
        id="tagged",
        title="A tagged form",
        layout=[
            m.HeadingLayout(text=HEADING),
            *[m.ParagraphLayout(text=text) for text in PARAGRAPHS],
            m.FormLayout(schema_id="#form"),
        ],
        schemas=[
            m.ObjectSchema(
                id="#form",
                properties={
                    name: m.StringSchema(title=title, min_length=MIN_LENGTH, max_length=MAX_LENGTH)
                    for name, title in FIELDS
                },
                display_order=NAMES,
            )
        ],
    )
