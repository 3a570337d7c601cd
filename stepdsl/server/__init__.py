"""What a server answers, right in status, header and body; and what it reads, however wrong that is.

`FlowResponse` is an answer of no framework. `stepdsl.server.flask`, `.django`, `.starlette` and `.wsgi` turn it into
the framework's own and read submissions from the framework's requests.
"""

from __future__ import annotations

from stepdsl.server.etags import etag_of
from stepdsl.server.responses import (
    FlowResponse,
    action,
    error,
    exit,
    invalid,
    modal,
    no_op,
    not_modified,
    persisted,
    progress,
    refreshed,
    search_results,
    step,
    still_waiting,
    subflow,
    valid,
)
from stepdsl.server.submissions import MAX_BYTES, SubmissionError

__all__ = [
    "MAX_BYTES",
    "FlowResponse",
    "SubmissionError",
    "action",
    "error",
    "etag_of",
    "exit",
    "invalid",
    "modal",
    "no_op",
    "not_modified",
    "persisted",
    "progress",
    "refreshed",
    "search_results",
    "step",
    "still_waiting",
    "subflow",
    "valid",
]
