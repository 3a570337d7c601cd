"""The polling step with pydantic and the four models that it needs, no more: what a fresh start is compared with."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


class Action(Model):
    id: str | None = None
    url: str | None = None
    method: str | None = None
    exit: bool | None = None
    result: Any = None
    data: Any = None
    skip_validation: bool | None = None
    timeout: int | None = None


class OnError(Model):
    action: Action


class Polling(Model):
    url: str
    interval: int | None = None
    delay: int | None = None
    timeout: int | None = None
    max_attempts: int
    on_error: OnError


class Step(Model):
    id: str | None = None
    title: str | None = None
    layout: list[Any] = []
    schemas: list[Any] = []
    polling: Polling | None = None


def first() -> str:
    step = Step(
        polling=Polling(
            url="https://bar.foo/status?id=12345",
            interval=5,
            max_attempts=100,
            on_error=OnError(action=Action(exit=True, result={"exit-action-data": "EXIT!!!"})),
        )
    )
    return step.model_dump_json(by_alias=True, exclude_none=True)
