"""The flow in Flask: `python flask_app.py`."""

from __future__ import annotations

import flow
from flask import Flask, request

from stepdsl import Step
from stepdsl.server import FlowResponse
from stepdsl.server.flask import endpoint, install, submission, upload

app = Flask(__name__)
install(app)
applications = flow.Applications()


@app.get("/")
@endpoint
def start() -> FlowResponse:
    return flow.start()


@app.post("/details/refresh")
@endpoint
def refresh() -> FlowResponse:
    return flow.refresh(submission(request), request.headers.get("If-None-Match"))


@app.post("/details/iban")
@endpoint
def iban() -> FlowResponse:
    return flow.check_iban(submission(request))


@app.post("/details/tax-number")
@endpoint
def tax_number() -> FlowResponse:
    return flow.keep_tax_number(applications, submission(request))


@app.post("/details/proof")
@endpoint
def proof() -> FlowResponse:
    accepts, messages = flow.PROOF.accepts, flow.PROOF.validation_messages
    file = upload(request, "proof", max_bytes=flow.MAX_PROOF, accepts=accepts, messages=messages)
    return flow.keep_proof(applications, file)


@app.post("/details")
@endpoint
def details() -> FlowResponse:
    return flow.submit_details(applications, submission(request))


@app.get("/status")
@endpoint
def status() -> FlowResponse:
    return flow.status(applications, request.args.get("application", ""))


@app.post("/review")
@endpoint
def review() -> Step:
    return flow.review(applications, submission(request))


@app.post("/confirm")
@endpoint
def confirm() -> Step:
    return flow.confirm(applications, submission(request))


@app.post("/finish")
@endpoint
def finish() -> FlowResponse:
    return flow.finish(applications, submission(request))


if __name__ == "__main__":
    print("The flow begins at http://localhost:8000/")
    app.run(port=8000)
