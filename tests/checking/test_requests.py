"""The rules for requests: their URLs, methods and names, and the data of actions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.support import Row, button, cases, check_lines, field, form

TITLED = {"type": "string", "title": "Title"}
PERSIST = {"idProperty": "id", "method": "POST", "param": "x", "schema": TITLED, "url": "/persist"}
CHECK = {"method": "POST", "param": "x", "url": "/check"}
SEARCH = {"type": "search", "title": "Find", "method": "GET", "url": "/find", "param": "q"}


def started(**search: Any) -> dict[str, Any]:
    """Return a step with a search that has another search as its first result."""
    request = {"method": "GET", "url": "/find", "param": "q", "query": "x", **search}
    results = [{"type": "search", "title": "More", "value": request}]
    return {"layout": [{**SEARCH, "initialState": {"type": "results", "results": results}}]}


def url(line: str, code: str, advice: str, path: str = "layout[0].action.url", severity: str = "warning") -> list[str]:
    return [f"{severity}: {path}: {line} [{code}] — {advice}"]


PUT_IN = "put the value into the URL"
TAKE_OUT = "take it out, or write %20"
URLS: dict[str, Row] = {
    "empty": (button(action={"url": ""}), url("the URL is empty", "empty-url", "give the URL")),
    "blank": (button(action={"url": " \n"}), url("the URL is empty", "empty-url", "give the URL")),
    "an empty URL of a picture": (
        {"layout": [{"type": "image", "url": "", "accessibilityDescription": ""}]},
        url("the URL is empty", "empty-url", "give the URL", "layout[0].url"),
    ),
    "an empty URL of polling": (
        {"polling": {"url": "", "delay": 5, "maxAttempts": 5, "onError": {"action": {"exit": True}}}},
        url("the URL is empty", "empty-url", "give the URL", "polling.url"),
    ),
    "an empty URL of a refresh": (
        {"refreshUrl": ""},
        url("the URL is empty", "empty-url", "give the URL", "refreshUrl"),
    ),
    "an empty URL of persistAsync": (
        form({"a": {**TITLED, "persistAsync": {**PERSIST, "url": ""}}}),
        url("the URL is empty", "empty-url", "give the URL", "schemas[0].properties.a.persistAsync.url"),
    ),
    "a space": (button(action={"url": "/a b"}), url("'/a b' has white space", "url-with-space", TAKE_OUT)),
    "a space at the end": (button(action={"url": "/a "}), url("'/a ' has white space", "url-with-space", TAKE_OUT)),
    "a line break": (button(action={"url": "/a\n"}), url(r"'/a\n' has white space", "url-with-space", TAKE_OUT)),
    "a script": (
        button(action={"url": "javascript:alert(1)"}),
        url("'javascript:' is no address", "script-url", "use the URL of a page or of an endpoint", severity="error"),
    ),
    "a script in capitals": (
        button(behavior={"type": "link", "url": "VBScript:x"}),
        url(
            "'VBScript:' is no address",
            "script-url",
            "use the URL of a page or of an endpoint",
            "layout[0].behavior.url",
            "error",
        ),
    ),
    "a script in a text": (
        {"layout": [{"type": "markdown", "content": "Press [here](javascript:alert)."}]},
        url(
            "'javascript:' is no address",
            "script-url",
            "use the URL of a page or of an endpoint",
            "layout[0].content",
            "error",
        ),
    ),
    "the word in a text": ({"layout": [{"type": "markdown", "content": "javascript: a language"}]}, []),
    "the word in a text to copy": (button(behavior={"type": "copy", "content": "[x](javascript:y)"}), []),
    "the word in a path": (button(action={"url": "/javascript:x"}), []),
    "a picture in the URL": (
        {
            "layout": [
                {
                    "type": "image",
                    "url": "data:image/svg+xml,<svg viewBox='0 0 1 1'><style>a{b}</style></svg>",
                    "accessibilityDescription": "",
                }
            ]
        },
        [],
    ),
    "JSON": (button(action={"url": '/a?filter={"plan":1}'}), []),
    "escaped": (button(action={"url": "/a%20b?x=%7Bflow%7D&y=100%25"}), []),
    "an address of another app": (button(behavior={"type": "link", "url": "mailto:a@shop.example"}), []),
    "an empty text that is no URL": ({"layout": [{"type": "markdown", "content": ""}]}, []),
}


@cases(URLS)
def test_urls_that_no_client_can_use_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


@pytest.mark.parametrize(
    ("address", "placeholder"),
    [
        ("/flows/{flow}", "{flow}"),
        ("/flows/{}", "{}"),
        ("/flows/{flow.id!r}", "{flow.id!r}"),
        ("/flows/{flows[0]:05}", "{flows[0]:05}"),
        ("/flows/{{flow}}/x", "{{flow}}"),
        ("/flows/${flow}", "${flow}"),
        ("/flows/%s", "%s"),
        ("/flows/%(flow)s", "%(flow)s"),
        ("https://{host}/", "{host}"),
        ("/flows/<flow>", "<flow>"),
    ],
)
def test_a_placeholder_in_a_url_is_reported(address: str, placeholder: str):
    assert check_lines(button(action={"url": address})) == url(
        f"'{placeholder}' in the URL is a placeholder", "url-with-placeholder", PUT_IN
    )


METHODS = "use one of: GET, HEAD, POST, PUT, PATCH, DELETE"
REQUESTS: dict[str, Row] = {
    "methods": (
        {
            "layout": [
                *(button(action={"url": "/", "method": name})["layout"][0] for name in ("POST", "patch", "QUERY"))
            ]
        },
        [],
    ),
    "no method of an action": (
        button(action={"url": "/", "method": "SUBMIT"}),
        [f"warning: layout[0].action.method: 'SUBMIT' is no HTTP method [unknown-method] — {METHODS}"],
    ),
    "a misspelt method": (
        button(action={"url": "/", "method": "pots"}),
        [
            "warning: layout[0].action.method: 'pots' is no HTTP method; did you mean 'POST'? [unknown-method] — "
            f"{METHODS}"
        ],
    ),
    "an empty method of persistAsync": (
        form({"a": {**TITLED, "persistAsync": {**PERSIST, "method": ""}}}),
        [f"warning: schemas[0].properties.a.persistAsync.method: '' is no HTTP method [unknown-method] — {METHODS}"],
    ),
    "no method of validateAsync": (
        form({"a": {**TITLED, "validationAsync": {**CHECK, "method": "CHECK"}}}),
        [
            "warning: schemas[0].properties.a.validationAsync.method: 'CHECK' is no HTTP method [unknown-method] "
            f"— {METHODS}"
        ],
    ),
    "no method of a search": (
        {"layout": [{**SEARCH, "method": "FIND"}]},
        [f"warning: layout[0].method: 'FIND' is no HTTP method [unknown-method] — {METHODS}"],
    ),
    "no method of a search result": (
        started(method="FIND"),
        [
            "warning: layout[0].initialState.results[0].value.method: 'FIND' is no HTTP method [unknown-method] "
            f"— {METHODS}"
        ],
    ),
    "empty names of persistAsync": (
        form({"a": {**TITLED, "persistAsync": {**PERSIST, "idProperty": "", "param": " "}}}),
        [
            "warning: schemas[0].properties.a.persistAsync.idProperty: the name is empty [empty-request-name] — "
            "give the name that the value has in the response",
            "warning: schemas[0].properties.a.persistAsync.param: the name is empty [empty-request-name] — "
            "give the name that the value has in the request",
        ],
    ),
    "an empty name of validateAsync": (
        form({"a": {**TITLED, "validationAsync": {**CHECK, "param": ""}}}),
        [
            "warning: schemas[0].properties.a.validationAsync.param: the name is empty [empty-request-name] — "
            "give the name that the value has in the request"
        ],
    ),
    "an empty name of a search result": (
        started(param=""),
        [
            "warning: layout[0].initialState.results[0].value.param: the name is empty [empty-request-name] — "
            "give the name that the value has in the request"
        ],
    ),
}


@cases(REQUESTS)
def test_wrong_methods_and_names_of_requests_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


def filled(properties: dict[str, Any], data: Any, **action: Any) -> dict[str, Any]:
    """Return a step with a form and a button whose action has data."""
    step = form(properties)
    given = {"url": "/go", "method": "POST", "data": data, **action}
    return {**step, "layout": [*step["layout"], *button(action=given)["layout"]]}


def over(name: str) -> str:
    return (
        f"warning: layout[1].action.data.{name}: a field of the step is named '{name}' too [data-over-field] — "
        "use another name"
    )


NESTED = {"type": "object", "properties": {"b": TITLED}, "displayOrder": ["b"]}
DATA: dict[str, Row] = {
    "of other names": (filled({"a": TITLED}, {"b": 1}), []),
    "of the same name": (filled({"a": TITLED, "b": TITLED}, {"b": 1, "a": 1, "c": 1}), [over("b"), over("a")]),
    "of the name of an object": (filled({"a": NESTED}, {"a": {}}), [over("a")]),
    "of a name in an object": (filled({"a": NESTED}, {"b": 1}), []),
    "of the name of a hidden field": (filled({"a": {**TITLED, "hidden": True}}, {"a": 1}), []),
    "of the name of a constant": (filled({"a": {"const": 1}}, {"a": 2}), []),
    "that is no object": (filled({"a": TITLED}, ["a"]), []),
}


@cases(DATA)
def test_data_with_the_name_of_a_field_is_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


def test_data_of_an_action_that_does_not_submit_is_not_reported():
    step = filled({"a": TITLED}, {"a": 1}, exit=True)
    del step["layout"][1]["action"]["url"]
    assert check_lines(step) == []


def test_data_with_the_name_of_a_field_in_an_alternative_is_reported():
    step = field(oneOf=[{**NESTED, "title": "One"}])
    step["layout"] += button(action={"url": "/go", "method": "POST", "data": {"b": 1}})["layout"]
    assert check_lines(step) == [over("b")]


def test_an_action_without_a_method_has_a_hint_for_core():
    hint = (
        "hint: layout[0].action.url: the action has no method: older clients send GET [action-without-method] — "
        'give the method, such as "POST"'
    )
    assert check_lines(button(action={"url": "/go"}), generation="core", severity="hint") == [hint]
    assert check_lines(button(action={"url": "/go"}), generation="core") == []
    assert check_lines(button(action={"url": "/go"}), severity="hint") == []
    assert check_lines(button(action={"url": "/go", "method": "POST"}), generation="core", severity="hint") == []
    assert check_lines(button(action={"exit": True}), generation="core", severity="hint") == []
