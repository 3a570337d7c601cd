"""The flow in plain WSGI: `python wsgi_app.py`. Only the upload needs a package, `multipart`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs
from wsgiref.simple_server import make_server

import flow

from stepdsl import Step, server
from stepdsl.server import FlowResponse
from stepdsl.server.wsgi import endpoint, submission, upload

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

    View = Callable[[WSGIEnvironment], FlowResponse | Step]

applications = flow.Applications()


def proof(environ: WSGIEnvironment) -> FlowResponse:
    accepts, messages = flow.PROOF.accepts, flow.PROOF.validation_messages
    file = upload(environ, "proof", max_bytes=flow.MAX_PROOF, accepts=accepts, messages=messages)
    return flow.keep_proof(applications, file)


def status(environ: WSGIEnvironment) -> FlowResponse:
    asked = parse_qs(environ.get("QUERY_STRING", ""))
    return flow.status(applications, asked.get("application", [""])[0])


ROUTES: dict[tuple[str, str], View] = {
    ("GET", "/"): lambda environ: flow.start(),
    ("POST", "/details/refresh"): lambda environ: flow.refresh(submission(environ), environ.get("HTTP_IF_NONE_MATCH")),
    ("POST", "/details/iban"): lambda environ: flow.check_iban(submission(environ)),
    ("POST", "/details/tax-number"): lambda environ: flow.keep_tax_number(applications, submission(environ)),
    ("POST", "/details/proof"): proof,
    ("POST", "/details"): lambda environ: flow.submit_details(applications, submission(environ)),
    ("GET", "/status"): status,
    ("POST", "/review"): lambda environ: flow.review(applications, submission(environ)),
    ("POST", "/confirm"): lambda environ: flow.confirm(applications, submission(environ)),
    ("POST", "/finish"): lambda environ: flow.finish(applications, submission(environ)),
}


@endpoint
def app(environ: WSGIEnvironment) -> FlowResponse | Step:
    view = ROUTES.get((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
    return server.error("There is nothing here.", status=404) if view is None else view(environ)


if __name__ == "__main__":
    print("The flow begins at http://localhost:8000/")
    make_server("localhost", 8000, app).serve_forever()
