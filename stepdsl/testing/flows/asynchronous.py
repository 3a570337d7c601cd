"""Values that are sent before the submission: persist-async and validate-async."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from stepdsl.core.json import is_object, show_json
from stepdsl.core.messages import show
from stepdsl.errors import WireError
from stepdsl.executor.transport import Answer, TransportError
from stepdsl.model.common import ValidateAsync
from stepdsl.model.schemas import BlobSchema
from stepdsl.server.submissions import SubmissionError
from stepdsl.server.uploads import UploadedFile, UploadRules, content_type_of
from stepdsl.testing.flows.answers import GENERIC_MESSAGE, document_of, error_of
from stepdsl.testing.flows.containers import Token
from stepdsl.testing.flows.exchanges import Received, Sender
from stepdsl.testing.flows.fields import Field, File
from stepdsl.testing.flows.forms import problem_of
from stepdsl.testing.flows.state import Screen
from stepdsl.testing.flows.violations import ViolationError
from stepdsl.validation.mime_types import is_mime_type
from stepdsl.validation.paths import path_text
from stepdsl.wire import parse_json

__all__ = ["file_problem", "persist", "persist_waiting", "validate_field"]

_LARGEST: Final = 2**63
_KEYWORDS: Final = ("required", "type", "accepts", "maxSize")


def persist(sender: Sender, screen: Screen, token: Token, *, strict: bool) -> None:
    """Send what the user has entered, if it is valid. The token of the answer is submitted in its place."""
    content = token.content
    path = path_text(token.path)
    screen.refused.pop(path, None)
    if content is None:
        return
    problem = file_problem(token.inner.schema, content) or problem_of(token.inner.schema, content)
    if problem is not None:
        screen.fields[path] = problem
        return
    message = _stored(sender, token, content, strict=strict)
    if message is not None:
        screen.refused[path] = screen.fields[path] = message


def persist_waiting(sender: Sender, screen: Screen, *, strict: bool) -> None:
    """Send each value that is not stored yet: before a submission."""
    for token in list(screen.form.tokens()):
        if token.waits:
            persist(sender, screen, token, strict=strict)


def validate_field(sender: Sender, screen: Screen, field: Field, check: ValidateAsync) -> None:
    """Send a value that the schema accepts, and show the message of the answer. A broken call has no effect."""
    value = field.value
    if value is None or problem_of(field.schema, value) is not None:
        return
    try:
        answer = sender.send_json("validate", check.method, check.url, {check.param: value}).answer
    except TransportError:
        return
    message = _message(answer)
    if message is None:
        return
    if answer.ok:
        screen.feedback[path_text(field.path)] = message
    elif answer.status == 422:
        screen.fields[path_text(field.path)] = message


def file_problem(schema: object, entered: object) -> str | None:
    """Return the message for a file that its schema does not allow; None for an allowed one, and for other values."""
    if not isinstance(entered, File) or not isinstance(schema, BlobSchema):
        return None
    texts: Mapping[str, str] = schema.validation_messages or {}
    size = schema.max_size if schema.max_size is not None and schema.max_size > 0 else _LARGEST
    types = [one for one in schema.accepts or () if is_mime_type(one)]  # clients ignore the other entries
    rules = UploadRules.of(
        "file", size, types or None, {name: text for name, text in texts.items() if name in _KEYWORDS}
    )
    try:
        rules.chosen([UploadedFile(entered.filename or "file", content_type_of(entered.content_type), entered.data)])
    except SubmissionError as error:
        return str((error.validation or {})["file"])
    return None


def _stored(sender: Sender, token: Token, content: Any, *, strict: bool) -> str | None:
    """Send a value and take its token. Return the message for the user if this fails."""
    try:
        answer = _send(sender, token, content).answer
    except TransportError:
        return GENERIC_MESSAGE
    if answer.ok:
        return _take_token(token, answer, strict=strict)
    errors = error_of(answer)
    return errors.fields.get((token.persist.param,)) or errors.message or GENERIC_MESSAGE


def _send(sender: Sender, token: Token, content: Any) -> Received:
    persist = token.persist
    if not isinstance(content, File):
        return sender.send_json("persist", persist.method, persist.url, {persist.param: content})
    boundary = secrets.token_hex(16)
    body = b"".join(
        (
            f"--{boundary}\r\nContent-Disposition: form-data; name={_quoted(persist.param)}; ".encode(),
            f"filename={_quoted(content.filename)}\r\nContent-Type: {content.content_type}\r\n\r\n".encode(),
            content.data,
            f"\r\n--{boundary}--\r\n".encode(),
        )
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return sender.send("persist", persist.method, persist.url, body=body, headers=headers)


def _quoted(text: str) -> str:
    """Return a name as browsers write it in the header of a part."""
    return '"' + text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A") + '"'


def _take_token(token: Token, answer: Answer, *, strict: bool) -> str | None:
    """Take the token of a successful answer. Return the message for the user if it has none."""
    name = token.persist.id_property
    wanted = f"expected an object with the property {show(name)}"
    try:
        document = document_of(answer)
    except WireError as error:
        problem = f"{error}; {wanted}"
    else:
        if is_object(document) and document.get(name) is not None:
            token.token = document[name]
            return None
        problem = f"the answer has no property {show(name)}"
        if not is_object(document):
            problem = f"{wanted}, got {show_json(document)}"
    if strict:
        raise ViolationError("persist-answer", problem)
    return GENERIC_MESSAGE


def _message(answer: Answer) -> str | None:
    try:
        document = parse_json(answer.body)
    except WireError:
        return None
    message = document.get("message") if is_object(document) else None
    return message if isinstance(message, str) else None
