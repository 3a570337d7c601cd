"""The flow of the tutorial in plain WSGI: `python wsgi_app.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from wsgiref.simple_server import make_server

import flow

from stepdsl import Step
from stepdsl.server import FlowResponse, SubmissionError
from stepdsl.server.wsgi import endpoint, submission

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment


@endpoint
def app(environ: WSGIEnvironment) -> FlowResponse | Step:
    match environ["REQUEST_METHOD"], environ["PATH_INFO"].split("/")[1:]:
        case "GET", [""]:
            return flow.account_step()
        case "POST", ["account"]:
            return flow.submit(submission(environ))
        case "GET", ["status", payment]:
            return flow.status(payment)
        case "POST", ["finish"]:
            return flow.finish(submission(environ))
        case _:
            raise SubmissionError(404, "There is nothing here.")


if __name__ == "__main__":
    make_server("localhost", 8000, app).serve_forever()
