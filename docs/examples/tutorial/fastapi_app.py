"""The flow of the tutorial in FastAPI: `uvicorn fastapi_app:app --port 8000`."""

from __future__ import annotations

from typing import Annotated, Any

import flow
from fastapi import Depends, FastAPI

from stepdsl import Step
from stepdsl.server import FlowResponse
from stepdsl.server.starlette import ERROR_RESPONSES, endpoint, install, submission

app = FastAPI(title="Your account", responses=ERROR_RESPONSES)
install(app)  # answers other errors, such as 404, with a body that clients understand

Submission = Annotated[Any, Depends(submission)]


@app.get("/")
@endpoint
async def start() -> Step:
    return flow.account_step()


@app.post("/account")
@endpoint
def account(values: Submission) -> Step:
    return flow.submit(values)


@app.get("/status/{payment}")
@endpoint
async def status(payment: str) -> FlowResponse:
    return flow.status(payment)


@app.post("/finish")
@endpoint
def finish(values: Submission) -> FlowResponse:
    return flow.finish(values)
