"""The steps whose texts are in the folder `shown`. `python -m tests.testing.shown_steps` writes the texts again."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from stepdsl import Step, from_dict
from stepdsl.demo.flow import waiting
from stepdsl.rendering import show

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
LEGACY = ROOT / "tests" / "wire" / "legacy"
FOLDER = Path(__file__).parent / "shown"

DETAILS = {"holder": {"name": "Ada Byron"}, "account": {"iban": "DE89370400440532013000"}, "country": "DE"}


def example(name: str) -> Step:
    step: Step = runpy.run_path(str(EXAMPLES / f"{name}.py"))["step"]
    return step


def of_server(name: str, *arguments: Any) -> Step:
    step: Step = runpy.run_path(str(EXAMPLES / "servers" / "flow.py"))[name](*arguments)
    return step


def legacy(name: str) -> Step:
    return from_dict(json.loads((LEGACY / f"{name}.json").read_text()), strict=False)


STEPS: dict[str, Callable[[], Step]] = {
    **{
        f"example-{path.stem}": partial(example, path.stem)
        for path in sorted(EXAMPLES.glob("*.py"))
        if path.stem != "generate"
    },
    "server-details": partial(of_server, "details_step", {"country": "DE", "holder": {}, "account": {}}),
    "server-details-gb": partial(of_server, "details_step", {**DETAILS, "country": "GB"}),
    "server-approval": partial(of_server, "approval_step", "a1"),
    "server-review": partial(of_server, "review_step", "a1", DETAILS),
    "server-welcome": partial(of_server, "welcome_step", "a1"),
    "demo-waiting": partial(waiting, "p1", max_attempts=10),
    **{f"legacy-{path.stem}": partial(legacy, path.stem) for path in sorted(LEGACY.glob("*.json"))},
}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    for name, make in STEPS.items():
        (FOLDER / f"{name}.txt").write_text(show(make()) + "\n", encoding="utf-8")
