"""A flow that opens an account: its steps, and the answers of its server. It does not depend on a framework.

1. *Details*: a form. The country changes the form. The IBAN is checked while the user fills in the form. The tax number
   is stored separately from the other values.
2. *Approval*: the client opens the page of the bank and polls until the bank has answered.
3. *Review*: the step shows the collected values. The user must accept the terms; otherwise there is an error.
4. *Welcome*: the last step. Its button ends the flow.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from stepdsl import Action, Step, server
from stepdsl.server import FlowResponse, SubmissionError

COUNTRIES = {"DE": "Germany", "EE": "Estonia", "GB": "United Kingdom"}
WITHOUT_IBAN = {"GB"}


class Applications:
    """The data that the server stores between two requests. A real server uses a database."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._tax_numbers: dict[str, str] = {}
        self._details: dict[str, dict[str, Any]] = {}
        self._asked: dict[str, int] = {}

    def keep(self, tax_number: str) -> str:
        """Store a tax number. Return a token that is used instead of it."""
        token = f"tax-{next(self._numbers)}"
        self._tax_numbers[token] = tax_number
        return token

    def knows(self, token: str) -> bool:
        """Return whether a token belongs to a tax number."""
        return token in self._tax_numbers

    def open(self, details: dict[str, Any]) -> str:
        """Begin an application and return its id."""
        application = f"application-{next(self._numbers)}"
        self._details[application] = details
        self._asked[application] = 0
        return application

    def details(self, application: str) -> dict[str, Any] | None:
        """Return the details of an application; None for an unknown application."""
        return self._details.get(application)

    def approved(self, application: str) -> bool:
        """Return whether the bank has approved. This example approves at the third call."""
        self._asked[application] += 1
        return self._asked[application] >= 3


# -- the steps ------------------------------------------------------------------------------------------------------


def details_step(form: Mapping[str, Any]) -> Step:
    """Return the step with the form for the chosen country. It contains the values that the user has filled in."""
    with Step.build(id="details", title="Your details", refresh_url="/details/refresh") as step:
        step.model = {name: filled(part) for name, part in form.items()}
        with step.schemas() as schemas, schemas.obj(id="#details") as details, details.properties() as properties:
            with properties.one_of("country", title="Country", refresh_step_on_change=True) as country:
                with country.schemas() as countries:
                    for code, name in COUNTRIES.items():
                        countries.const(title=name, value=code)
            with properties.obj("holder", title="Account holder") as holder:
                with holder.properties() as fields:
                    fields.string("name", title="Name", max_length=100)
                    with fields.string("taxNumber", title="Tax number") as tax_number:
                        with tax_number.persist_async(url="/details/tax-number", param="taxNumber") as persist:
                            persist.id_property = "token"
                            persist.schema.string(title="Tax number", pattern="[0-9]{11}")
                holder.required = ["name", "taxNumber"]
            with properties.obj("account", title="Account") as account:
                with account.properties() as fields:
                    if form["country"] in WITHOUT_IBAN:
                        fields.string("sortCode", title="Sort code", pattern="[0-9]{6}")
                        fields.string("number", title="Account number", pattern="[0-9]{8}")
                        account.required = ["sortCode", "number"]
                    else:
                        with fields.string("iban", title="IBAN", max_length=34) as iban:
                            iban.validation_async(url="/details/iban", method="POST", param="iban")
                        account.required = ["iban"]
            details.required = ["country", "holder", "account"]
        with step.layout() as layout:
            layout.form(schema_id="#details")
            with layout.button(title="Continue", control="primary") as button:
                button.action(url="/details")
    return step.built


def approval_step(application: str) -> Step:
    """Return the step that waits for the bank."""
    with Step.build(id="approval", title="Approve at your bank") as step:
        with step.layout() as layout:
            with layout.status_list() as tasks, tasks.items() as items:
                with items.item(title="Your details", status="done") as item:
                    item.icon.named(name="check")
                with items.item(title="Your bank's approval", status="pending") as item:
                    item.icon.named(name="clock")
            layout.markdown(content=f"No window has opened? [Go to your bank]({bank_url(application)})")
        step.external(url=bank_url(application))
        with step.polling() as polling:
            polling.url = f"/status?application={application}"
            polling.interval = 2
            polling.max_attempts = 150
            polling.on_error().action(exit=True, result={"opened": False})
    return step.built


def review_step(application: str, details: Mapping[str, Any]) -> Step:
    """Return the step that shows the collected values. The submission contains the id of the application."""
    with Step.build(id="review", title="Is this right?", model={"application": application}) as step:
        with step.schemas() as schemas, schemas.obj(id="#review") as review:
            with review.properties() as properties:
                properties.string("application", title="Application", hidden=True)
                properties.boolean("terms", title="I accept the terms")
            review.required = ["application", "terms"]
        with step.layout() as layout:
            with layout.review() as shown, shown.fields() as fields:
                fields.field(label="Country", value=COUNTRIES[details["country"]])
                fields.field(label="Name", value=details["holder"]["name"])
                fields.field(label="Account", value=" ".join(details["account"].values()))
            layout.form(schema_id="#review")
            with layout.button(title="Open the account", control="primary") as button:
                button.action(url="/confirm")
    return step.built


def welcome_step(application: str) -> Step:
    """Return the last step. It has no form. Its action submits the id of the application as `data`."""
    with Step.build(id="welcome", title="Welcome") as step, step.layout() as layout:
        layout.paragraph(text="Your account is open.")
        with layout.button(title="Done", control="primary") as button:
            button.action(url="/finish", data={"application": application})
    return step.built


def bank_url(application: str) -> str:
    return f"https://bank.example/approve?application={application}"


# -- the answers ----------------------------------------------------------------------------------------------------


def start() -> FlowResponse:
    """GET /: the first step. It has an entity tag, so the client can later ask if the form has changed."""
    return server.step(details_step(form_of({"country": "DE"})), etag=True)


def refresh(submission: Any, if_none_match: str | None) -> FlowResponse:
    """POST /details/refresh: the form for another country, or 304 if the client already has this form."""
    return server.refreshed(details_step(form_of(submission)), if_none_match)


def check_iban(submission: Any) -> FlowResponse:
    """POST /details/iban: checks the IBAN while the user fills in the form."""
    problem = iban_problem(text(submission, "iban"))
    return server.valid("This IBAN looks right.") if problem is None else server.invalid(problem)


def keep_tax_number(applications: Applications, submission: Any) -> FlowResponse:
    """POST /details/tax-number: stores the number. The form then submits only a token."""
    tax_number = text(submission, "taxNumber")
    if not re.fullmatch("[0-9]{11}", tax_number):
        return server.error(validation={"taxNumber": "A tax number has eleven digits."})
    return server.persisted("token", applications.keep(tax_number))


def submit_details(applications: Applications, submission: Any) -> FlowResponse:
    """POST /details: checks all values again, because a client can submit any values."""
    form = form_of(submission)
    holder, account = form["holder"], form["account"]
    messages: dict[str, str] = {}
    if text(submission, "country") not in COUNTRIES:
        messages["country"] = "Please choose one of these countries."
    if not 0 < len(holder["name"]) <= 100:
        messages["holder.name"] = "Please tell us your name, in a hundred characters at most."
    if not applications.knows(holder["taxNumber"]):
        messages["holder.taxNumber"] = "Please enter your tax number again."
    if form["country"] not in WITHOUT_IBAN:
        problem = iban_problem(account["iban"])
        if problem is not None:
            messages["account.iban"] = problem
    else:
        if not re.fullmatch("[0-9]{6}", account["sortCode"]):
            messages["account.sortCode"] = "A sort code has six digits."
        if not re.fullmatch("[0-9]{8}", account["number"]):
            messages["account.number"] = "An account number has eight digits."
    if messages:
        return server.error("Please look at the fields that are marked.", messages, step=details_step(form))
    return server.step(approval_step(applications.open(form)))


def status(applications: Applications, application: str) -> FlowResponse:
    """GET /status: answers the polling. A status of 400 or more ends it with the `on_error` of the step."""
    if applications.details(application) is None:
        return unknown_application()
    if not applications.approved(application):
        return server.still_waiting()
    return server.progress(Action(url="/review", data={"application": application}))


def review(applications: Applications, submission: Any) -> FlowResponse:
    """POST /review: answers the action that ended the polling."""
    application = text(submission, "application")
    details = applications.details(application)
    return unknown_application() if details is None else server.step(review_step(application, details))


def confirm(applications: Applications, submission: Any) -> FlowResponse:
    """POST /confirm: an error if the user has not accepted the terms. The client then keeps its step."""
    application = text(submission, "application")
    details = applications.details(application)
    if details is None:
        return unknown_application()
    if submission.get("terms") is not True:
        shown = review_step(application, details)
        return server.error(validation={"terms": "There is no account without the terms."}, step=shown)
    return server.step(welcome_step(application))


def finish(applications: Applications, submission: Any) -> FlowResponse:
    """POST /finish: the end of the flow, with its result."""
    application = text(submission, "application")
    if applications.details(application) is None:
        return unknown_application()
    return server.exit({"opened": True, "application": application})


def unknown_application() -> FlowResponse:
    return server.error("This application is not known here. Please start again.", status=404)


# -- reading submissions --------------------------------------------------------------------------------------------


def form_of(submission: Any) -> dict[str, Any]:
    """Return the values of the form's fields. Other values do not go into the model of the next step."""
    country = text(submission, "country")
    if country not in COUNTRIES:
        country = "DE"
    account = ["sortCode", "number"] if country in WITHOUT_IBAN else ["iban"]
    return {
        "country": country,
        "holder": texts(submission.get("holder"), ["name", "taxNumber"]),
        "account": texts(submission.get("account"), account),
    }


def text(submission: Any, name: str) -> str:
    """Return a submitted string; an empty string if it is missing. Raises SubmissionError if there is no object."""
    if not is_object(submission):
        raise SubmissionError(400, "expected a JSON object")
    return texts(submission, [name])[name]


def texts(submitted: Any, names: Sequence[str]) -> dict[str, str]:
    """Return the submitted strings with these names. A missing value, or one of another type, is an empty string."""
    found = {name: submitted.get(name) if is_object(submitted) else None for name in names}
    return {name: value.strip() if isinstance(value, str) else "" for name, value in found.items()}


def filled(part: Any) -> Any:
    """Return a part of the form without the empty values."""
    return {name: value for name, value in part.items() if value} if is_object(part) else part


def is_object(submitted: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(submitted, dict)


def iban_problem(iban: str) -> str | None:
    """Return the error message for an IBAN; None if the IBAN is valid."""
    compact = iban.replace(" ", "").upper()
    if not re.fullmatch("[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", compact):
        return "An IBAN begins like DE12 and has 15 to 34 characters."
    number = "".join(str(int(character, 36)) for character in compact[4:] + compact[:4])
    return None if int(number) % 97 == 1 else "This IBAN has a typing error."
