"""The adapter for Starlette and FastAPI. It converts answers and reads submissions and uploads.

It needs Starlette. The extra `starlette` installs it together with python-multipart, which reads uploads.
"""

from __future__ import annotations

import importlib.util

from stepdsl.core.missing import missing_package

if importlib.util.find_spec("starlette") is None:
    raise missing_package("stepdsl.server.starlette needs", "Starlette", "starlette")

from stepdsl.server.starlette.errors import install, respond
from stepdsl.server.starlette.requests import submission, submitted, upload, uploaded
from stepdsl.server.starlette.responses import (
    ERROR_RESPONSES,
    ActionResponse,
    ErrorResponse,
    ExitResponse,
    ModalResponse,
    NoOpResponse,
    StepResponse,
    SubflowResponse,
)
from stepdsl.server.starlette.views import endpoint

__all__ = [
    "ERROR_RESPONSES",
    "ActionResponse",
    "ErrorResponse",
    "ExitResponse",
    "ModalResponse",
    "NoOpResponse",
    "StepResponse",
    "SubflowResponse",
    "endpoint",
    "install",
    "respond",
    "submission",
    "submitted",
    "upload",
    "uploaded",
]
