"""The flow of the tutorial in Flask: `flask --app flask_app run --port 8000`."""

from __future__ import annotations

import flow
from flask import Flask, request

from stepdsl import Step
from stepdsl.server import FlowResponse
from stepdsl.server.flask import endpoint, install, submission

app = Flask(__name__)
install(app)  # answers other errors, such as 404, with a body that clients understand


@app.get("/")
@endpoint
def start() -> Step:
    return flow.account_step()


@app.post("/account")
@endpoint
def account() -> Step:
    return flow.submit(submission(request))


@app.get("/status/<payment>")
@endpoint
def status(payment: str) -> FlowResponse:
    return flow.status(payment)


@app.post("/finish")
@endpoint
def finish() -> FlowResponse:
    return flow.finish(submission(request))
