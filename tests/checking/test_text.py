"""The rules for texts, pictures and URLs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.support import Row, button, cases, check_lines, form


def alert(text: str) -> dict[str, Any]:
    return {"layout": [{"type": "alert", "markdown": text}]}


def markdown(text: str) -> dict[str, Any]:
    return {"layout": [{"type": "markdown", "content": text}]}


ALERTS: dict[str, Row] = {
    "emphasis": (alert("*This* is **important**, [really] (yes)."), []),
    "a link": (
        alert("Read [this](/terms)."),
        [
            "error: layout[0].markdown: the alert has a link: '[this](/terms)' [link-in-alert] — put the "
            "link into a markdown layout below the alert"
        ],
    ),
    "an automatic link": (
        alert("Go to <https://shop.example>."),
        [
            "error: layout[0].markdown: the alert has a link: '<https://shop.example>' [link-in-alert] — "
            "put the link into a markdown layout below the alert"
        ],
    ),
    "a heading": (
        alert("# Careful\nIt is hot."),
        [
            "warning: layout[0].markdown: the markdown has a heading, which clients do not support "
            "[unsupported-markdown] — keep to emphasis"
        ],
    ),
    "lists": (
        alert("Careful:\n\n- hot\n1. heavy"),
        [
            "warning: layout[0].markdown: the markdown has a list, which clients do not support "
            "[unsupported-markdown] — keep to emphasis"
        ],
    ),
    "an alert of a schema": (
        form({"a": {"type": "string", "alert": {"type": "alert", "markdown": "[x](/y)"}}}),
        [
            "error: schemas[0].properties.a.alert.markdown: the alert has a link: '[x](/y)' "
            "[link-in-alert] — put the link into a markdown layout below the alert"
        ],
    ),
    "a number at the beginning": (alert("3.5 % more, -5 less"), []),
}


@cases(ALERTS)
def test_unsupported_markdown_in_alerts_is_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


MARKUP: dict[str, Row] = {
    "supported syntax": (
        markdown("# One\n## Two\n\n- a\n- b\n\n1. c\n\n*d* **e** _f_ [g](/h) <https://shop.example> a < b > c | d - e"),
        [],
    ),
    "an image": (
        markdown("![a](/b.png)"),
        [
            "warning: layout[0].content: the markdown has an image, which clients do not support "
            "[unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "code": (
        markdown("Enter `x`."),
        [
            "warning: layout[0].content: the markdown has code, which clients do not support "
            "[unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "a block of code": (
        markdown("a\n```\nb\n```"),
        [
            "warning: layout[0].content: the markdown has code, which clients do not support "
            "[unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "a block of code with tildes": (
        markdown("~~~\nb\n~~~"),
        [
            "warning: layout[0].content: the markdown has code, which clients do not support "
            "[unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "a table": (
        markdown("a | b\n--- | :-:\n1 | 2"),
        [
            "warning: layout[0].content: the markdown has a table, which clients do not support "
            "[unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "HTML": (
        markdown("a<br>b"),
        [
            "warning: layout[0].content: the markdown has HTML, which clients do not support "
            "[unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "HTML with attributes": (
        markdown('<a href="/x">b</a>'),
        [
            "warning: layout[0].content: the markdown has HTML, which clients do not support "
            "[unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "a comment": (
        markdown("<!-- a -->"),
        [
            "warning: layout[0].content: the markdown has HTML, which clients do not support "
            "[unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "a quotation": (
        markdown("a\n> b"),
        [
            "warning: layout[0].content: the markdown has a block quote, which clients do not support "
            "[unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "several": (
        markdown("> `a` <b>"),
        [
            "warning: layout[0].content: the markdown has code and HTML and a block quote, which clients "
            "do not support [unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "help": (
        form({"a": {"type": "string", "help": {"markdown": "`x`"}}}),
        [
            "warning: schemas[0].properties.a.help.markdown: the markdown has code, which clients do not "
            "support [unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "an empty message": (
        {
            "layout": [
                {
                    "type": "search",
                    "title": "Find",
                    "method": "GET",
                    "url": "/find",
                    "param": "q",
                    "emptyMessage": "`x`",
                }
            ]
        },
        [
            "warning: layout[0].emptyMessage: the markdown has code, which clients do not support "
            "[unsupported-markdown] — keep to headings, lists, emphasis and links"
        ],
    ),
    "what is copied": (button(behavior={"type": "copy", "content": "`x` [y](http://z.example)"}), []),
}


@cases(MARKUP)
def test_unsupported_markdown_is_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


def code_at(place: str, advice: str) -> str:
    problem = "the markdown has code, which clients do not support [unsupported-markdown]"
    return f"warning: {place}: {problem} — keep to {advice}"


@pytest.mark.parametrize(
    ("text", "in_markdown", "in_alert"),
    [
        *[(part * 50_000, [], []) for part in ("[", "![", "<a ", "|", "](http:")],
        (
            "`" * 50_001,
            [code_at("layout[0].content", "headings, lists, emphasis and links")],
            [code_at("layout[0].markdown", "emphasis")],
        ),
    ],
    ids=["brackets", "images", "tags", "bars", "links", "code"],
)
def test_long_texts_of_repeated_markup_can_be_checked(text: str, in_markdown: list[str], in_alert: list[str]):
    assert check_lines(markdown(text)) == in_markdown
    assert check_lines(alert(text)) == in_alert


PICTURE = {"type": "image", "url": "/a.png"}
MEDIA = {"type": "image", "uri": "urn:wise:illustrations:globe"}
AVATAR = {"type": "avatar", "content": [{"type": "uri", "uri": "urn:wise:icons:plus"}]}
PICTURES: dict[str, Row] = {
    "an image": (
        {"layout": [PICTURE]},
        [
            "warning: layout[0]: the picture has no accessibilityDescription "
            "[missing-accessibility-description] — describe the picture; use an empty text if it is only decoration"
        ],
    ),
    "described": ({"layout": [{**PICTURE, "accessibilityDescription": "A globe"}]}, []),
    "with an empty description": ({"layout": [{**PICTURE, "accessibilityDescription": ""}]}, []),
    "the image of a schema": (
        form({"a": {"type": "string", "image": PICTURE}}),
        [
            "warning: schemas[0].properties.a.image: the picture has no accessibilityDescription "
            "[missing-accessibility-description] — describe the picture; use an empty text if it is only decoration"
        ],
    ),
    "media": (
        {"layout": [{"type": "media", "media": MEDIA}]},
        [
            "warning: layout[0].media: the picture has no accessibilityDescription "
            "[missing-accessibility-description] — describe the picture; use an empty text if it is only decoration"
        ],
    ),
    "an avatar": ({"layout": [{"type": "media", "media": AVATAR}]}, []),
    "media of an item": (
        {"layout": [{"type": "list", "items": [{"title": "A", "media": MEDIA}]}]},
        [
            "warning: layout[0].items[0].media: the picture has no accessibilityDescription "
            "[missing-accessibility-description] — describe the picture; use an empty text if it is only decoration"
        ],
    ),
    "a button without words": (
        {"toolbar": {"items": [{"type": "button", "media": AVATAR, "behavior": {"type": "dismiss"}}]}},
        [
            "warning: toolbar.items[0]: the button has neither title nor accessibilityDescription "
            "[missing-accessibility-description] — add one of them"
        ],
    ),
    "a button with a title": (
        {"toolbar": {"items": [{"type": "button", "title": "Close", "behavior": {"type": "dismiss"}}]}},
        [],
    ),
    "a button with a description": (
        {
            "toolbar": {
                "items": [{"type": "button", "accessibilityDescription": "Close", "behavior": {"type": "dismiss"}}]
            }
        },
        [],
    ),
}


@cases(PICTURES)
def test_pictures_without_a_description_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


HTTP = "http://shop.example/a"
PERSIST = {"idProperty": "id", "method": "POST", "param": "x", "schema": {"type": "string"}, "url": HTTP}
CHECK = {"method": "POST", "param": "x", "url": HTTP}
ADDRESSES: dict[str, Row] = {
    "an action": (
        button(action={"url": HTTP}),
        [
            "warning: layout[0].action.url: 'http://shop.example/a' is not encrypted [insecure-url] — use "
            "https, or an address relative to the flow's own"
        ],
    ),
    "in capitals": (
        button(action={"url": "HTTP://shop.example"}),
        [
            "warning: layout[0].action.url: 'HTTP://shop.example' is not encrypted [insecure-url] — use "
            "https, or an address relative to the flow's own"
        ],
    ),
    "https": (button(action={"url": "https://shop.example/http://x"}), []),
    "relative": (button(action={"url": "/a"}), []),
    "external": (
        {
            "external": {"url": HTTP},
            "polling": {"url": HTTP, "delay": 5, "maxAttempts": 5, "onError": {"action": {"exit": True}}},
        },
        [
            "warning: external.url: 'http://shop.example/a' is not encrypted [insecure-url] — use https, "
            "or an address relative to the flow's own",
            "warning: polling.url: 'http://shop.example/a' is not encrypted [insecure-url] — use https, "
            "or an address relative to the flow's own",
        ],
    ),
    "refresh": (
        {"refreshUrl": HTTP},
        [
            "warning: refreshUrl: 'http://shop.example/a' is not encrypted [insecure-url] — use https, or "
            "an address relative to the flow's own"
        ],
    ),
    "persist": (
        form({"a": {"type": "string", "persistAsync": PERSIST}}),
        [
            "warning: schemas[0].properties.a.persistAsync.url: 'http://shop.example/a' is not encrypted "
            "[insecure-url] — use https, or an address relative to the flow's own"
        ],
    ),
    "validate": (
        form({"a": {"type": "string", "validationAsync": CHECK}}),
        [
            "warning: schemas[0].properties.a.validationAsync.url: 'http://shop.example/a' is not "
            "encrypted [insecure-url] — use https, or an address relative to the flow's own"
        ],
    ),
    "a search": (
        {"layout": [{"type": "search", "title": "Find", "method": "GET", "url": HTTP, "param": "q"}]},
        [
            "warning: layout[0].url: 'http://shop.example/a' is not encrypted [insecure-url] — use https, "
            "or an address relative to the flow's own"
        ],
    ),
    "an image": (
        {"layout": [{**PICTURE, "url": HTTP, "accessibilityDescription": ""}]},
        [
            "warning: layout[0].url: 'http://shop.example/a' is not encrypted [insecure-url] — use https, "
            "or an address relative to the flow's own"
        ],
    ),
    "media": (
        {"layout": [{"type": "media", "media": {**AVATAR, "content": [{"type": "uri", "uri": HTTP}]}}]},
        [
            "warning: layout[0].media.content[0].uri: 'http://shop.example/a' is not encrypted "
            "[insecure-url] — use https, or an address relative to the flow's own"
        ],
    ),
    "a link": (
        button(behavior={"type": "link", "url": HTTP}),
        [
            "warning: layout[0].behavior.url: 'http://shop.example/a' is not encrypted [insecure-url] — "
            "use https, or an address relative to the flow's own"
        ],
    ),
    "a link in a text": (
        markdown("See [here](http://shop.example/a) and [there](http://b.example)."),
        [
            "warning: layout[0].content: 'http://shop.example/a' is not encrypted [insecure-url] — use "
            "https, or an address relative to the flow's own"
        ],
    ),
    "an automatic link": (
        markdown("See <http://shop.example>."),
        [
            "warning: layout[0].content: 'http://shop.example' is not encrypted [insecure-url] — use "
            "https, or an address relative to the flow's own"
        ],
    ),
    "an address that is no link": (markdown("http: see http://shop.example"), []),
    "in other properties": ({"description": HTTP, "layout": [{"type": "paragraph", "text": HTTP}]}, []),
}


@cases(ADDRESSES)
def test_urls_with_plain_http_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines
