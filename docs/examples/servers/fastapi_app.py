"""The flow in FastAPI: `python docs/examples/servers/fastapi_app.py`. Starlette declares routes differently."""

from __future__ import annotations

import flow
import uvicorn
from fastapi import FastAPI, Request

from stepdsl.server import FlowResponse
from stepdsl.server.starlette import endpoint, submission

app = FastAPI()
applications = flow.Applications()


@app.get("/")
@endpoint
async def start() -> FlowResponse:
    return flow.start()


@app.post("/details/refresh")
@endpoint
async def refresh(request: Request) -> FlowResponse:
    return flow.refresh(await submission(request), request.headers.get("If-None-Match"))


@app.post("/details/iban")
@endpoint
async def iban(request: Request) -> FlowResponse:
    return flow.check_iban(await submission(request))


@app.post("/details/tax-number")
@endpoint
async def tax_number(request: Request) -> FlowResponse:
    return flow.keep_tax_number(applications, await submission(request))


@app.post("/details")
@endpoint
async def details(request: Request) -> FlowResponse:
    return flow.submit_details(applications, await submission(request))


@app.get("/status")
@endpoint
async def status(application: str = "") -> FlowResponse:
    return flow.status(applications, application)


@app.post("/review")
@endpoint
async def review(request: Request) -> FlowResponse:
    return flow.review(applications, await submission(request))


@app.post("/confirm")
@endpoint
async def confirm(request: Request) -> FlowResponse:
    return flow.confirm(applications, await submission(request))


@app.post("/finish")
@endpoint
async def finish(request: Request) -> FlowResponse:
    return flow.finish(applications, await submission(request))


if __name__ == "__main__":
    print("The flow begins at http://localhost:8000/")
    uvicorn.run(app, port=8000)
