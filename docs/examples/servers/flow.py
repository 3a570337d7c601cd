"""Opening an account: the steps of the flow, and what its server answers to each request. No framework is in sight.

1. *Details*: a form. The choice of a country changes it, the IBAN is checked while the user goes on, the tax number is
   kept away from the other values.
2. *Approval*: the client opens the bank's page and polls until the bank has answered.
3. *Review*: what was collected, and terms to accept; who does not gets an error.
4. *Welcome*: the last step; its button ends the flow.
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
    """What the server remembers between two requests; a real one has a database in its place."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._tax_numbers: dict[str, str] = {}
        self._details: dict[str, dict[str, Any]] = {}
        self._asked: dict[str, int] = {}

    def keep(self, tax_number: str) -> str:
        """Store a tax number and return what stands for it from now on."""
        token = f"tax-{next(self._numbers)}"
        self._tax_numbers[token] = tax_number
        return token

    def knows(self, token: str) -> bool:
        """Whether a token stands for a tax number."""
        return token in self._tax_numbers

    def open(self, details: dict[str, Any]) -> str:
        """Begin an application and return its id."""
        application = f"application-{next(self._numbers)}"
        self._details[application] = details
        self._asked[application] = 0
        return application

    def details(self, application: str) -> dict[str, Any] | None:
        """What an application was opened with; None for an unknown one."""
        return self._details.get(application)

    def approved(self, application: str) -> bool:
        """Whether the bank has approved. This bank takes three questions to make up its mind."""
        self._asked[application] += 1
        return self._asked[application] >= 3


# -- the steps ------------------------------------------------------------------------------------------------------


def details_step(form: Mapping[str, Any]) -> Step:
    """The form, as the chosen country needs it, with what the user has filled in so far."""
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
    """The step that waits for the bank."""
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
    """The step that shows what was collected. The application's id comes back with the submission."""
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
    """The last step; its action submits what it is told to, for the step itself collects nothing."""
    with Step.build(id="welcome", title="Welcome") as step, step.layout() as layout:
        layout.paragraph(text="Your account is open.")
        with layout.button(title="Done", control="primary") as button:
            button.action(url="/finish", data={"application": application})
    return step.built


def bank_url(application: str) -> str:
    return f"https://bank.example/approve?application={application}"


# -- the answers ----------------------------------------------------------------------------------------------------


def start() -> FlowResponse:
    """GET /: the first step. With its entity tag the client can ask later whether the form has changed."""
    return server.step(details_step(form_of({"country": "DE"})), etag=True)


def refresh(submission: Any, if_none_match: str | None) -> FlowResponse:
    """POST /details/refresh: the form for another country, or 304 where it is the one that the client has."""
    return server.refreshed(details_step(form_of(submission)), if_none_match)


def check_iban(submission: Any) -> FlowResponse:
    """POST /details/iban: what the client asks while the user goes on with the form."""
    problem = iban_problem(text(submission, "iban"))
    return server.valid("This IBAN looks right.") if problem is None else server.invalid(problem)


def keep_tax_number(applications: Applications, submission: Any) -> FlowResponse:
    """POST /details/tax-number: keeps the number, so that the form submits no more than a token."""
    tax_number = text(submission, "taxNumber")
    if not re.fullmatch("[0-9]{11}", tax_number):
        return server.error(validation={"taxNumber": "A tax number has eleven digits."})
    return server.persisted("token", applications.keep(tax_number))


def submit_details(applications: Applications, submission: Any) -> FlowResponse:
    """POST /details: everything is checked again, for clients may submit whatever they like."""
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
    """GET /status: what polling asks. A status of 400 or more ends it with the `on_error` of its step."""
    if applications.details(application) is None:
        return unknown_application()
    if not applications.approved(application):
        return server.still_waiting()
    return server.progress(Action(url="/review", data={"application": application}))


def review(applications: Applications, submission: Any) -> FlowResponse:
    """POST /review: where the action leads that ended the polling."""
    application = text(submission, "application")
    details = applications.details(application)
    return unknown_application() if details is None else server.step(review_step(application, details))


def confirm(applications: Applications, submission: Any) -> FlowResponse:
    """POST /confirm: refused without the terms, and the client stays where it is."""
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
    """Return what the form has fields for. Nothing else goes into the next step's model."""
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
    """Return a string that was submitted, an empty one if there is none; refuse what is no object at all."""
    if not is_object(submission):
        raise SubmissionError(400, "expected a JSON object")
    return texts(submission, [name])[name]


def texts(submitted: Any, names: Sequence[str]) -> dict[str, str]:
    """Return the strings that were submitted under these names, empty ones for whatever else was."""
    found = {name: submitted.get(name) if is_object(submitted) else None for name in names}
    return {name: value.strip() if isinstance(value, str) else "" for name, value in found.items()}


def filled(part: Any) -> Any:
    """Return a part of the form without what the user has left empty."""
    return {name: value for name, value in part.items() if value} if is_object(part) else part


def is_object(submitted: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(submitted, dict)


def iban_problem(iban: str) -> str | None:
    """Return what is wrong with an IBAN, for the user to read."""
    compact = iban.replace(" ", "").upper()
    if not re.fullmatch("[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", compact):
        return "An IBAN begins like DE12 and has 15 to 34 characters."
    number = "".join(str(int(character, 36)) for character in compact[4:] + compact[:4])
    return None if int(number) % 97 == 1 else "This IBAN has a typing error."
