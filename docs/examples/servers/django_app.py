"""The flow in Django: `python django_app.py`.

All code is in one file. A usual project has separate files for settings and URLs. No view checks a CSRF token: there is
no session, and the CSRF middleware is not installed.
"""

from __future__ import annotations

import sys

import flow
from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from stepdsl import Step
from stepdsl.server import FlowResponse
from stepdsl.server.django import endpoint, submission, upload

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    MIDDLEWARE=["stepdsl.server.django.ErrorMiddleware"],
)

applications = flow.Applications()


@require_GET
@endpoint
def start(request: HttpRequest) -> FlowResponse:
    return flow.start()


@require_POST
@endpoint
def refresh(request: HttpRequest) -> FlowResponse:
    return flow.refresh(submission(request), request.headers.get("If-None-Match"))


@require_POST
@endpoint
def iban(request: HttpRequest) -> FlowResponse:
    return flow.check_iban(submission(request))


@require_POST
@endpoint
def tax_number(request: HttpRequest) -> FlowResponse:
    return flow.keep_tax_number(applications, submission(request))


@require_POST
@endpoint
def proof(request: HttpRequest) -> FlowResponse:
    accepts, messages = flow.PROOF.accepts, flow.PROOF.validation_messages
    file = upload(request, "proof", max_bytes=flow.MAX_PROOF, accepts=accepts, messages=messages)
    return flow.keep_proof(applications, file)


@require_POST
@endpoint
def details(request: HttpRequest) -> FlowResponse:
    return flow.submit_details(applications, submission(request))


@require_GET
@endpoint
def status(request: HttpRequest) -> FlowResponse:
    return flow.status(applications, request.GET.get("application", ""))


@require_POST
@endpoint
def review(request: HttpRequest) -> Step:
    return flow.review(applications, submission(request))


@require_POST
@endpoint
def confirm(request: HttpRequest) -> Step:
    return flow.confirm(applications, submission(request))


@require_POST
@endpoint
def finish(request: HttpRequest) -> FlowResponse:
    return flow.finish(applications, submission(request))


urlpatterns = [
    path("", start),
    path("details/refresh", refresh),
    path("details/iban", iban),
    path("details/tax-number", tax_number),
    path("details/proof", proof),
    path("details", details),
    path("status", status),
    path("review", review),
    path("confirm", confirm),
    path("finish", finish),
]

app = get_wsgi_application()

if __name__ == "__main__":
    print("The flow begins at http://localhost:8000/")
    execute_from_command_line([sys.argv[0], "runserver", "--noreload", "localhost:8000"])
