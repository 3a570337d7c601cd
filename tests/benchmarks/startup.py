"""How long a fresh process takes to its first document: the imports, the first step built and the first one written."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAMS: Mapping[str, str] = {
    "pydantic": """
from tests.benchmarks.pydantic_startup import first
first()
""",
    "stepdsl": """
from stepdsl import Action, Polling, Step, dumps
dumps(Step(polling=Polling(url="https://bar.foo/status?id=12345", interval=5, max_attempts=100,
    on_error=Polling.OnError(action=Action(exit=True, result={"exit-action-data": "EXIT!!!"})))))
""",
    "stepdsl, by blocks": """
from stepdsl import Step, dumps
with Step.build() as step:
    with step.polling() as polling:
        polling.url = "https://bar.foo/status?id=12345"
        polling.interval = 5
        polling.max_attempts = 100
        with polling.on_error() as on_error:
            with on_error.action() as action:
                action.exit = True
                action.result = {"exit-action-data": "EXIT!!!"}
dumps(step.built)
""",
    "stepdsl, a form": """
from stepdsl import Step, dumps
with Step.build(id="login", title="Log in") as step:
    with step.layout() as layout:
        layout.heading(text="Welcome back")
        layout.form(schema_id="#login")
        layout.button(title="Log in").action(url="/login")
    with step.schemas() as schemas:
        with schemas.obj(id="#login").properties() as properties:
            properties.string("name", title="Name", autocomplete_hint=["username"])
            properties.string("password", title="Password", control="password")
dumps(step.built)
""",
    "import stepdsl alone": "import stepdsl",
    "import attrs, cattrs, orjson, json": "import attrs, cattrs, orjson, json",
}
"""What is timed, by name; each one runs in a process of its own."""

_TIMED = "import time; start = time.perf_counter()\n{}\nprint(time.perf_counter() - start)"


def measure(rounds: int) -> dict[str, list[float]]:
    """Seconds of every program, `rounds` times; the programs take turns, so that the machine's moods hit all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as cache:
        # Compiled files are always there, whatever the environment says about writing them.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache, "PYTHONPATH": str(ROOT)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for round_number in range(rounds + 1):
            for name, program in PROGRAMS.items():
                done = subprocess.run(
                    [sys.executable, "-c", _TIMED.format(program)],
                    env=environment,
                    capture_output=True,
                    text=True,
                    check=True,
                )
                if round_number:  # the first round fills the cache
                    seconds[name].append(float(done.stdout))
    return seconds
