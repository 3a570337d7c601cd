"""Layouts and features of a step as text."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import from_dict
from stepdsl.rendering import show

CASES: dict[str, tuple[dict[str, Any], str]] = {
    "headings, texts and pictures": (
        {
            "layout": [
                {"type": "heading", "text": "Hello"},
                {"type": "paragraph", "text": "One\ntwo"},
                {"type": "markdown", "content": "# A\n\n- b"},
                {"type": "divider"},
                {"type": "loading-indicator"},
                {"type": "image", "url": "/a.png"},
                {"type": "image", "url": "/a.png", "accessibilityDescription": "A cat"},
                {"type": "media", "media": {"type": "image", "uri": "urn:x", "accessibilityDescription": "A dog"}},
                {
                    "type": "media",
                    "media": {
                        "type": "avatar",
                        "content": [{"type": "text", "text": "AB"}, {"type": "uri", "uri": "urn:y"}, {"type": "new"}],
                    },
                },
                {"type": "media", "media": {"type": "new", "a": 1}},
            ]
        },
        """
Step

## Hello
One
two
# A

- b
---
Loading …
Image (/a.png)
Image: A cat (/a.png)
Image: A dog (urn:x)
Avatar: AB, urn:y, unknown content
Unknown media: {"type": "new", "a": 1}
""",
    ),
    "alerts": (
        {
            "layout": [
                {"type": "alert", "markdown": "Plain"},
                {"type": "alert", "markdown": "Bad", "context": "negative"},
            ]
        },
        """
Step

Alert: Plain
Alert (negative): Bad
""",
    ),
    "buttons": (
        {
            "layout": [
                {"type": "button", "title": "Go", "action": {"url": "/a"}},
                {
                    "type": "button",
                    "title": "Go",
                    "control": "primary",
                    "context": "negative",
                    "disabled": True,
                    "pinOrder": 2,
                    "behavior": {"type": "refresh"},
                },
            ]
        },
        """
Step

Button "Go": POST /a
Button "Go" (primary, negative, disabled, pinned 2): refresh the step
""",
    ),
    "actions": (
        {
            "layout": [
                {"type": "button", "title": "A", "action": {}},
                {"type": "button", "title": "A", "action": {"url": "/a"}},
                {"type": "button", "title": "A", "action": {"url": "/a", "method": "GET"}},
                {"type": "button", "title": "A", "action": {"exit": True}},
                {"type": "button", "title": "A", "action": {"exit": True, "result": {"ok": True}}},
                {"type": "button", "title": "A", "action": {"url": "/a", "exit": True, "skipValidation": True}},
            ]
        },
        """
Step

Button "A": nothing
Button "A": POST /a
Button "A": GET /a
Button "A": exit
Button "A": exit with {"ok": true}
Button "A": POST /a, then exit (without validation)
""",
    ),
    "behaviors": (
        {
            "layout": [
                {"type": "button", "title": "B", "behavior": {"type": "action", "action": {"url": "/a"}}},
                {"type": "button", "title": "B", "behavior": {"type": "link", "url": "https://x"}},
                {"type": "button", "title": "B", "behavior": {"type": "copy", "content": 'a "b"'}},
                {"type": "button", "title": "B", "behavior": {"type": "dismiss"}},
                {"type": "button", "title": "B", "behavior": {"type": "refresh"}},
                {
                    "type": "button",
                    "title": "B",
                    "behavior": {"type": "modal", "content": [{"type": "heading", "text": "In it"}]},
                },
                {
                    "type": "button",
                    "title": "B",
                    "behavior": {
                        "type": "subflow",
                        "launchConfig": {"type": "native", "id": "scan"},
                        "referrerId": "r",
                    },
                },
                {
                    "type": "button",
                    "title": "B",
                    "behavior": {"type": "subflow", "launchConfig": {"type": "dynamic"}, "referrerId": "r"},
                },
                {"type": "button", "title": "B", "behavior": {"type": "new"}},
            ]
        },
        r"""
Step

Button "B": POST /a
Button "B": open https://x
Button "B": copy "a \"b\""
Button "B": close the modal
Button "B": refresh the step
Button "B": open a modal
  ## In it
Button "B": start the subflow "scan"
Button "B": start the subflow of an unknown kind "dynamic"
Button "B": unknown behavior "new"
""",
    ),
    "groups": (
        {
            "layout": [
                {
                    "type": "box",
                    "components": [
                        {
                            "type": "columns",
                            "left": [{"type": "heading", "text": "L"}],
                            "right": [{"type": "heading", "text": "R"}],
                        }
                    ],
                },
                {
                    "type": "section",
                    "title": "S",
                    "components": [{"type": "paragraph", "text": "p"}],
                    "callToAction": {"title": "More", "behavior": {"type": "link", "url": "/m"}},
                },
                {"type": "section", "components": []},
                {
                    "type": "tabs",
                    "items": [
                        {"title": "T1", "components": [{"type": "paragraph", "text": "p"}]},
                        {"title": "T2", "components": []},
                    ],
                },
                {
                    "type": "modal",
                    "trigger": {"title": "Open"},
                    "content": {"title": "M", "components": [{"type": "paragraph", "text": "p"}]},
                },
                {"type": "modal", "trigger": {"title": "Open"}, "content": {"components": []}},
            ]
        },
        """
Step

Box
  Left column
    ## L
  Right column
    ## R
Section: S
  Link "More": open /m
  p
Section
Tab: T1
  p
Tab: T2
Modal "Open": M
  p
Modal "Open"
""",
    ),
    "decisions": (
        {
            "layout": [
                {
                    "type": "decision",
                    "options": [
                        {
                            "title": "One",
                            "description": "d",
                            "additionalText": "+",
                            "disabled": True,
                            "action": {"url": "/a"},
                        },
                        {
                            "title": "Two",
                            "behavior": {"type": "modal", "content": [{"type": "paragraph", "text": "in"}]},
                        },
                    ],
                },
                {"type": "decision", "title": "Which?", "options": []},
            ]
        },
        """
Step

Decision
  Option "One" (disabled): POST /a
    d
    +
  Option "Two": open a modal
    in
Decision: Which?
""",
    ),
    "lists": (
        {
            "layout": [
                {
                    "type": "list",
                    "title": "L",
                    "items": [
                        {"title": "a", "description": "b", "supportingValues": {"value": "1", "subvalue": "2"}},
                        {"title": "c", "supportingValues": {}},
                        {"title": "d"},
                    ],
                },
                {
                    "type": "status-list",
                    "items": [
                        {"title": "a", "description": "b", "icon": {"name": "x"}, "status": "done"},
                        {"title": "c", "icon": {"name": "x"}},
                    ],
                },
                {"type": "instructions", "title": "I", "items": [{"text": "do", "context": "positive"}]},
                {
                    "type": "review",
                    "title": "R",
                    "fields": [{"label": "l", "value": "v"}],
                    "callToAction": {"title": "Edit", "action": {"url": "/a"}},
                },
                {"type": "review", "fields": []},
            ]
        },
        """
Step

List: L
  - a: b (1, 2)
  - c
  - d
Status list
  - a: b (done)
  - c
Instructions: I
  - do (positive)
Review: R
  l: v
  Link "Edit": POST /a
Review
""",
    ),
    "searches": (
        {
            "layout": [
                {"type": "search", "title": "S", "method": "GET", "url": "/s", "param": "q"},
                {
                    "type": "search",
                    "title": "S",
                    "method": "GET",
                    "url": "/s",
                    "param": "q",
                    "hint": "h",
                    "initialState": {
                        "type": "results",
                        "results": [
                            {"type": "action", "title": "r", "description": "d", "value": {"url": "/a"}},
                            {"type": "new"},
                        ],
                    },
                },
                {
                    "type": "search",
                    "title": "S",
                    "method": "GET",
                    "url": "/s",
                    "param": "q",
                    "initialState": {"type": "layout", "layout": [{"type": "heading", "text": "H"}]},
                },
                {
                    "type": "search",
                    "title": "S",
                    "method": "GET",
                    "url": "/s",
                    "param": "q",
                    "initialState": {"type": "new"},
                },
            ]
        },
        """
Step

Search: S: GET /s, term in "q"
Search: S: GET /s, term in "q"
  h
  - r: d
  -
Search: S: GET /s, term in "q"
  ## H
Search: S: GET /s, term in "q"
  Unknown initial state: {"type": "new"}
""",
    ),
    "unknown layouts": (
        {"layout": [{"type": "upsell", "text": "Buy", "callToAction": {"title": "Yes"}}]},
        """
Step

Unknown layout "upsell": {"text": "Buy", "callToAction": {"title": "Yes"}}
""",
    ),
    "head": (
        {
            "id": "s",
            "title": "T",
            "description": "D",
            "errors": {"error": "E", "validation": {"a": "A", "b": {"c d": ["x", None, 3]}}},
            "other": 1,
            "more": 2,
        },
        """
Step s: T
D
! E
! a: A
! b.c d[0]: x
! b.c d[2]: 3

Extra: other, more
""",
    ),
    "features": (
        {
            "toolbar": {
                "items": [
                    {"type": "button", "title": "H", "behavior": {"type": "dismiss"}},
                    {"type": "button", "accessibilityDescription": "acc", "behavior": {"type": "dismiss"}},
                    {"type": "button", "behavior": {"type": "dismiss"}},
                ]
            },
            "footer": [{"type": "button", "title": "F", "action": {"url": "/a"}}],
            "polling": {"url": "/p", "interval": 2, "maxAttempts": 1, "onError": {"action": {"exit": True}}},
            "external": {"url": "/e"},
            "refreshUrl": "/r",
            "linkHandlers": [
                {"regexPattern": "a|b", "action": {"url": "/a"}},
                {"regexPattern": "c", "behavior": {"type": "dismiss"}},
            ],
            "navigation": {"back": {"action": {"url": "/a"}}, "stackBehavior": "remove-all"},
        },
        """
Step

Toolbar "H": close the modal
Toolbar "acc": close the modal
Toolbar: close the modal

Footer
  Button "F": POST /a

Polling: GET /p, every 2 s, at most 1 attempt, on error: exit
External: open /e
Refresh: POST /r
Link "a|b": POST /a
Link "c": close the modal
Back: POST /a
Stack: remove-all
""",
    ),
    "polling with delay": (
        {
            "polling": {"url": "/p", "delay": 3, "maxAttempts": 5, "onError": {"behavior": {"type": "dismiss"}}},
            "navigation": {"back": {"title": "To the cart", "action": {"url": "/a"}}},
        },
        """
Step

Polling: GET /p, 3 s after each response, at most 5 attempts, on error: close the modal
Back "To the cart": POST /a
""",
    ),
}
"""A part of the JSON of a step, and its text."""


@pytest.mark.parametrize(("parts", "text"), CASES.values(), ids=CASES)
def test_a_layout_is_shown_as_text(parts: dict[str, Any], text: str):
    assert show(from_dict(parts)) == text.strip("\n")
