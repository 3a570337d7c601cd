"""The flow of the tutorial in Django: `python django_app.py runserver 8000`. A usual project has several files."""

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
from stepdsl.server.django import endpoint, submission

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    MIDDLEWARE=["stepdsl.server.django.ErrorMiddleware"],  # answers other errors with a body that clients understand
)


@require_GET
@endpoint
def start(request: HttpRequest) -> Step:
    return flow.account_step()


@require_POST
@endpoint
def account(request: HttpRequest) -> Step:
    return flow.submit(submission(request))


@require_GET
@endpoint
def status(request: HttpRequest, payment: str) -> FlowResponse:
    return flow.status(payment)


@require_POST
@endpoint
def finish(request: HttpRequest) -> FlowResponse:
    return flow.finish(submission(request))


urlpatterns = [
    path("", start),
    path("account", account),
    path("status/<str:payment>", status),
    path("finish", finish),
]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
