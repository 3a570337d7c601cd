"""The documents' types as pydantic v2 models, written as pydantic's documentation would have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag
from pydantic.alias_generators import to_camel

Align = Literal["left", "center", "right"]
Context = Literal["positive", "neutral", "warning", "negative"]
Size = Literal["xs", "sm", "md", "lg", "xl"]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Action(Model):
    id: str | None = None
    url: str | None = None
    method: str | None = None
    exit: bool | None = None
    result: Any = None
    data: Any = None
    skip_validation: bool | None = None
    timeout: int | None = None


class External(Model):
    url: str


class OnError(Model):
    action: Action


class Polling(Model):
    url: str
    interval: int | None = None
    delay: int | None = None
    timeout: int | None = None
    max_attempts: int
    on_error: OnError


class LinkHandler(Model):
    regex_pattern: str
    action: Action


class BackBehavior(Model):
    title: str | None = None
    action: Action


class Navigation(Model):
    back: BackBehavior | None = None
    stack_behavior: str | None = None


class StepError(Model):
    error: str | None = None
    validation: Any = None


class Help(Model):
    markdown: str


class LayoutBase(Model):
    control: str | None = None
    margin: Size | None = None


class AlertLayout(LayoutBase):
    type: Literal["alert"] = "alert"
    markdown: str
    context: Context | None = None


class BoxLayout(LayoutBase):
    type: Literal["box"] = "box"
    components: list[Layout]
    border: bool | None = None
    width: Size | None = None


class ButtonLayout(LayoutBase):
    type: Literal["button"] = "button"
    title: str
    action: Action
    context: Context | None = None
    disabled: bool | None = None
    pin_order: int | None = None


class HeadingLayout(LayoutBase):
    type: Literal["heading"] = "heading"
    text: str
    size: Size | None = None
    align: Align | None = None


class MarkdownLayout(LayoutBase):
    type: Literal["markdown"] = "markdown"
    content: str
    align: Align | None = None


class ParagraphLayout(LayoutBase):
    type: Literal["paragraph"] = "paragraph"
    text: str
    align: Align | None = None


Layout = Annotated[
    AlertLayout | BoxLayout | ButtonLayout | HeadingLayout | MarkdownLayout | ParagraphLayout,
    Field(discriminator="type"),
]


class SchemaBase(Model):
    # Two aliases in place of `alias`, which type checkers would take for the name of the keyword.
    id: str | None = Field(default=None, validation_alias="$id", serialization_alias="$id")
    title: str | None = None
    description: str | None = None
    control: str | None = None
    hidden: bool | None = None
    disabled: bool | None = None
    alert: AlertLayout | None = None
    analytics_id: str | None = None
    keywords: list[str] | None = None


class StringSchema(SchemaBase):
    type: Literal["string"] = "string"
    autofill_key: str | None = None
    default: str | None = None
    display_format: str | None = None
    format: str | None = None
    help: Help | None = None
    max_length: int | None = None
    maximum: str | None = None
    min_length: int | None = None
    minimum: str | None = None
    pattern: str | None = None
    placeholder: str | None = None
    refresh_step_on_change: bool | None = None
    validation_messages: dict[str, str] | None = None


class ConstSchema(SchemaBase):
    const: Any


class OneOfSchema(SchemaBase):
    one_of: list[Schema]
    autofill_key: str | None = None
    default: Any = None
    help: Help | None = None
    placeholder: str | None = None
    refresh_step_on_change: bool | None = None


class ObjectSchema(SchemaBase):
    type: Literal["object"] = "object"
    properties: dict[str, Schema]
    display_order: list[str]
    required: list[str] | None = None


def schema_kind(value: object) -> str | None:
    """Which schema a JSON object or a model is: not all of them carry a `type`."""
    if isinstance(value, Mapping):
        if "type" in value:
            # A cast is a call, which pydantic would have to pay for.
            kind = value["type"]  # pyright: ignore[reportUnknownVariableType]
            return kind if isinstance(kind, str) else None
        return "oneOf" if "oneOf" in value else "const" if "const" in value else None
    return _KINDS.get(type(value))


Schema = Annotated[
    Annotated[StringSchema, Tag("string")]
    | Annotated[ObjectSchema, Tag("object")]
    | Annotated[OneOfSchema, Tag("oneOf")]
    | Annotated[ConstSchema, Tag("const")],
    Discriminator(schema_kind),
]

_KINDS: dict[type, str] = {
    StringSchema: "string",
    ObjectSchema: "object",
    OneOfSchema: "oneOf",
    ConstSchema: "const",
}


class Step(Model):
    id: str | None = None
    title: str | None = None
    description: str | None = None
    control: str | None = None
    model: Any = None
    layout: list[Layout] = []
    schemas: list[Schema] = []
    external: External | None = None
    polling: Polling | None = None
    errors: StepError | None = None
    link_handlers: list[LinkHandler] | None = None
    navigation: Navigation | None = None
    refresh_url: str | None = None
    analytics: dict[str, str] | None = None


for _model in (BoxLayout, OneOfSchema, ObjectSchema, Step):
    _model.model_rebuild()
