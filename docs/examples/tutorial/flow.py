"""The flow of the tutorial: its steps, and the answers of its server. It does not depend on a framework."""

from __future__ import annotations

from typing import Any

from stepdsl import Action, Control, Step, server
from stepdsl.server import FlowResponse, SubmissionError

polled: dict[str, int] = {}
"""The number of polling requests of each payment. A real server uses a database."""


def account_step() -> Step:
    """Return the first step: a form for an account."""
    with Step.build(id="account", title="Your account") as step:
        with step.schemas() as schemas, schemas.obj(id="#account") as account:
            with account.properties() as properties:
                with properties.string("iban", title="IBAN") as iban:
                    iban.pattern = "^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$"
                    iban.validation_messages = {
                        "required": "Enter your IBAN.",
                        "pattern": "Enter an IBAN such as DE89370400440532013000.",
                    }
                with properties.one_of("purpose", title="What is it for?") as purpose:
                    with purpose.schemas() as options:
                        options.const(title="Rent", value="rent")
                        options.const(title="Something else", value="other")
            account.required = ["iban"]
        with step.layout() as layout:
            layout.heading(text="Where should the money come from?")
            layout.form(schema_id="#account")
            with layout.button(title="Continue", control=Control.Layout.Button.PRIMARY) as button:
                button.action(url="/account")
    return step.built


def waiting_step(payment: str) -> Step:
    """Return the step that waits for the bank."""
    with Step.build(id="bank", title="Your bank") as step:
        with step.layout() as layout:
            layout.paragraph(text="We are waiting for your bank.")
            layout.loading_indicator()
        step.external(url=f"https://bank.example/approve/{payment}")
        with step.polling() as polling:
            polling.url = f"/status/{payment}"
            polling.interval = 2
            polling.max_attempts = 30
            with polling.on_error() as on_error:
                on_error.action(exit=True, result={"approved": False})
    return step.built


def submit(values: Any) -> Step:
    """Answer the submission of the form with the next step."""
    server.validated(account_step(), values)  # raises SubmissionError for wrong values
    payment = f"payment-{len(polled) + 1}"
    polled[payment] = 0
    return waiting_step(payment)


def status(payment: str) -> FlowResponse:
    """Answer a polling request. In this example, the bank has approved at the third request."""
    if payment not in polled:
        raise SubmissionError(404, "This payment is not known.")
    polled[payment] += 1
    if polled[payment] < 3:
        return server.still_waiting()
    return server.progress(Action(url="/finish", data={"payment": payment}))


def finish(values: Any) -> FlowResponse:
    """End the flow with its result."""
    match values:
        case {"payment": str(payment)} if payment in polled:
            return server.exit({"approved": True, "payment": payment})
        case _:
            raise SubmissionError(404, "This payment is not known.")
