"""The tagged form's types as pydantic v2 models, as fast as pydantic is: the hardest comparison.

A union is discriminated by its tag, where the types of the document differ; where there is one type, there is no union.
A model has the properties that such a document can use, and no others. `pydantic_models.py` has all schemas instead.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Align = Literal["left", "center", "right"]
Size = Literal["xs", "sm", "md", "lg", "xl"]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


class HeadingLayout(Model):
    type: Literal["heading"] = "heading"
    text: str
    size: Size | None = None
    align: Align | None = None
    control: str | None = None
    margin: Size | None = None


class ParagraphLayout(Model):
    type: Literal["paragraph"] = "paragraph"
    text: str
    align: Align | None = None
    control: str | None = None
    margin: Size | None = None


class FormLayout(Model):
    type: Literal["form"] = "form"
    schema_id: str
    control: str | None = None
    margin: Size | None = None


class StringSchema(Model):
    type: Literal["string"] = "string"
    title: str | None = None
    description: str | None = None
    control: str | None = None
    default: str | None = None
    format: str | None = None
    hidden: bool | None = None
    max_length: int | None = None
    min_length: int | None = None
    pattern: str | None = None
    placeholder: str | None = None


class ObjectSchema(Model):
    type: Literal["object"] = "object"
    # Two aliases in place of `alias`, which type checkers would take for the name of the keyword.
    id: str = Field(validation_alias="$id", serialization_alias="$id")
    properties: dict[str, StringSchema]
    display_order: list[str]


class Step(Model):
    id: str
    title: str
    layout: list[Annotated[HeadingLayout | ParagraphLayout | FormLayout, Field(discriminator="type")]]
    schemas: list[ObjectSchema]
    model: Any = None
