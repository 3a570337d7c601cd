"""Checks the steps that a server sends, and logs what it finds. This is for development.

The environment variable `STEPDSL_CHECK` switches it on for all steps: `1`, or `core` or `core2` for the rules of this
generation too. It is read when the first step is sent. The findings are in the log `stepdsl.server`. They never change
an answer.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from threading import Lock
from typing import Final, TypeAlias, cast

from stepdsl.core.messages import show
from stepdsl.core.provenance import GENERATION_NAMES, GenerationName
from stepdsl.errors import InvalidValueError
from stepdsl.model.step import Step
from stepdsl.server.etags import tag_of

__all__ = ["Check", "check_sent", "expect_check"]

Check: TypeAlias = bool | GenerationName | None
"""Whether a step is checked: True, False, or for a generation. None: the environment variable applies."""

_VARIABLE: Final = "STEPDSL_CHECK"

_MAX_KEPT: Final = 1_000
"""The maximum number of steps that are kept, so that the log has the findings of each one only once."""

_MAX_LINES: Final = 20
"""The maximum number of findings of one step in the log."""

_log: Final = logging.getLogger("stepdsl.server")


def check_sent(step: Step, text: str, check: Check) -> None:
    """Check a step that is sent, if `check` or the environment variable requires it, and log the findings.

    `text`: the JSON of the step. A step with the same JSON is checked once. Raises InvalidValueError for another value
    of `check`, and nothing else.
    """
    expect_check(check)
    if check is None:
        check = _setting()
    if check and _sent.add((tag_of(text), check)):
        _log_findings(step, None if check is True else check)


def expect_check(check: object) -> None:
    """Raise InvalidValueError for anything but a `Check`."""
    if check is not None and not isinstance(check, bool) and check not in GENERATION_NAMES:
        raise InvalidValueError("check", f"expected True, False, 'core' or 'core2', got {show(check)}")


@cache
def _setting() -> Check:
    """Return the value of the environment variable. It is read once: this costs a fifth of writing a small step."""
    value = os.environ.get(_VARIABLE, "")
    if value in GENERATION_NAMES:
        return cast("Check", value)
    if value not in ("", "0", "1"):
        _log.warning("%s: expected 0, 1, core or core2, got %s; no step is checked", _VARIABLE, show(value))
    return value == "1"


class _Recent:
    """The keys that were added last; a bounded number of them. Threads can share it."""

    def __init__(self) -> None:
        self._keys: dict[object, None] = {}
        self._lock = Lock()

    def add(self, key: object) -> bool:
        """Add a key as the last one. Return whether it is new."""
        with self._lock:
            is_new = key not in self._keys
            self._keys.pop(key, None)
            self._keys[key] = None
            if len(self._keys) > _MAX_KEPT:
                del self._keys[next(iter(self._keys))]
        return is_new


_sent: Final = _Recent()


def _log_findings(step: Step, generation: GenerationName | None) -> None:
    name = show(step.id)
    try:
        from stepdsl.checking import check  # loads only when a step is checked

        findings = check(step, generation=generation)
    except Exception:  # noqa: BLE001  # the answer does not depend on the check
        _log.exception("step %s: it could not be checked", name)
        return
    for finding in findings[:_MAX_LINES]:
        level = logging.ERROR if finding.severity == "error" else logging.WARNING
        _log.log(level, "step %s: %s", name, finding)
    if len(findings) > _MAX_LINES:
        _log.warning("step %s: and %d more findings", name, len(findings) - _MAX_LINES)
