"""What the text of a failure and the story of a session show."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import ParagraphLayout, server
from tests.client.support import BUTTON, TEXT, form, raw, start, step

READ = {"type": "paragraph", "text": "Read this."}
CLOSE = {"type": "button", "title": "Ok", "behavior": {"type": "dismiss"}}
MODAL = {"type": "modal", "content": [READ, CLOSE]}


def failure(work: Any) -> str:
    with pytest.raises(AssertionError) as raised:
        work()
    return str(raised.value)


# modals


def test_a_failure_shows_the_modal_before_the_step_behind_it() -> None:
    first = form(
        {"a": TEXT},
        more=[{"type": "button", "title": "Info", "behavior": MODAL}],
        footer=[READ],
        toolbar={"items": [{"title": "Help", "behavior": {"type": "link", "url": "/help"}}]},
        errors={"error": "No."},
    )
    session, _ = start(first)
    session.press("Info")
    text = failure(lambda: session.press("Go")).partition("\n\nLast request")[0]
    assert (
        text
        == """press: no button on the screen has the title 'Go'; there are 'Ok'

Step first: First
! No.

Modal
  Read this.
  Button "Ok": close the modal

Behind the modal
  Toolbar "Help": open /help
  Form #form
    a: Text = empty (string)
  Button "Info": open a modal
    Read this.
    Button "Ok": close the modal
  Button "Go": POST /go

Footer
  Read this."""
    )


def test_a_form_in_a_modal_is_shown_there() -> None:
    content = [{"type": "form", "schemaId": "#form"}]
    first = form({"a": TEXT}, layout=[{"type": "button", "title": "Info", "behavior": {**MODAL, "content": content}}])
    session, _ = start(first, strict=False)
    text = failure(session.press("Info").expect_exit)
    assert "Modal\n  Form #form\n    a: Text = empty (string)\n\nBehind the modal\n" in text


def test_a_session_has_the_modal_on_top() -> None:
    inner = {"type": "button", "title": "More", "behavior": {"type": "modal", "content": []}}
    session, _ = start(step(), {"/go": raw({"content": [READ, inner]}, "modal")})
    assert session.modal is None
    session.press("Go")
    assert session.modal is not None
    assert session.modal[0] == ParagraphLayout(text="Read this.")
    assert session.press("More").modal == ()
    assert session.back().modal is not None
    assert session.back().modal is None


def test_a_flow_without_a_step_has_no_modal() -> None:
    session, _ = start(server.error("Closed."))
    assert session.modal is None


def test_a_story_shows_the_modal() -> None:
    session, _ = start(step(layout=[{"type": "button", "title": "Info", "behavior": MODAL}, BUTTON]))
    *_, after = session.press("Info").transcript().story().split("\n\n2. ")
    assert (
        after
        == """press(title="Info") -> open, step 'first', title 'First'

Step first: First

Modal
  Read this.
  Button "Ok": close the modal

Behind the modal
  Button "Info": open a modal
    Read this.
    Button "Ok": close the modal
  Button "Go": POST /go"""
    )
