"""Response classes of Starlette for the documented kinds of answers.

FastAPI takes them as `response_class`: `@app.get("/", response_class=StepResponse)`. It then serialises the Step that
the view returns, and describes it in the OpenAPI document. A view can also return one: `return StepResponse(step)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from starlette.background import BackgroundTask
from starlette.responses import JSONResponse

from stepdsl.core.arguments import convert
from stepdsl.core.json import freeze_json
from stepdsl.core.messages import article, expected
from stepdsl.core.model import Model
from stepdsl.headers import TYPE_HEADER
from stepdsl.model.responses import (
    ActionResponseBody,
    ErrorResponseBody,
    ModalResponseBody,
    NoOpResponseBody,
    SubflowResponseBody,
)
from stepdsl.model.step import Step
from stepdsl.server.step_checks import check_sent
from stepdsl.wire import dumps, encode_json, from_dict

__all__ = [
    "ERROR_RESPONSES",
    "ActionResponse",
    "ErrorResponse",
    "ExitResponse",
    "ModalResponse",
    "NoOpResponse",
    "StepResponse",
    "SubflowResponse",
]

ERROR_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    "4XX": {"model": ErrorResponseBody, "description": "An error. The client shows its messages."}
}
"""The errors of a view for the OpenAPI document: `@app.post("/", responses=ERROR_RESPONSES)`."""


class _TypedResponse(JSONResponse):
    """A JSON response with a response type."""

    kind: ClassVar[str | None]
    """The response type: the value of the header. None: the response has no type."""

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Set the headers of the response, with the response type."""
        super().init_headers(headers)
        if self.kind is not None:
            self.headers[TYPE_HEADER] = self.kind


class _ModelResponse(_TypedResponse):
    """A response with the JSON of one model.

    The content is an object of the class, or its JSON as plain values: FastAPI passes these. Raises TypeError for
    another content, and WireError for plain values that are not the JSON of the class.
    """

    model: ClassVar[type[Model]]
    """The class of the content."""

    def render(self, content: Any) -> bytes:
        """Return the JSON of the content."""
        if isinstance(content, dict):
            content = from_dict(content, self.model)  # a view without a return annotation can return any values
        if not isinstance(content, self.model):
            wanted = expected(article(self.model.__qualname__), content, self.model)
            raise TypeError(f"{type(self).__name__}: {wanted}")
        text = dumps(content)
        if isinstance(content, Step):
            check_sent(content, text, None)
        return text.encode()


class StepResponse(_ModelResponse):
    """The next step: a Step, with the response type `step`. `STEPDSL_CHECK` is used as in `server.step`."""

    model: ClassVar[type[Model]] = Step
    """The class of the content."""
    kind: ClassVar[str | None] = "step"
    """The response type."""


class ActionResponse(_ModelResponse):
    """An action that the client performs immediately: an ActionResponseBody, with the response type `action`."""

    model: ClassVar[type[Model]] = ActionResponseBody
    """The class of the content."""
    kind: ClassVar[str | None] = "action"
    """The response type."""


class ModalResponse(_ModelResponse):
    """Layouts over the current step: a ModalResponseBody, with the response type `modal` (core2)."""

    model: ClassVar[type[Model]] = ModalResponseBody
    """The class of the content."""
    kind: ClassVar[str | None] = "modal"
    """The response type."""


class SubflowResponse(_ModelResponse):
    """The begin of a subflow: a SubflowResponseBody, with the response type `subflow` (core2)."""

    model: ClassVar[type[Model]] = SubflowResponseBody
    """The class of the content."""
    kind: ClassVar[str | None] = "subflow"
    """The response type."""


class NoOpResponse(_ModelResponse):
    """The client does nothing: a NoOpResponseBody, with the response type `no-op` (core2)."""

    model: ClassVar[type[Model]] = NoOpResponseBody
    """The class of the content."""
    kind: ClassVar[str | None] = "no-op"
    """The response type."""


class ExitResponse(_TypedResponse):
    """The end of the flow with its result: any JSON, usually an object, with the response type `exit`.

    Raises InvalidValueError for a result that is not JSON.
    """

    kind: ClassVar[str | None] = "exit"
    """The response type."""

    def render(self, content: Any) -> bytes:
        """Return the JSON of the result."""
        return encode_json(convert("result", content, freeze_json)).encode()


class ErrorResponse(_ModelResponse):
    """An error: an ErrorResponseBody, with the status 422 unless another one is given. It has no response type."""

    model: ClassVar[type[Model]] = ErrorResponseBody
    """The class of the content."""
    kind: ClassVar[str | None] = None
    """None: the response has no type."""

    def __init__(
        self,
        content: Any,
        status_code: int = 422,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
        background: BackgroundTask | None = None,
    ) -> None:
        """Take the arguments of JSONResponse."""
        super().__init__(content, status_code, headers, media_type, background)
