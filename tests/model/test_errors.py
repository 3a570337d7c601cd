"""The errors: what they are, how they are reported, and that they survive pickling."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from stepdsl import (
    Action,
    InvalidValueError,
    Polling,
    ScopeError,
    Step,
    StepDslError,
    UnknownPropertyError,
    WireError,
    from_dict,
)
from stepdsl.core.messages import dotted, error_text, nearest, shorten, unknown
from stepdsl.dsl.drafts import ScopeAttributeError


def raised(make: Callable[[], Any]) -> StepDslError:
    with pytest.raises(StepDslError) as caught:
        make()
    return caught.value


ERRORS: list[tuple[Callable[[], StepDslError], type[StepDslError], tuple[type[Exception], ...], str]] = [
    (
        lambda: raised(lambda: Action(url=5)),
        InvalidValueError,
        (ValueError,),
        "Action.url: expected a string, got 5",
    ),
    (
        lambda: raised(Polling),
        InvalidValueError,
        (ValueError,),
        "Polling.url: missing; Polling.max_attempts: missing; Polling.on_error: missing; "
        "Polling: missing: interval or delay",
    ),
    (
        lambda: raised(lambda: Action(urll=5)),
        UnknownPropertyError,
        (InvalidValueError, ValueError, AttributeError),
        "Action.urll: no such property; did you mean 'url'?",
    ),
    (
        lambda: raised(lambda: Step.build().polling.urll),
        ScopeAttributeError,
        (ScopeError, AttributeError),
        "Step.polling: opened by a call; write `with ….polling() as polling:`",
    ),
    (
        lambda: raised(lambda: from_dict({"title": 5, "layout": [None]})),
        WireError,
        (ValueError,),
        "title: expected a string, got 5; layout[0]: expected an object, got null",
    ),
    (lambda: raised(lambda: from_dict([])), WireError, (ValueError,), "expected an object, got an array"),
    (lambda: WireError([]), WireError, (), ""),
    (lambda: WireError(iter([("a", "b")])), WireError, (), "a: b"),
    (lambda: InvalidValueError("a", "b"), InvalidValueError, (), "a: b"),
    (lambda: InvalidValueError("a", "b", ("c", "d")), InvalidValueError, (), "a: b; c: d"),
    (lambda: ScopeError("x"), ScopeError, (), "x"),
    (lambda: StepDslError("x"), StepDslError, (), "x"),
]

TWINS: list[Callable[[Any], Any]] = [
    copy.copy,
    copy.deepcopy,
    *(
        lambda error, p=protocol: pickle.loads(pickle.dumps(error, p))
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    ),
]


@pytest.mark.parametrize(("make", "cls", "bases", "reported"), ERRORS, ids=[row[3][:50] for row in ERRORS])
def test_an_error_has_this_text_and_survives_pickling(make, cls, bases, reported):
    error = make()
    assert type(error) is cls
    assert isinstance(error, (StepDslError, *bases))
    assert all(isinstance(error, base) for base in bases)
    assert str(error) == reported
    for twin in TWINS:
        again = twin(error)
        assert type(again) is cls
        assert str(again) == reported
        assert again.args == error.args
        for name in ("path", "reason", "problems"):
            assert getattr(again, name, None) == getattr(error, name, None)


def test_each_error_has_its_base_classes():
    assert issubclass(UnknownPropertyError, (InvalidValueError,))
    from stepdsl.server import SubmissionError

    assert {cls: sorted(base.__name__ for base in cls.__bases__) for cls in StepDslError.__subclasses__()} == {
        SubmissionError: ["StepDslError"],
        InvalidValueError: ["StepDslError", "ValueError"],
        ScopeError: ["StepDslError"],
        WireError: ["StepDslError", "ValueError"],
    }


def test_path_and_reason_are_those_of_the_first_problem():
    error = raised(lambda: Polling(url="/"))
    assert isinstance(error, InvalidValueError)
    assert (error.path, error.reason) == ("Polling.max_attempts", "missing")
    assert error.problems == (
        ("Polling.max_attempts", "missing"),
        ("Polling.on_error", "missing"),
        ("Polling", "missing: interval or delay"),
    )


def test_an_error_shows_no_internal_cause():
    for make in (lambda: Action(url=5), lambda: Action(urll=5), Polling, lambda: from_dict({"title": 5})):
        error = raised(make)
        assert error.__cause__ is None
        assert error.__suppress_context__


# -- how problems are put ------------------------------------------------------------------------------------------


def _text(problems: tuple[tuple[str, str], ...]) -> str:
    return str(WireError(problems))


def test_twenty_problems_are_shown_in_full():
    problems = tuple((f"p{number}", "r") for number in range(22))
    assert _text(problems[:1]) == "p0: r"
    assert _text(problems[:20]) == "; ".join(f"p{number}: r" for number in range(20))
    assert _text(problems[:21]) == "; ".join(f"p{number}: r" for number in range(20)) + "; and 1 more"
    assert _text((("", "r"),)) == "r"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("layout", 0, "text"), "layout[0].text"),
        ((0, 1), "[0][1]"),
        (("$id",), "$id"),
        (("a", "#login", "x-y"), "a.#login.x-y"),
        (("größe",), "größe"),
        (("a b", "5", "", "a.b", 'it"s'), "['a b']['5']['']['a.b']['it\"s']"),
        (("a", "new\nline", "\ud800"), "a['new\\nline']['\\ud800']"),
        (("x" * 100 + " ",), f"['{'x' * 56}…]"),
    ],
)
def test_a_path_is_rendered_with_dots_and_brackets(path, text):
    assert dotted(path) == text


def test_a_path_is_rendered_below_its_root():
    assert dotted(("layout", 0), "Step") == "Step.layout[0]"
    assert dotted((), "Step") == "Step"
    assert dotted((0,), "Step") == "Step[0]"


def test_a_long_text_is_cut_to_one_line():
    assert shorten("x" * 60) == "x" * 60
    assert shorten("x" * 61) == "x" * 57 + "…"
    assert shorten("a\nb") == "a b"


class WithoutText(Exception):
    __str__ = None  # type: ignore[assignment]


def test_an_exception_is_shown_on_one_line_with_its_type():
    assert error_text(OSError("no address")) == "OSError: no address"
    assert error_text(ValueError("a:\n  b: ")) == "ValueError: a: b:"
    assert error_text(OSError()) == "OSError"
    assert error_text(WithoutText("a")) == "WithoutText"


def test_the_nearest_name_is_proposed():
    assert nearest("urll", ["id", "url", "method"]) == "; did you mean 'url'?"
    assert nearest("zzz", ["id", "url", "method"]) == ""
    assert unknown("urll", ["id", "url"], "property") == "no such property; did you mean 'url'?"
    assert unknown("zzz", ["id", "url"], "member") == "no such member; there are id, url"
