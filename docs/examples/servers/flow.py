"""A flow that opens an account: its steps, and the answers of its server. It does not depend on a framework.

1. *Details*: a form. The country changes the form. The IBAN is checked while the user fills in the form. The tax number
   and a file are stored separately from the other values.
2. *Approval*: the client opens the page of the bank and polls until the bank has answered.
3. *Review*: the step shows the collected values. The user must accept the terms; otherwise there is an error.
4. *Welcome*: the last step. Its button ends the flow.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from stepdsl import Action, BlobSchema, ObjectSchema, Step, StringSchema, server
from stepdsl.server import FlowResponse, SubmissionError, UploadedFile

COUNTRIES = {"DE": "Germany", "EE": "Estonia", "GB": "United Kingdom"}
WITHOUT_IBAN = {"GB"}

NAME_TEXTS = dict.fromkeys(
    ["required", "minLength", "maxLength"], "Please tell us your name, in a hundred characters at most."
)

TAX_NUMBER = StringSchema(
    title="Tax number",
    pattern="^[0-9]{11}$",
    validation_messages={"pattern": "A tax number has eleven digits.", "required": "A tax number has eleven digits."},
)
TAX_NUMBER_FORM = Step(schemas=[ObjectSchema(properties={"taxNumber": TAX_NUMBER}, required=["taxNumber"])])

MAX_PROOF = 500_000
PROOF = BlobSchema(
    title="A bill or a bank statement",
    accepts=["application/pdf", "image/*"],
    max_size=MAX_PROOF,
    validation_messages={"accepts": "Choose a PDF file or a picture.", "maxSize": "The file may have up to 500 kB."},
)


class Applications:
    """The data that the server stores between two requests. A real server uses a database."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._tax_numbers: dict[str, str] = {}
        self._files: dict[str, UploadedFile] = {}
        self._details: dict[str, dict[str, Any]] = {}
        self._asked: dict[str, int] = {}

    def keep_tax_number(self, tax_number: str) -> str:
        """Store a tax number. Return a token that is used instead of it."""
        token = f"tax-{next(self._numbers)}"
        self._tax_numbers[token] = tax_number
        return token

    def has_tax_number(self, token: Any) -> bool:
        """Return whether a token belongs to a tax number. The client can submit any JSON as a token."""
        return isinstance(token, str) and token in self._tax_numbers

    def keep_file(self, file: UploadedFile) -> str:
        """Store a file. Return a token that is used instead of it."""
        token = f"file-{next(self._numbers)}"
        self._files[token] = file
        return token

    def has_file(self, token: Any) -> bool:
        """Return whether a token belongs to a file."""
        return isinstance(token, str) and token in self._files

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
                    with fields.string("name", title="Name", min_length=1, max_length=100) as name_field:
                        name_field.validation_messages = NAME_TEXTS
                    with fields.string("taxNumber", title="Tax number") as tax_number:
                        with tax_number.persist_async(url="/details/tax-number", param="taxNumber") as persist:
                            persist.id_property = "token"
                            persist.schema = TAX_NUMBER
                    with fields.string("proofOfAddress", title="Proof of address") as proof:
                        with proof.persist_async(url="/details/proof", param="proof") as persist:
                            persist.id_property = "token"
                            persist.schema = PROOF
                holder.required = ["name", "taxNumber", "proofOfAddress"]
            with properties.obj("account", title="Account") as account:
                with account.properties() as fields:
                    if form["country"] in WITHOUT_IBAN:
                        with fields.string("sortCode", title="Sort code", pattern="^[0-9]{6}$") as sort_code:
                            sort_code.validation_messages = {"pattern": "A sort code has six digits."}
                        with fields.string("number", title="Account number", pattern="^[0-9]{8}$") as number:
                            number.validation_messages = {"pattern": "An account number has eight digits."}
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
    """GET /: the first step. It has the entity tag of its form, so the client can later check if it has changed."""
    step = details_step(form_of({"country": "DE"}))
    return server.step(step, etag=server.form_etag(step))


def refresh(submission: Any, if_none_match: str | None) -> FlowResponse:
    """POST /details/refresh: the form for another country, or 304 if the client already has this form.

    After 304 the client keeps its step and the values of the user. This is right here: the step has no other values.
    """
    step = details_step(form_of(submission))
    return server.refreshed(step, if_none_match, etag=server.form_etag(step))


def check_iban(submission: Any) -> FlowResponse:
    """POST /details/iban: checks the IBAN while the user fills in the form."""
    problem = iban_problem(text(submission, "iban"))
    return server.valid("This IBAN looks right.") if problem is None else server.invalid(problem)


def keep_tax_number(applications: Applications, submission: Any) -> FlowResponse:
    """POST /details/tax-number: stores the number. The form then submits only a token."""
    tax_number = server.validated(TAX_NUMBER_FORM, submission)["taxNumber"]
    return server.persisted("token", applications.keep_tax_number(tax_number))


def keep_proof(applications: Applications, file: UploadedFile) -> FlowResponse:
    """POST /details/proof: stores the file. Its type is what the client says. A real server looks at the data."""
    return server.persisted("token", applications.keep_file(file))


def submit_details(applications: Applications, submission: Any) -> FlowResponse:
    """POST /details: checks all values again, because a client can submit any values.

    `validated` checks what the schemas say, and raises an error with messages for the fields. The rest is checked here.
    """
    step = details_step(form_of(submission))
    details = server.validated(step, submission)
    holder, account = details["holder"], details["account"]
    messages: dict[str, str] = {}
    if not applications.has_tax_number(holder["taxNumber"]):
        messages["holder.taxNumber"] = "Please enter your tax number again."
    if not applications.has_file(holder["proofOfAddress"]):
        messages["holder.proofOfAddress"] = "Please choose your proof of address again."
    if "iban" in account and (problem := iban_problem(account["iban"])):
        messages["account.iban"] = problem
    if messages:
        return server.error("Please look at the fields that are marked.", messages, step=step)
    return server.step(approval_step(applications.open(details)))


def status(applications: Applications, application: str) -> FlowResponse:
    """GET /status: answers the polling. A status of 400 or more ends it with the `on_error` of the step."""
    details_of(applications, application)
    if not applications.approved(application):
        return server.still_waiting()
    return server.progress(Action(url="/review", data={"application": application}))


def review(applications: Applications, submission: Any) -> Step:
    """POST /review: answers the action that ended the polling."""
    application = text(submission, "application")
    return review_step(application, details_of(applications, application))


def confirm(applications: Applications, submission: Any) -> Step:
    """POST /confirm: an error if the user has not accepted the terms. The client then keeps its step."""
    application = text(submission, "application")
    step = review_step(application, details_of(applications, application))
    if not server.validated(step, submission)["terms"]:
        raise SubmissionError(422, "terms not accepted", {"terms": "There is no account without the terms."})
    return welcome_step(application)


def finish(applications: Applications, submission: Any) -> FlowResponse:
    """POST /finish: the end of the flow, with its result."""
    application = text(submission, "application")
    details_of(applications, application)
    return server.exit({"opened": True, "application": application})


def details_of(applications: Applications, application: str) -> dict[str, Any]:
    """Return the details of an application. Raises SubmissionError for an unknown one: every server answers it."""
    details = applications.details(application)
    if details is None:
        raise SubmissionError(404, "This application is not known here. Please start again.")
    return details


# -- reading submissions --------------------------------------------------------------------------------------------


def form_of(submission: Any) -> dict[str, Any]:
    """Return the values of the form's fields. Other values do not go into the model of the next step."""
    country = text(submission, "country")
    if country not in COUNTRIES:
        country = "DE"
    account = ["sortCode", "number"] if country in WITHOUT_IBAN else ["iban"]
    return {
        "country": country,
        "holder": texts(submission.get("holder"), ["name", "taxNumber", "proofOfAddress"]),
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
