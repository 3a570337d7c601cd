"""What a client does with the value of one field while the user fills in the others: store it, or have it checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import Model, model
from stepdsl.model.unions import Schema

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b

__all__ = ["PersistAsync", "ValidateAsync"]


@model
class PersistAsync(Model):
    """Sends a value to an endpoint of its own as soon as it changes (core, core2); the step submits what comes back.

    Serves large values, such as files, and values to be kept out of the step, such as card numbers. The schema that has
    it describes what is submitted, a token or an id; the `schema` in it is what the user sees. A 2xx answer is a JSON
    object with the token at `id_property`; any other is an error, whose `validation` has its message under `param`.
    """

    build: ClassVar[b.PersistAsyncOpener]

    id_property: str
    """Property of the answer that holds the value to submit."""
    method: str = "POST"
    """HTTP method, any string; POST if it is not given, and always written."""
    param: str
    """Property of the JSON body, or part of the multipart one for a blob, that carries the value."""
    schema: Schema
    """What the user fills in."""
    url: str
    """Where the value goes: absolute, or relative to the flow's base URL."""


@model
class ValidateAsync(Model):
    """Has an endpoint check a value as soon as it changes and passes the schema's own rules (core, core2).

    2xx accepts it, with a `message` for the user or none; 422 refuses it with a `message`. Everything else is ignored,
    and even a refused value can be submitted: the server has to check it again then.
    """

    build: ClassVar[b.ValidateAsyncOpener]

    method: str
    """HTTP method, any string; only those with a body make sense."""
    param: str
    """Property of the JSON body that carries the value."""
    url: str
    """Where the value goes: absolute, or relative to the flow's base URL."""
