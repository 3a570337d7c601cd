"""The rules for the screen as a whole."""

from __future__ import annotations

from typing import Any

from stepdsl import check, from_dict
from tests.checking.support import Row, button, cases, check_lines, document, field, form

NOTHING = "warning: the step shows nothing [empty-layout] — add a layout"
STUCK = "warning: nothing in the step continues or ends the flow [no-way-on] — add a button with an action"
HEADING = {"type": "heading", "text": "Hello"}
GO = {"url": "/go"}
ACT = {"type": "action", "action": GO}
UNKNOWN = "has no such property [unknown-property] — check how its name is spelt"
POLLING = {"url": "/", "delay": 5, "maxAttempts": 5, "onError": {"action": {"exit": True}}}
SEARCH = {"type": "search", "title": "Find", "method": "GET", "url": "/find", "param": "q"}
SUBFLOW = {"type": "subflow", "launchConfig": {"type": "native", "id": "kyc"}, "referrerId": "here"}


def behavior(**properties: Any) -> dict[str, Any]:
    return button(behavior=properties)


SCREENS: dict[str, Row] = {
    "nothing": ({}, [NOTHING]),
    "an empty footer": ({"footer": []}, [NOTHING]),
    "nothing, while the client polls": ({"polling": POLLING}, [NOTHING]),
    "a footer": ({"footer": button(action=GO)["layout"]}, []),
    "an empty modal of a behavior": (
        {"layout": [*behavior(type="modal", content=[])["layout"], *button(action=GO)["layout"]]},
        ["warning: layout[0].behavior: the modal shows nothing [empty-layout] — add a layout to its content"],
    ),
    "an empty modal of a layout": (
        {
            "layout": [
                {"type": "modal", "trigger": {"title": "Open"}, "content": {"components": []}},
                *button(action=GO)["layout"],
            ]
        },
        ["warning: layout[0].content: the modal shows nothing [empty-layout] — add a layout to its components"],
    ),
    "modals with content": (
        {
            "layout": [
                {"type": "modal", "trigger": {"title": "Open"}, "content": {"components": [HEADING]}},
                *behavior(type="modal", content=button(action=GO)["layout"])["layout"],
            ]
        },
        [],
    ),
    "a heading": ({"layout": [HEADING]}, [STUCK]),
    "a form": (field(type="string"), [STUCK]),
    "a form that refreshes the step": (
        field(type="string", refreshStepOnChange=True) | {"refreshUrl": "/refresh", "model": {}},
        [
            "error: model: expected a string, got an object [model-of-wrong-type] — make the value fit its schema",
        ],
    ),
    "a form that does not refresh the step": (field(type="string", refreshStepOnChange=False), [STUCK]),
    "an action": (button(action=GO), []),
    "an action that exits": (button(action={"exit": True}), []),
    "a disabled action": (button(action=GO, disabled=True), [STUCK]),
    "a disabled action and another one": (
        {"layout": [*button(action=GO, disabled=True)["layout"], *button(action=GO)["layout"]]},
        [],
    ),
    "the action of a behavior": (behavior(type="action", action=GO), []),
    "a refresh": (behavior(type="refresh"), []),
    "a subflow": (behavior(**SUBFLOW), []),
    "a link": (behavior(type="link", url="https://shop.example"), [STUCK]),
    "a text to copy": (behavior(type="copy", content="IBAN"), [STUCK]),
    "an unknown behavior": (
        behavior(type="share"),
        [
            "warning: layout[0].behavior.type: 'share' is no behavior that the library supports [unknown-type] "
            "— check how its type is spelt"
        ],
    ),
    "an unknown layout": (
        {"layout": [{"type": "carousel"}]},
        [
            "warning: layout[0].type: 'carousel' is no layout that the library supports [unknown-type] — "
            "check how its type is spelt"
        ],
    ),
    "options": ({"layout": [{"type": "decision", "options": [{"title": "One", "action": GO}]}]}, []),
    "disabled options": (
        {"layout": [{"type": "decision", "options": [{"title": "One", "action": GO, "disabled": True}]}]},
        [STUCK],
    ),
    "a search": ({"layout": [SEARCH]}, []),
    "polling": ({"layout": [HEADING], "polling": POLLING}, []),
    "a link handler": (
        {"layout": [HEADING], "linkHandlers": [{"regexPattern": "^https://shop", "action": GO}]},
        [],
    ),
    "an external page and nothing else": (
        {"layout": [HEADING], "external": {"url": "https://bank.example"}},
        [
            "warning: external: the step has neither polling nor linkHandlers [external-without-return] — "
            "add one of them, so that it goes on by itself"
        ],
    ),
    "only back": ({"layout": [HEADING], "navigation": {"back": {"action": GO}}}, [STUCK]),
    "the toolbar": (
        {
            "layout": [HEADING],
            "toolbar": {"items": [{"type": "button", "title": "Go", "behavior": {"type": "action", "action": GO}}]},
        },
        [],
    ),
    **{
        f"an action that the library does not have: {name}": ({"layout": [layout]}, [f"warning: {at} {UNKNOWN}"])
        for name, layout, at in (
            (
                "of an alert",
                {"type": "alert", "markdown": "Hello", "callToAction": {"title": "Go", "behavior": ACT}},
                "layout[0].callToAction: AlertLayout",
            ),
            (
                "of an item",
                {"type": "list", "items": [{"title": "Ada", "primaryBehavior": ACT}]},
                "layout[0].items[0].primaryBehavior: ListLayout.Item",
            ),
            (
                "in a list",
                {**HEADING, "links": [{"action": GO}]},
                "layout[0].links: HeadingLayout",
            ),
        )
    },
    "a disabled action that the library does not have": (
        {"layout": [{"type": "button", "title": "Go", "disabled": True, "action": GO, "longPressBehavior": GO}]},
        [STUCK, f"warning: layout[0].longPressBehavior: ButtonLayout {UNKNOWN}"],
    ),
    "actions of an old step": (
        {"layout": [HEADING], "actions": [GO]},
        ["warning: actions: Step has no such property [unknown-property] — check how its name is spelt"],
    ),
}


@cases(SCREENS)
def test_empty_screens_and_screens_without_a_way_on_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts, ignore=("untitled-field",)) == lines


def test_a_step_with_something_that_does_not_fit_can_have_a_way_on():
    for parts in ({"layout": "heading"}, {"footer": 5}, {"layout": [HEADING], "polling": {"url": "/"}}):
        found = check(from_dict(document(parts), strict=False))
        assert {one.code for one in found} == {"wire"}


def test_a_hidden_part_of_a_form_is_no_part_of_the_screen():
    step = form({"a": {"type": "string"}}, footer=button(action=GO)["layout"])
    assert [one.code for one in check(from_dict(document(step)))] == ["untitled-field"]
    step["layout"] = []
    assert "untitled-field" not in {one.code for one in check(from_dict(document(step)))}
