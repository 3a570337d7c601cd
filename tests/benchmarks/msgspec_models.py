"""The documents' types as msgspec structs.

A union of structs needs a tag in msgspec. Not all schemas have one, so they are one struct here; those of the tagged
form have a tag, and are structs of their own. `frozen` is in each class, because type checkers do not inherit it.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Align = Literal["left", "center", "right"]
Context = Literal["positive", "neutral", "warning", "negative"]
Size = Literal["xs", "sm", "md", "lg", "xl"]


class Struct(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    pass


class Action(Struct, frozen=True, kw_only=True):
    id: str | None = None
    url: str | None = None
    method: str | None = None
    exit: bool | None = None
    result: Any = None
    data: Any = None
    skip_validation: bool | None = None
    timeout: int | None = None


class External(Struct, frozen=True, kw_only=True):
    url: str


class OnError(Struct, frozen=True, kw_only=True):
    action: Action


class Polling(Struct, frozen=True, kw_only=True):
    url: str
    interval: int | None = None
    delay: int | None = None
    timeout: int | None = None
    max_attempts: int
    on_error: OnError


class LayoutBase(Struct, frozen=True, kw_only=True, tag_field="type"):
    control: str | None = None
    margin: Size | None = None


class AlertLayout(LayoutBase, frozen=True, kw_only=True, tag="alert"):
    markdown: str
    context: Context | None = None


class BoxLayout(LayoutBase, frozen=True, kw_only=True, tag="box"):
    components: list[Layout]
    border: bool | None = None
    width: Size | None = None


class ButtonLayout(LayoutBase, frozen=True, kw_only=True, tag="button"):
    title: str
    action: Action
    context: Context | None = None
    disabled: bool | None = None
    pin_order: int | None = None


class HeadingLayout(LayoutBase, frozen=True, kw_only=True, tag="heading"):
    text: str
    size: Size | None = None
    align: Align | None = None


class MarkdownLayout(LayoutBase, frozen=True, kw_only=True, tag="markdown"):
    content: str
    align: Align | None = None


class ParagraphLayout(LayoutBase, frozen=True, kw_only=True, tag="paragraph"):
    text: str
    align: Align | None = None


Layout = AlertLayout | BoxLayout | ButtonLayout | HeadingLayout | MarkdownLayout | ParagraphLayout


class Schema(Struct, frozen=True, kw_only=True):
    type: Literal["string", "object"] | None = None
    id: str | None = msgspec.field(default=None, name="$id")
    title: str | None = None
    const: Any = None
    one_of: list[Schema] | None = None
    properties: dict[str, Schema] | None = None
    display_order: list[str] | None = None
    required: list[str] | None = None
    description: str | None = None
    placeholder: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False, rename="camel"):
    """`layout` and `schemas` are always written, so what is absent is UNSET here, not a default that is left out."""

    id: str | msgspec.UnsetType = msgspec.UNSET
    title: str | msgspec.UnsetType = msgspec.UNSET
    layout: list[Layout] = msgspec.field(default_factory=list[Layout])
    schemas: list[Schema] = msgspec.field(default_factory=list[Schema])
    polling: Polling | msgspec.UnsetType = msgspec.UNSET
    external: External | msgspec.UnsetType = msgspec.UNSET


# The tagged form.


class FormLayout(LayoutBase, frozen=True, kw_only=True, tag="form"):
    schema_id: str


class TaggedSchema(Struct, frozen=True, kw_only=True, tag_field="type"):
    title: str | None = None
    description: str | None = None
    control: str | None = None
    hidden: bool | None = None


class StringSchema(TaggedSchema, frozen=True, kw_only=True, tag="string"):
    default: str | None = None
    format: str | None = None
    max_length: int | None = None
    min_length: int | None = None
    pattern: str | None = None
    placeholder: str | None = None


class ObjectSchema(TaggedSchema, frozen=True, kw_only=True, tag="object"):
    id: str = msgspec.field(name="$id")
    properties: dict[str, StringSchema]
    display_order: list[str]


class TaggedStep(Struct, frozen=True, kw_only=True):
    id: str
    title: str
    layout: list[HeadingLayout | ParagraphLayout | FormLayout]
    schemas: list[ObjectSchema]
    model: Any = None
