"""Catches an error and its whole text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stepdsl import InvalidValueError


def refusal(make: Callable[[], Any], error: type[InvalidValueError] = InvalidValueError) -> str:
    """What a constructor says to values that do not fit: the one line that a user reads."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert type(caught.value) is error
    assert caught.value.problems[0] == (caught.value.path, caught.value.reason)
    reported = str(caught.value)
    assert "\n" not in reported
    return reported
