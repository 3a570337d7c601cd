"""What the type checkers say: nothing of the documented ways to write a step, and each mistake that they can see."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stepdsl import ScopeError, Step, UnknownPropertyError
from stepdsl.errors import StepDslError

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ACCEPTED = HERE / "accepted.py"
MISTAKES = HERE / "mistakes.py"
MARK = re.compile(r"  # (?P<number>\d+) (?:unseen(?: by (?P<blind>\w+))?: )?")
LINT = {"reportUnusedExpression", "reportUnusedVariable"}
"""Rules by which pyright would report a line whatever its types are."""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    # For --verifytypes, pyright finds the installed packages by the Python on the path, not by --pythonpath.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )


@pytest.fixture(scope="module")
def mypy() -> dict[Path, dict[int, list[str]]]:
    """What mypy reports, by file and line."""
    done = run("mypy", "--strict", "--no-error-summary", "--output=json", str(ACCEPTED), str(MISTAKES))
    assert done.stderr == ""
    reported: dict[Path, dict[int, list[str]]] = {ACCEPTED: {}, MISTAKES: {}}
    for line in done.stdout.splitlines():
        found = json.loads(line)
        if found["severity"] == "error":
            reported[ROOT / found["file"]].setdefault(found["line"], []).append(found["message"])
    return reported


@pytest.fixture(scope="module")
def pyright() -> dict[Path, dict[int, list[str]]]:
    """What pyright reports, by file and line."""
    done = run("pyright", "--pythonpath", sys.executable, "--outputjson", str(ACCEPTED), str(MISTAKES))
    answer = json.loads(done.stdout)
    assert answer["summary"]["filesAnalyzed"] == 2
    reported: dict[Path, dict[int, list[str]]] = {ACCEPTED: {}, MISTAKES: {}}
    for found in answer["generalDiagnostics"]:
        if found.get("rule") not in LINT:
            line = found["range"]["start"]["line"] + 1
            reported[Path(found["file"])].setdefault(line, []).append(found["message"])
    return reported


def marked(checker: str) -> dict[int, str]:
    """The lines with a mistake that a checker can see, and what stands there."""
    lines = enumerate(MISTAKES.read_text("utf-8").splitlines(), 1)
    found = [(number, line, MARK.search(line)) for number, line in lines]
    return {
        number: line.strip()
        for number, line, mark in found
        if mark is not None and ("unseen" not in mark[0] or mark["blind"] not in (None, checker))
    }


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_the_documented_ways_are_accepted(checker, request):
    assert request.getfixturevalue(checker)[ACCEPTED] == {}


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_each_mistake_is_reported_and_nothing_else(checker, request):
    reported = request.getfixturevalue(checker)[MISTAKES]
    lines = MISTAKES.read_text("utf-8").splitlines()
    seen = {number: lines[number - 1].strip() for number in sorted(reported)}
    assert seen == marked(checker)


def test_the_accepted_ways_work(capsys):
    names = runpy.run_path(str(ACCEPTED))
    assert names["waiting"] == names["also_waiting"]
    assert "type: ignore" not in ACCEPTED.read_text("utf-8")
    assert "pyright:" not in ACCEPTED.read_text("utf-8")


def test_the_mistakes_are_numbered():
    numbers = [int(number) for number in re.findall(r"  # (\d+) ", MISTAKES.read_text("utf-8"))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 37
    assert len(marked("pyright")) == len(numbers) - 2
    assert len(marked("mypy")) == len(numbers) - 3


# -- mistakes that no checker can see --------------------------------------------------------------------------------


def told(error: type[StepDslError], make: Any) -> str:
    with pytest.raises(error) as caught:
        make()
    return str(caught.value)


def test_setattr_of_a_misspelt_name_is_refused():
    step = Step.build()
    assert told(UnknownPropertyError, lambda: step.polling(lambda q: setattr(q, "urll", 3))) == (
        "Step.polling.urll: no such property; did you mean 'url'?"
    )


def test_if_in_place_of_with_is_refused():
    step = Step.build()
    assert told(ScopeError, lambda: bool(step.polling())) == ("Step.polling: `if` opens no block; write `with … as …:`")
    assert told(ScopeError, lambda: bool(step.polling)) == "Step.polling: `if` opens no block; write `with … as …:`"
    assert told(ScopeError, lambda: bool(step.layout())) == "Step.layout: `if` opens no block; write `with … as …:`"


# -- the package itself ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_all_types_of_the_package_are_known():
    done = run(
        "pyright", "--pythonpath", sys.executable, "--verifytypes", "stepdsl", "--ignoreexternal", "--outputjson"
    )
    answer = json.loads(done.stdout)["typeCompleteness"]
    unclear = [
        symbol["name"]
        for symbol in answer["symbols"]
        if symbol["isExported"] and (symbol["isTypeAmbiguous"] or not symbol["isTypeKnown"])
    ]
    assert answer["pyTypedPath"].endswith("py.typed")
    assert answer["exportedSymbolCounts"]["withKnownType"] > 1000
    assert unclear == []
    assert answer["completenessScore"] == 1
