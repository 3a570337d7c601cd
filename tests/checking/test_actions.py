"""The rules for actions, for waiting, and for requests in the background."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.support import Row, button, cases, check_lines, field, form

NO_EFFECT = {"id": "no-effect"}


def behavior(action: dict[str, Any]) -> dict[str, Any]:
    return {"type": "action", "action": action}


SUBFLOW = {
    "type": "subflow",
    "launchConfig": {"type": "native", "id": "kyc"},
    "referrerId": "here",
    "onCompletion": behavior(NO_EFFECT),
    "onError": behavior(NO_EFFECT),
}
LOCATIONS: dict[str, Row] = {
    "a button": (
        button(action=NO_EFFECT),
        [
            "warning: layout[0].action: the action has no url, and does not exit [action-without-effect] "
            "— give it a url, or exit: true"
        ],
    ),
    "a button's behavior": (
        button(behavior=behavior(NO_EFFECT)),
        [
            "warning: layout[0].behavior.action: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true"
        ],
    ),
    "a subflow": (
        button(behavior=SUBFLOW),
        [
            "warning: layout[0].behavior.onCompletion.action: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true",
            "warning: layout[0].behavior.onError.action: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true",
        ],
    ),
    "an option": (
        {"layout": [{"type": "decision", "options": [{"title": "Go", "action": NO_EFFECT}]}]},
        [
            "warning: layout[0].options[0].action: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true"
        ],
    ),
    "a review": (
        {"layout": [{"type": "review", "fields": [], "callToAction": {"title": "Edit", "action": NO_EFFECT}}]},
        [
            "warning: layout[0].callToAction.action: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true"
        ],
    ),
    "back navigation": (
        {"navigation": {"back": {"action": NO_EFFECT}}},
        [
            "warning: navigation.back.action: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true"
        ],
    ),
    "a link handler": (
        {"linkHandlers": [{"regexPattern": "^x", "action": NO_EFFECT}]},
        [
            "warning: linkHandlers[0].action: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true"
        ],
    ),
    "polling": (
        {"polling": {"url": "/", "delay": 5, "maxAttempts": 5, "onError": {"behavior": behavior(NO_EFFECT)}}},
        [
            "warning: polling.onError.behavior.action: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true"
        ],
    ),
    "the footer": (
        {"footer": button(action=NO_EFFECT)["layout"]},
        [
            "warning: footer[0].action: the action has no url, and does not exit [action-without-effect] "
            "— give it a url, or exit: true"
        ],
    ),
    "the toolbar": (
        {"toolbar": {"items": [{"type": "button", "title": "Go", "behavior": behavior(NO_EFFECT)}]}},
        [
            "warning: toolbar.items[0].behavior.action: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true"
        ],
    ),
    "a search result": (
        {
            "layout": [
                {
                    "type": "search",
                    "title": "Find",
                    "method": "GET",
                    "url": "/find",
                    "param": "q",
                    "initialState": {
                        "type": "results",
                        "results": [{"type": "action", "title": "A", "value": NO_EFFECT}],
                    },
                }
            ]
        },
        [
            "warning: layout[0].initialState.results[0].value: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true"
        ],
    ),
    "in a modal": (
        button(behavior={"type": "modal", "content": button(action=NO_EFFECT)["layout"]}),
        [
            "warning: layout[0].behavior.content[0].action: the action has no url, and does not exit "
            "[action-without-effect] — give it a url, or exit: true"
        ],
    ),
}


@cases(LOCATIONS)
def test_actions_are_checked_in_every_location(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


ACTIONS: dict[str, Row] = {
    "submits": (button(action={"url": "/go"}), []),
    "exits": (button(action={"exit": True, "result": 1}), []),
    "does not exit": (
        button(action={"exit": False, "result": 1}),
        [
            "warning: layout[0].action: the action has no url, and does not exit [action-without-effect] "
            "— give it a url, or exit: true"
        ],
    ),
    "exits and submits": (
        button(action={"url": "/go", "exit": True}),
        [
            "warning: layout[0].action.exit: the action submits and exits [exit-with-url] — leave exit "
            "out, and have the server answer X-DF-Response-Type: exit"
        ],
    ),
    "exit: false": (button(action={"url": "/go", "exit": False}), []),
    "get with data": (
        button(action={"url": "/go", "method": "get", "data": None}),
        [
            "warning: layout[0].action.data: 'get' has no body, in which the data is sent [get-with-data] "
            "— use POST, or put it into the url"
        ],
    ),
    "head with data": (
        button(action={"url": "/go", "method": "HEAD", "data": 1}),
        [
            "warning: layout[0].action.data: 'HEAD' has no body, in which the data is sent "
            "[get-with-data] — use POST, or put it into the url"
        ],
    ),
    "post with data": (button(action={"url": "/go", "method": "POST", "data": 1}), []),
    "data": (button(action={"url": "/go", "data": 1}), []),
    "get": (button(action={"url": "/go", "method": "GET"}), []),
}


@cases(ACTIONS)
def test_wrong_actions_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


def test_an_action_that_submits_and_exits_is_not_reported_for_core():
    assert check_lines(button(action={"url": "/go", "exit": True}), generation="core") == []


def polling(**properties: Any) -> dict[str, Any]:
    return {"polling": {"url": "/status", "onError": {"action": {"exit": True}}, **properties}}


WAITING: dict[str, Row] = {
    "interval": (polling(interval=5, maxAttempts=10), []),
    "delay": (polling(delay=5, maxAttempts=10), []),
    "both": (
        polling(interval=5, delay=5, maxAttempts=10),
        [
            "warning: polling.delay: polling has both interval and delay [interval-and-delay] — keep "
            "delay, or interval for clients of the core generation"
        ],
    ),
    "an hour": (polling(interval=36, maxAttempts=101), []),
    "more than an hour": (
        polling(interval=36, maxAttempts=102),
        [
            "warning: polling: 102 requests, 36 seconds apart, take 61 minutes [polling-too-long] — give "
            "a longer interval or delay, or fewer attempts"
        ],
    ),
    "days": (
        polling(delay=3600, maxAttempts=10_000),
        [
            "warning: polling: 10000 requests, 3600 seconds apart, take 599,940 minutes "
            "[polling-too-long] — give a longer interval or delay, or fewer attempts"
        ],
    ),
    "the delay counts": (
        polling(interval=3600, delay=1, maxAttempts=10),
        [
            "warning: polling.delay: polling has both interval and delay [interval-and-delay] — keep "
            "delay, or interval for clients of the core generation"
        ],
    ),
    "no attempts": (
        polling(delay=5, maxAttempts=0),
        [
            "error: polling.maxAttempts: there is no request with maxAttempts 0 [polling-without-attempts] "
            "— give the number of requests"
        ],
    ),
    "one attempt": (polling(delay=5, maxAttempts=1), []),
    "negative numbers": (
        polling(interval=-3600, delay=-3600, timeout=-1, maxAttempts=-10),
        [
            "error: polling.interval: a time cannot be negative, got -3600 [negative-time] — "
            "give a number of seconds above 0",
            "warning: polling.delay: polling has both interval and delay [interval-and-delay] — keep "
            "delay, or interval for clients of the core generation",
            "error: polling.delay: a time cannot be negative, got -3600 [negative-time] — "
            "give a number of seconds above 0",
            "error: polling.timeout: a time cannot be negative, got -1 [negative-time] — "
            "give a number of seconds above 0",
            "error: polling.maxAttempts: there is no request with maxAttempts -10 [polling-without-attempts] "
            "— give the number of requests",
        ],
    ),
    "no interval": (
        polling(interval=0, maxAttempts=5, timeout=30),
        [
            "warning: polling.interval: there is no pause between two requests [no-time] — give the number "
            "of seconds of the pause"
        ],
    ),
    "no delay": (
        polling(delay=0, maxAttempts=5),
        [
            "warning: polling.delay: there is no pause between two requests [no-time] — give the number of "
            "seconds of the pause"
        ],
    ),
    "no delay, but an endpoint that waits": (polling(delay=0, maxAttempts=5, timeout=30), []),
    "no timeout": (
        polling(delay=0, maxAttempts=5, timeout=0),
        [
            "warning: polling.delay: there is no pause between two requests [no-time] — give the number of "
            "seconds of the pause",
            "warning: polling.timeout: no answer arrives in 0 seconds [no-time] — give the number of seconds "
            "that an answer may take",
        ],
    ),
    "the timeouts of actions": (
        {
            "layout": [
                *button(action={"url": "/", "timeout": 0})["layout"],
                *button(action={"url": "/", "timeout": -5})["layout"],
                *button(action={"url": "/", "timeout": 5})["layout"],
            ]
        },
        [
            "warning: layout[0].action.timeout: no answer arrives in 0 seconds [no-time] — give the number "
            "of seconds that an answer may take",
            "error: layout[1].action.timeout: a time cannot be negative, got -5 [negative-time] — give a number of "
            "seconds above 0",
        ],
    ),
    "external": (
        {"external": {"url": "https://bank.example"}},
        [
            "warning: external: the step has neither polling nor linkHandlers [external-without-return] — "
            "add one of them, so that it goes on by itself"
        ],
    ),
    "external, no link handlers": (
        {"external": {"url": "https://bank.example"}, "linkHandlers": []},
        [
            "warning: external: the step has neither polling nor linkHandlers [external-without-return] — "
            "add one of them, so that it goes on by itself"
        ],
    ),
    "external and polling": ({"external": {"url": "https://bank.example"}, **polling(delay=5, maxAttempts=10)}, []),
    "external and a link handler": (
        {
            "external": {"url": "https://bank.example"},
            "linkHandlers": [{"regexPattern": "done", "action": {"url": "/"}}],
        },
        [],
    ),
}


@cases(WAITING)
def test_mistakes_in_polling_and_external_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


REFRESHING = {"type": "string", "refreshStepOnChange": True}
CHECK = {"method": "POST", "param": "x", "url": "/check"}
PERSIST = {"idProperty": "id", "method": "POST", "param": "x", "schema": {"type": "string"}, "url": "/persist"}
TO_REFRESH: dict[str, Any] = {"refreshUrl": "/refresh", "model": {}}
REFRESH: dict[str, Row] = {
    "with a url": (form({"a": REFRESHING}, **TO_REFRESH), []),
    "without a url": (
        form({"a": REFRESHING, "b": {"type": "string", "refreshStepOnChange": False}}),
        [
            "error: schemas[0].properties.a.refreshStepOnChange: a change refreshes the step, but the "
            "step has no refreshUrl [refresh-without-url] — give the step a refreshUrl, or leave it out"
        ],
    ),
    "a choice": (
        field(oneOf=[{"const": 1}], refreshStepOnChange=True),
        [
            "error: schemas[0].refreshStepOnChange: a change refreshes the step, but the step has no "
            "refreshUrl [refresh-without-url] — give the step a refreshUrl, or leave it out"
        ],
    ),
    "in a list": (
        form(
            {"a": {"type": "array", "addItemTitle": "", "editItemTitle": "", "items": {"oneOf": [REFRESHING]}}},
            **TO_REFRESH,
        ),
        [
            "error: schemas[0].properties.a.items.oneOf[0].refreshStepOnChange: a schema inside a list "
            "refreshes the step, which clients do not support [refresh-in-list] — take it out of the "
            "list, or leave refreshStepOnChange out"
        ],
    ),
    "in a list, with false": (
        form(
            {
                "a": {
                    "type": "array",
                    "addItemTitle": "",
                    "editItemTitle": "",
                    "items": {**REFRESHING, "refreshStepOnChange": False},
                }
            },
            **TO_REFRESH,
        ),
        [],
    ),
    "in a tuple": (form({"a": {"type": "array", "items": [REFRESHING]}}, **TO_REFRESH), []),
    "and persists": (
        form({"a": {**REFRESHING, "persistAsync": PERSIST}}, **TO_REFRESH),
        [
            "error: schemas[0].properties.a.persistAsync: the schema has persistAsync and "
            "refreshStepOnChange [several-async-operations] — keep one of them"
        ],
    ),
    "and validates": (
        form({"a": {**REFRESHING, "validationAsync": CHECK}}, **TO_REFRESH),
        [
            "error: schemas[0].properties.a.validationAsync: the schema has validationAsync and "
            "refreshStepOnChange [several-async-operations] — keep one of them"
        ],
    ),
    "all three": (
        form({"a": {**REFRESHING, "persistAsync": PERSIST, "validationAsync": CHECK}}, **TO_REFRESH),
        [
            "error: schemas[0].properties.a.persistAsync: the schema has persistAsync and validationAsync "
            "and refreshStepOnChange [several-async-operations] — keep one of them"
        ],
    ),
    "persists and validates": (
        form({"a": {"type": "string", "persistAsync": PERSIST, "validationAsync": CHECK}}),
        [
            "error: schemas[0].properties.a.persistAsync: the schema has persistAsync and validationAsync "
            "[several-async-operations] — keep one of them"
        ],
    ),
    "a list that persists and validates": (
        field(
            type="array",
            addItemTitle="",
            editItemTitle="",
            items={"type": "string"},
            persistAsync=PERSIST,
            validationAsync=CHECK,
        ),
        [
            "error: schemas[0].persistAsync: the schema has persistAsync and validationAsync "
            "[several-async-operations] — keep one of them"
        ],
    ),
    "does not refresh, validates": (
        form({"a": {**REFRESHING, "refreshStepOnChange": False, "validationAsync": CHECK}}),
        [],
    ),
    "no model": (
        form({"a": {"type": "string"}}, refreshUrl="/refresh"),
        [
            "warning: refreshUrl: the step can be refreshed, but has no model [refresh-without-model] — "
            "send the values that the client has sent, or an empty object if there are none yet"
        ],
    ),
    "no schemas": ({"refreshUrl": "/refresh"}, []),
    "validates by get": (
        form({"a": {"type": "string", "validationAsync": {**CHECK, "method": "Get"}}}),
        [
            "error: schemas[0].properties.a.validationAsync.method: 'Get' has no body, in which the value "
            "is sent [method-without-body] — use POST, or another with a body"
        ],
    ),
    "persists by head": (
        form({"a": {"type": "string", "persistAsync": {**PERSIST, "method": "HEAD"}}}),
        [
            "error: schemas[0].properties.a.persistAsync.method: 'HEAD' has no body, in which the value "
            "is sent [method-without-body] — use POST, or another with a body"
        ],
    ),
    "persists by put": (form({"a": {"type": "string", "persistAsync": {**PERSIST, "method": "PUT"}}}), []),
}


@cases(REFRESH)
def test_mistakes_in_background_requests_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


def test_polling_on_error_requires_an_action_or_a_behavior():
    from stepdsl import InvalidValueError, Polling

    with pytest.raises(InvalidValueError) as error:
        Polling.OnError()  # type: ignore[call-arg]
    assert str(error.value) == "Polling.OnError: missing: action or behavior"
