"""Outcomes can be matched, compared, printed and pickled."""

from __future__ import annotations

import pickle
from typing import get_args

import pytest
import urllib3

from stepdsl import UNSET, ErrorResponseBody, InvalidValueError, Step, StepDslError, UnknownBehavior, from_dict
from stepdsl.executor import (
    Attempt,
    Cancelled,
    Clock,
    Exited,
    Failed,
    Http,
    NextStep,
    Outcome,
    PollingExecutor,
    Trigger,
    Unhandled,
)
from stepdsl.testing import FakeClock, Reply, ScriptedTransport
from tests.executor.support import NEXT

ATTEMPTS = (Attempt(number=1, at=0.5, status=200), Attempt(number=2, at=5.5, error="ConnectionResetError"))
BEHAVIOR = UnknownBehavior(type="unheard-of")
OUTCOMES: list[Outcome] = [
    NextStep(NEXT, trigger=Trigger.PROGRESS, attempts=ATTEMPTS),
    Exited({"a": 1}, trigger=Trigger.EXHAUSTED, attempts=ATTEMPTS),
    Exited(trigger=Trigger.PROGRESS),
    Failed(422, ErrorResponseBody(error="no"), "status 422", trigger=Trigger.STATUS, attempts=ATTEMPTS),
    Unhandled(BEHAVIOR, trigger=Trigger.MISMATCH, attempts=ATTEMPTS),
    Cancelled(attempts=ATTEMPTS),
]


def match_by_name(outcome: Outcome) -> object:
    match outcome:
        case NextStep(step=step):
            return step
        case Exited(result=result):
            return result
        case Failed(status=status, body=body, reason=reason):
            return status, body, reason
        case Unhandled(behavior=behavior):
            return behavior
        case Cancelled():
            return "cancelled"


def match_by_position(outcome: Outcome) -> object:
    match outcome:
        case NextStep(step):
            return step
        case Exited(result):
            return result
        case Failed(status, body, reason):
            return status, body, reason
        case Unhandled(behavior):
            return behavior
        case Cancelled():
            return "cancelled"


@pytest.mark.parametrize("match_outcome", [match_by_name, match_by_position])
def test_each_outcome_can_be_matched(match_outcome: object) -> None:
    assert [match_outcome(outcome) for outcome in OUTCOMES] == [  # type: ignore[operator]
        NEXT,
        {"a": 1},
        UNSET,
        (422, ErrorResponseBody(error="no"), "status 422"),
        BEHAVIOR,
        "cancelled",
    ]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_every_outcome_is_frozen_comparable_and_picklable(outcome: Outcome) -> None:
    assert isinstance(outcome, Outcome)
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    assert [each for each in OUTCOMES if each == outcome] == [outcome]
    with pytest.raises(AttributeError):
        outcome.trigger = Trigger.STATUS  # type: ignore[misc]
    with pytest.raises(AttributeError):
        outcome.attempts = ()  # type: ignore[misc]


def test_outcome_is_the_union_of_all() -> None:
    assert set(get_args(Outcome)) == {NextStep, Exited, Failed, Unhandled, Cancelled}


def test_the_repr_shows_all_attributes() -> None:
    assert repr(Cancelled(attempts=ATTEMPTS[:1])) == (
        "Cancelled(attempts=(Attempt(number=1, at=0.5, status=200, error=None),), "
        "trigger=<Trigger.CANCELLED: 'cancelled'>)"
    )


def test_triggers_are_strings() -> None:
    assert [trigger.value for trigger in Trigger] == ["progress", "status", "exhausted", "mismatch", "cancelled"]
    assert Trigger.STATUS == "status"


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (Step(id="waiting"), "Step.polling: missing, so there is nothing to run for step 'waiting'"),
        (Step(), "Step.polling: missing, so there is nothing to run"),
        (
            from_dict({"polling": {"interval": "5"}}, strict=False),
            "Step.polling: its document does not fit; see check(step), so there is nothing to run",
        ),
    ],
)
def test_a_step_without_polling_raises_an_error_with_its_id(step: Step, message: str) -> None:
    http = ScriptedTransport([])
    with pytest.raises(ValueError, match=r"^Step\.polling: ") as refused:
        PollingExecutor(http=http, open_url=pytest.fail).run(step)

    assert isinstance(refused.value, InvalidValueError)
    assert isinstance(refused.value, StepDslError)
    assert str(refused.value) == message
    assert http.requests == []


def test_each_clock_and_each_transport_matches_its_protocol() -> None:
    """The type checkers check the two annotations."""
    import time

    clocks: list[Clock] = [FakeClock(), time]
    transports: list[Http] = [urllib3.PoolManager(), ScriptedTransport([Reply()])]
    for clock in clocks:
        for transport in transports:
            PollingExecutor(clock=clock, http=transport)
