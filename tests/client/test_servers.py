"""The example servers and the tutorial, driven by the client: in this process, and over a socket."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from django.urls import path
from flask import Flask

from stepdsl.testing import ApplicationError, FakeClock, FlowClient, SessionState
from tests.server.serving import NAMES, SERVERS, example
from tests.server.test_tutorial import module

IBAN = "DE89 3704 0044 0532 0130 00"


def open_an_account(app: Any) -> None:
    clock = FakeClock()
    session = FlowClient(app, clock=clock, check=True).start("/").expect_step(id="details")
    session.press("Continue").expect_error("holder.name", contains="Please tell us your name")
    session.fill("holder", {"name": "Ada", "taxNumber": "123"})
    session.expect_error("holder.taxNumber", contains="eleven digits")
    session.upload("holder.proofOfAddress", b"x", content_type="text/plain")
    session.expect_error("holder.proofOfAddress", contains="Choose a PDF file or a picture.")

    session.fill("country", "GB").expect_field("account.sortCode", title="Sort code").expect_field(
        "holder.name", value="Ada"
    )
    session.fill("country", "DE").fill("account.iban", "DE00")
    session.expect_error("account.iban", contains="15 to 34 characters")
    session.fill({"holder.taxNumber": "86095742719", "account": {"iban": IBAN}})
    assert session.feedback == {"account.iban": "This IBAN looks right."}
    session.upload("holder.proofOfAddress", b"%PDF-1.7", filename="bill.pdf", content_type="application/pdf")

    session.press("Continue").expect_step(id="approval")
    assert session.opened[0].startswith("https://bank.example/approve?application=application-")
    session.poll().expect_step(id="review")
    assert clock.sleeps == [2, 2]
    session.press("Open the account").expect_error("terms", contains="There is no account without the terms.")
    session.fill("terms", True).press("Open the account").expect_step(title="Welcome").press("Done").expect_exit()
    assert session.result["opened"] is True


@pytest.mark.parametrize("name", NAMES)
def test_an_example_server_opens_an_account(name: str) -> None:
    open_an_account(example(name).app)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_server_opens_an_account_over_a_socket(name: str) -> None:
    with SERVERS[name](example(name).app) as url:
        open_an_account(url)


@pytest.mark.parametrize("name", ["fastapi_app", "flask_app", "wsgi_app"])
def test_the_tutorial_ends_with_its_result(name: str) -> None:
    session = FlowClient(module(name, module("flow")).app, check=True).start("/")
    session.press("Continue").expect_error("iban", contains="Enter your IBAN.")
    session.fill("iban", "DE89370400440532013000").choose("Rent", at="purpose").press("Continue")
    assert session.opened == ("https://bank.example/approve/payment-1",)
    session.poll().expect_exit({"approved": True, "payment": "payment-1"})


def test_a_framework_answers_an_unknown_path() -> None:
    session = FlowClient(example("flask_app").app).start("/nowhere")
    assert (session.state, session.exchanges[-1].response.status) == (SessionState.FAILED, 404)  # type: ignore[union-attr]


@pytest.fixture(params=["flask", "django"])
def raising(request: pytest.FixtureRequest) -> Iterator[Callable[[bool], Any]]:
    """A function that returns an application whose view raises; it takes whether the exception can be seen."""
    with ExitStack() as stack:

        def make(is_visible: bool) -> Any:
            if request.param == "flask":
                app = Flask("raises")
                app.config["TESTING"] = is_visible
                app.add_url_rule("/", view_func=lambda: 1 / 0)
                return app
            example("django_app")  # it configures the settings
            urls: Any = ModuleType("urls_that_raise")
            urls.urlpatterns = [path("", lambda request: 1 / 0)]
            stack.enter_context(override_settings(ROOT_URLCONF=urls, DEBUG_PROPAGATE_EXCEPTIONS=is_visible))
            app = get_wsgi_application()
            # The report for administrators reads a setting of Django 4.2 that the example does not have.
            stack.enter_context(patch.object(logging.getLogger("django"), "handlers", []))
            return app

        yield make


def test_a_framework_hides_its_exceptions(raising: Callable[[bool], Any]) -> None:
    session = FlowClient(raising(False)).start("/")
    assert (session.state, session.exchanges[-1].response.status) == (SessionState.FAILED, 500)  # type: ignore[union-attr]


def test_a_setting_of_a_framework_shows_its_exceptions(raising: Callable[[bool], Any]) -> None:
    with pytest.raises(ApplicationError) as raised:
        FlowClient(raising(True)).start("/")
    assert str(raised.value).startswith(
        "start: the application raised ZeroDivisionError: division by zero; GET http://localhost/\n"
    )
    assert isinstance(raised.value.__cause__, ZeroDivisionError)
