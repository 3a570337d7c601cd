"""Submissions and uploads in requests of Starlette, also as dependencies of FastAPI."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Scope

from stepdsl.server.starlette.errors import RequestError
from stepdsl.server.submissions import MAX_BYTES, Body, SubmissionError, cut_short
from stepdsl.server.uploads import (
    MAX_PARTS,
    MAX_UPLOAD_BYTES,
    BodyCheck,
    MalformedError,
    UploadedFile,
    UploadRules,
    content_type_of,
    file_name,
)
from stepdsl.server.views import with_signature

__all__ = ["submission", "submitted", "upload", "uploaded"]


async def submission(request: Request, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON of a request's body. Raises SubmissionError for an invalid body; its `response` is the answer.

    It is also a dependency of FastAPI: `Depends(submission)`. `submitted` makes one with another size limit.
    """
    body = Body(max_bytes)
    try:
        await _feed_all(body, request.stream())
    except ClientDisconnect:
        raise RequestError.of(cut_short()) from None
    try:
        return body.parse(request.headers.get("Content-Type"))
    except SubmissionError as error:
        raise RequestError.of(error) from None


def submitted(*, max_bytes: int) -> Callable[[Request], Awaitable[Any]]:
    """Return a dependency of FastAPI that does the same as `submission`, with another size limit in bytes."""
    Body(max_bytes)  # raises for an invalid limit

    async def dependency(request: Request) -> Any:
        return await submission(request, max_bytes=max_bytes)

    return dependency


# FastAPI would make query parameters of other parameters than the request.
with_signature(submission, inspect.Signature([inspect.signature(submission).parameters["request"]]))


# -- uploads ----------------------------------------------------------------------------------------------------------


async def upload(
    request: Request,
    param: str,
    *,
    max_bytes: int = MAX_UPLOAD_BYTES,
    accepts: Sequence[str] | None = None,
    messages: Mapping[str, str] | None = None,
) -> UploadedFile:
    """Return the file that a persist-async request contains in the part `param`.

    - `max_bytes`: the size limit of the file. The rest of the body has a small limit of its own.
    - `accepts`: the allowed content types, such as `application/pdf` and `image/*`; None allows all.
    - `messages`: other texts for the user, by keyword: required, type, accepts, maxSize.

    Raises SubmissionError for anything else; its `response` has a message at the field `param`. Raises
    InvalidValueError for invalid arguments.
    """
    return await _uploaded(request, UploadRules.of(param, max_bytes, accepts, messages))


def uploaded(
    param: str,
    *,
    max_bytes: int = MAX_UPLOAD_BYTES,
    accepts: Sequence[str] | None = None,
    messages: Mapping[str, str] | None = None,
) -> Callable[[Request], Awaitable[UploadedFile]]:
    """Return a dependency of FastAPI that does the same as `upload`: `Depends(uploaded("photo"))`."""
    rules = UploadRules.of(param, max_bytes, accepts, messages)

    async def dependency(request: Request) -> UploadedFile:
        return await _uploaded(request, rules)

    return dependency


async def _uploaded(request: Request, rules: UploadRules) -> UploadedFile:
    chunks = request.stream()
    content_type = request.headers.get("Content-Type", "")
    try:
        rules.check_body_type(content_type)
        return rules.chosen(await _files(request, chunks, rules, BodyCheck(rules, content_type)))
    except MalformedError as error:
        raise RequestError.of(rules.unreadable(str(error))) from None
    except SubmissionError as error:
        raise RequestError.of(rules.at_field(error)) from None
    finally:
        with suppress(ClientDisconnect):
            await _feed_all(Body(0), chunks)


async def _files(
    request: Request, chunks: AsyncIterator[bytes], rules: UploadRules, check: BodyCheck
) -> list[UploadedFile]:
    """Return the files in the part of the rules. Raises SubmissionError or MalformedError for an invalid body."""
    problem: SubmissionError | None = None

    async def receive() -> Message:
        nonlocal problem
        try:
            chunk = await anext(chunks, b"")
            check.feed(chunk)
        except ClientDisconnect:
            problem = cut_short()
        except SubmissionError as error:
            problem = error
        else:
            return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}
        raise MultiPartException(problem.reason)  # for this exception, the parser closes its files

    try:
        async with Request(_in_lower_case(request.scope), receive).form(
            max_files=MAX_PARTS, max_fields=MAX_PARTS
        ) as form:
            parts = [part for part in form.getlist(rules.param) if isinstance(part, UploadFile)]
            return [await _file(part, rules.max_bytes) for part in parts]
    except (HTTPException, MultiPartException, ValueError) as error:  # ValueError: the errors of python-multipart
        raise problem or MalformedError(error.detail if isinstance(error, HTTPException) else str(error)) from None


def _in_lower_case(scope: Scope) -> Scope:
    """Return a scope with the content type in lower case, except its parameters. Old releases read only lower case."""
    headers: list[tuple[bytes, bytes]] = []
    for name, value in scope["headers"]:
        kind, semicolon, parameters = value.partition(b";")
        is_type = name.lower() == b"content-type"
        headers.append((name, kind.lower() + semicolon + parameters if is_type else value))
    return {**scope, "headers": headers}


async def _file(part: UploadFile, max_bytes: int) -> UploadedFile:
    data = await part.read(max_bytes + 1)
    return UploadedFile(file_name(part.filename), content_type_of(part.content_type), data)


async def _feed_all(body: Body, chunks: AsyncIterator[bytes]) -> None:
    """Add all chunks to a body, as `Body.feed_all` does. Raises ClientDisconnect."""
    async for chunk in chunks:
        if not body.feed(chunk):
            break
