"""Values that are sent before the submission: persist-async and validate-async."""

from __future__ import annotations

import secrets
from typing import Any

from stepdsl.core.json import is_object, show_json
from stepdsl.core.messages import Path, show
from stepdsl.errors import WireError
from stepdsl.executor.transport import Answer, TransportError
from stepdsl.model.common import ValidateAsync
from stepdsl.testing.flows.answers import GENERIC_MESSAGE, document_of, error_of, json_or_none
from stepdsl.testing.flows.containers import Token
from stepdsl.testing.flows.exchanges import Received, Sender
from stepdsl.testing.flows.fields import Field, File, innermost_first
from stepdsl.testing.flows.problems import content_problems, is_valid
from stepdsl.testing.flows.state import Screen
from stepdsl.testing.flows.violations import ViolationError
from stepdsl.wire import parse_json

__all__ = ["persist", "persist_waiting", "validate_field"]


def persist(sender: Sender, screen: Screen, token: Token, *, strict: bool) -> None:
    """Send what the user has entered, if it is valid. The token of the answer is submitted in its place."""
    token.drop()
    content = token.content
    if content is None or any(isinstance(one, Token) and one.waits for one in token.inner.all()):
        return  # a value is stored after those in it
    problems = content_problems(token)
    if not problems:
        token.refused = _stored(sender, token, content, strict=strict)
        problems = token.messages
    screen.messages.problems |= {screen.form.message_path(token, path): message for path, message in problems.items()}


def persist_waiting(sender: Sender, screen: Screen, *, strict: bool) -> None:
    """Send each value that is not stored yet, the innermost first: before a submission."""
    for token in innermost_first(screen.form.tokens()):
        if token.waits:
            persist(sender, screen, token, strict=strict)


def validate_field(sender: Sender, screen: Screen, field: Field, check: ValidateAsync, *, strict: bool) -> None:
    """Send a value that the schema accepts, and show the message of the answer. A broken call has no effect."""
    value = field.value
    if value is None or not is_valid(field):
        return
    try:
        answer = sender.send_json("validate", check.method, check.url, {check.param: value}).answer
    except TransportError:
        return
    message = _message(answer)
    if strict:
        _check_message(answer, message)
    if message is None:
        return
    if answer.ok:
        screen.messages.accepted[screen.form.message_path(field, field.path)] = message
    elif answer.status == 422:
        screen.messages.received[screen.form.message_path(field, field.path)] = message


def _stored(sender: Sender, token: Token, content: Any, *, strict: bool) -> dict[Path, str]:
    """Send a value and take its token. Return the messages for the user if this fails, by the paths in the field."""
    try:
        answer = _send(sender, token, content).answer
    except TransportError:
        return {(): GENERIC_MESSAGE}
    if answer.ok:
        message = _take_token(token, answer, strict=strict)
        return {} if message is None else {(): message}
    errors = error_of(answer, strict=strict)
    own = {path[1:]: message for path, message in errors.fields.items() if path[:1] == (token.persist.param,)}
    if not own:
        return {(): errors.message or GENERIC_MESSAGE}
    return {() if token.at(path) is None else path: message for path, message in own.items()}


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
            token.token, token.is_current = document[name], True
            return None
        problem = f"the answer has no property {show(name)}"
        if not is_object(document):
            problem = f"{wanted}, got {show_json(document)}"
    if strict:
        raise ViolationError("persist-answer", problem)
    return GENERIC_MESSAGE


def _check_message(answer: Answer, message: str | None) -> None:
    """Check that clients read the answer to validate-async. Raises ViolationError. A broken call is none."""
    is_read = answer.ok or answer.status == 422
    if message is not None:
        if not is_read and answer.status < 500:
            detail = f"the message has the status {answer.status}; clients read it with 422"
            raise ViolationError("validate-answer", detail)
    elif is_read and not (answer.ok and answer.empty):
        try:
            document = parse_json(answer.body)
        except WireError:
            given = "the body is empty" if answer.empty else "the body is no JSON"
        else:
            if answer.ok and document in (None, {}):
                return
            given = f"got {show_json(document)}"
        raise ViolationError("validate-answer", f"expected an object with the text `message`, {given}")


def _message(answer: Answer) -> str | None:
    document = json_or_none(answer)
    message = document.get("message") if is_object(document) else None
    return message if isinstance(message, str) else None
