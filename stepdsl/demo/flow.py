"""The steps of the demo, built with the DSL: a user approves a payment at the bank."""

from __future__ import annotations

from stepdsl.model.actions import Action
from stepdsl.model.layouts import HeadingLayout, ParagraphLayout
from stepdsl.model.step import Step

__all__ = ["approved", "next_action", "waiting"]


def waiting(payment: str, *, max_attempts: int) -> Step:
    """Return the step that waits. It opens the page of the bank and polls the status of the payment once a second."""
    with Step.build(id="payment-waiting", title="Approve the payment") as step:
        with step.layout() as layout:
            layout.heading(text="Waiting for your bank")
            layout.paragraph(text="Approve the payment in the window that has just opened.")
            layout.loading_indicator()
        step.external(url=f"https://bank.example/approve?payment={payment}")
        with step.polling() as polling:
            polling.url = f"/status?id={payment}"
            polling.interval = 1
            polling.max_attempts = max_attempts
            with polling.on_error() as on_error:
                on_error.action(exit=True, result={"payment": payment, "approved": False})
    return step.built


def next_action() -> Action:
    """Return the action that loads the next step. The status endpoint answers with it after the approval."""
    return Action(url="/next-step", data="all-ok")


def approved() -> Step:
    """Return the next step after `next_action`. It is built with constructors."""
    return Step(
        id="payment-approved",
        title="Approved",
        layout=[HeadingLayout(text="All done"), ParagraphLayout(text="Your bank has approved the payment.")],
    )
