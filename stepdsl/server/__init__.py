"""The answers of a flow's server, with status, headers and body, and the errors of submissions.

A `FlowResponse` does not depend on a framework. `stepdsl.server.flask`, `.django`, `.starlette` and `.wsgi` convert it
to the response of the framework and read submissions from the requests of the framework.
"""

from __future__ import annotations

from stepdsl.server.etags import etag_of, form_etag
from stepdsl.server.field_errors import field_errors
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
from stepdsl.server.uploads import MAX_UPLOAD_BYTES, UploadedFile
from stepdsl.server.validated import validated

__all__ = [
    "MAX_BYTES",
    "MAX_UPLOAD_BYTES",
    "FlowResponse",
    "SubmissionError",
    "UploadedFile",
    "action",
    "error",
    "etag_of",
    "exit",
    "field_errors",
    "form_etag",
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
    "validated",
]
