"""Entity tags: equal steps have equal tags, and If-None-Match is compared with the tag."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
import werkzeug.datastructures

from stepdsl import Action, HeadingLayout, InvalidValueError, Polling, Step, StepError, dumps, loads, server
from stepdsl.server import FlowResponse
from stepdsl.server.etags import matches


def by_blocks() -> Step:
    with Step.build(id="waiting", model={"a": 1}) as step:
        with step.layout() as layout:
            layout.heading(text="Wait")
        with step.polling(url="/status", delay=5, max_attempts=3) as polling:
            polling.on_error().action(exit=True)
    return step.built


CONSTRUCTED = Step(
    id="waiting",
    model={"a": 1},
    layout=[HeadingLayout(text="Wait")],
    polling=Polling(url="/status", delay=5, max_attempts=3, on_error=Polling.OnError(action=Action(exit=True))),
)


def test_equal_steps_have_equal_tags():
    assert server.etag_of(by_blocks()) == server.etag_of(CONSTRUCTED) == server.etag_of(loads(dumps(CONSTRUCTED)))


@pytest.mark.parametrize(
    "other",
    [
        Step(),
        Step(id="waiting"),
        Step(id="waiting", model=None),
        Step(id="waiting", model={}),
        Step(id="waiting", extra={"x": 1}),
        Step(id="waiting", title="ä"),
    ],
)
def test_different_steps_have_different_tags(other):
    steps = [CONSTRUCTED, other, Step(id="x")]
    assert len({server.etag_of(step) for step in steps}) == 3


def test_a_tag_is_a_valid_header_value():
    tag = server.etag_of(CONSTRUCTED)
    assert len(tag) == 34
    assert tag.strip('"').isalnum()
    assert server.step(CONSTRUCTED, etag=tag) == server.step(CONSTRUCTED, etag=tag.strip('"'))


@pytest.mark.parametrize(
    ("header", "tag", "fits"),
    [
        (None, '"a"', False),
        ("", '"a"', False),
        ('"a"', '"a"', True),
        ('"b"', '"a"', False),
        ('"A"', '"a"', False),
        ('"ab"', '"a"', False),
        ('"b", "a"', '"a"', True),
        ('"b","a" , W/"c"', '"a"', True),
        ('"b", "c"', '"a"', False),
        ('W/"a"', '"a"', True),
        ('"a"', 'W/"a"', True),
        ('W/"a"', 'W/"a"', True),
        ('W/"b"', 'W/"a"', False),
        ('"a, b", "c"', '"a', False),
        ('"x,y"', '"x,y"', True),
        ("*", '"a"', True),
        (" * ", '"a"', True),
        ('"*"', '"a"', False),
        ("a", '"a"', False),
        ('"a', '"a"', False),
        ("\xe4", '"a"', False),
        ('"\xe4"', '"\xe4"', True),
        ('""', '""', True),
    ],
)
def test_if_none_match_is_compared_with_the_tag(header, tag, fits):
    assert matches(header, tag) is fits


def test_the_parsed_header_of_flask_is_refused():
    with pytest.raises(InvalidValueError) as refused:
        server.refreshed(CONSTRUCTED, werkzeug.datastructures.ETags(["a"]))  # type: ignore[arg-type]
    assert str(refused.value) == (
        "if_none_match: expected the header If-None-Match as a string, got an ETags; write str(…)"
    )


def test_a_refresh_is_answered_with_304_as_long_as_nothing_changes():
    first = server.step(CONSTRUCTED, etag=True)
    again = server.refreshed(CONSTRUCTED, first.headers["ETag"])
    assert again == FlowResponse(304, {"ETag": first.headers["ETag"]})

    changed = Step(id="other")
    answer = server.refreshed(changed, again.headers["ETag"])
    assert answer == server.step(changed, etag=True)
    assert server.refreshed(changed, answer.headers["ETag"]).status == 304
    assert server.refreshed(CONSTRUCTED, answer.headers["ETag"]) == first


def with_values(values: object, **more: Any) -> Step:
    with Step.build(id="form", model=values) as step:
        with step.schemas() as schemas, schemas.obj(id="#form") as form, form.properties() as properties:
            properties.string("name", title=more.pop("title", "Name"), default=more.pop("default", None))
    return attrs.evolve(step.built, **more)


FORM = with_values({"name": "Ann"})


def test_the_tag_of_the_form_is_the_same_for_other_values():
    others = [with_values({}), with_values({"name": "Bob", "more": [1]}), with_values(None)]
    assert {server.form_etag(step) for step in others} == {server.form_etag(FORM)}
    assert len(server.form_etag(FORM)) == 34


@pytest.mark.parametrize(
    "changed",
    [
        with_values({"name": "Ann"}, title="Your name"),
        with_values({"name": "Ann"}, default="Ann"),
        with_values({"name": "Ann"}, errors=StepError(error="No.")),
        with_values({"name": "Ann"}, refresh_url="/other"),
        with_values({"name": "Ann"}, extra={"x": 1}),
    ],
)
def test_the_tag_of_the_form_is_another_one_for_another_form(changed):
    assert server.form_etag(changed) != server.form_etag(FORM)


def test_a_refresh_by_the_form_is_304_for_another_value_and_200_for_another_form():
    tag = server.step(FORM, etag=server.form_etag(FORM)).headers["ETag"]

    same_form = with_values({"name": "Bob"})
    answer = server.refreshed(same_form, tag, etag=server.form_etag(same_form))
    assert answer == FlowResponse(304, {"ETag": tag})
    assert server.refreshed(same_form, tag).status == 200  # the default tag contains the values

    other_form = with_values({"name": "Ann"}, title="Your name")
    answer = server.refreshed(other_form, tag, etag=server.form_etag(other_form))
    assert answer == server.step(other_form, etag=server.form_etag(other_form))


@pytest.mark.parametrize("tag_of", [server.etag_of, server.form_etag])
def test_only_a_step_has_a_tag(tag_of):
    with pytest.raises(InvalidValueError) as refused:
        tag_of({"id": "form"})
    assert str(refused.value) == "step: expected a Step, got a dict; write from_dict(…, Step)"


def test_a_given_tag_decides_if_the_step_has_changed():
    with_other_model = Step(id="waiting", model={"a": 2})
    tag = server.refreshed(CONSTRUCTED, None, etag="form-1").headers["ETag"]
    assert server.refreshed(with_other_model, tag, etag="form-1") == server.not_modified("form-1")
    assert server.refreshed(with_other_model, tag, etag="form-2") == server.step(with_other_model, etag="form-2")
