"""The flow in FastAPI: `python fastapi_app.py`. Starlette declares routes differently."""

from __future__ import annotations

from typing import Annotated, Any

import flow
import uvicorn
from fastapi import Depends, FastAPI, Header

from stepdsl import Step
from stepdsl.server import FlowResponse, UploadedFile
from stepdsl.server.starlette import ERROR_RESPONSES, endpoint, install, submission, uploaded

app = FastAPI(responses=ERROR_RESPONSES)
install(app)
applications = flow.Applications()

Submission = Annotated[Any, Depends(submission)]
Proof = Annotated[
    UploadedFile,
    Depends(
        uploaded(
            "proof",
            max_bytes=flow.MAX_PROOF,
            accepts=flow.PROOF.accepts,
            messages=flow.PROOF.validation_messages,
        )
    ),
]


@app.get("/")
@endpoint
async def start() -> FlowResponse:
    return flow.start()


@app.post("/details/refresh")
@endpoint
async def refresh(values: Submission, if_none_match: Annotated[str | None, Header()] = None) -> FlowResponse:
    return flow.refresh(values, if_none_match)


@app.post("/details/iban")
@endpoint
def iban(values: Submission) -> FlowResponse:
    return flow.check_iban(values)


@app.post("/details/tax-number")
@endpoint
def tax_number(values: Submission) -> FlowResponse:
    return flow.keep_tax_number(applications, values)


@app.post("/details/proof")
@endpoint
def proof(file: Proof) -> FlowResponse:
    return flow.keep_proof(applications, file)


@app.post("/details")
@endpoint
def details(values: Submission) -> FlowResponse:
    return flow.submit_details(applications, values)


@app.get("/status")
@endpoint
async def status(application: str = "") -> FlowResponse:
    return flow.status(applications, application)


@app.post("/review")
@endpoint
def review(values: Submission) -> Step:
    return flow.review(applications, values)


@app.post("/confirm")
@endpoint
def confirm(values: Submission) -> Step:
    return flow.confirm(applications, values)


@app.post("/finish")
@endpoint
def finish(values: Submission) -> FlowResponse:
    return flow.finish(applications, values)


if __name__ == "__main__":
    print("The flow begins at http://localhost:8000/")
    uvicorn.run(app, port=8000)
