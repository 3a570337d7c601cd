"""The ratios of docs/performance.md: ``python -m tests.benchmarks.report``.

Every figure is a ratio within the same run, and the reference is pydantic, if the table does not name another one. The
subjects take turns within each round, a ratio is taken within each round, and the median of the rounds counts: whatever
else the machine does touches all subjects alike. With and without orjson are two processes, each with its own pydantic
beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = "pydantic"
CONSTRUCTORS = "stepdsl constructors"
KEYWORDS = "stepdsl keywords"
BLOCKS = "stepdsl blocks"
OPERATIONS = ("build", "dump", "build + dump", "load")

Times = Mapping[str, Mapping[str, list[float]]]
"""Microseconds of every round by operation and subject."""


class Aim(NamedTuple):
    """A ratio of two subjects that a document must not exceed."""

    name: str
    orjson: bool
    operation: str
    subject: str
    most: Mapping[str, float]
    """By document; a document that is not there has no such aim."""
    reference: str = REFERENCE


PAGE, FORM, TAGGED = "polling step", "form of 81 objects", "tagged form"

AIMS = (
    Aim("constructors + dumps, orjson", True, "build + dump", CONSTRUCTORS, {PAGE: 1.0, FORM: 1.0, TAGGED: 0.9}),
    Aim("constructors + dumps, json", False, "build + dump", CONSTRUCTORS, {PAGE: 1.7, FORM: 1.7, TAGGED: 1.25}),
    Aim("keywords + dumps, orjson", True, "build + dump", KEYWORDS, {TAGGED: 1.15}),
    Aim("keywords + dumps, json", False, "build + dump", KEYWORDS, {TAGGED: 1.55}),
    Aim("loads, orjson", True, "load", CONSTRUCTORS, {PAGE: 2.0, FORM: 2.0, TAGGED: 1.6}),
    Aim("loads, json", False, "load", CONSTRUCTORS, {PAGE: 2.0, FORM: 2.0, TAGGED: 2.0}),
    Aim("keywords to constructors", True, "build", KEYWORDS, {TAGGED: 1.5}, CONSTRUCTORS),
    Aim("blocks to constructors", True, "build", BLOCKS, {PAGE: 2.5, FORM: 2.5}, CONSTRUCTORS),
)
STARTUP_AIM = 0.65


def _operations(subject: Any) -> dict[str, Callable[[], object]]:
    built = subject.build()
    text = subject.dump(built)
    data = text if isinstance(text, bytes) else text.encode()
    return {
        "build": subject.build,
        "dump": lambda: subject.dump(built),
        "build + dump": lambda: subject.dump(subject.build()),
        "load": lambda: subject.load(data),
    }


def _seconds(function: Callable[[], object], times: int) -> float:
    repeated = range(times)
    start = time.perf_counter()
    for _ in repeated:
        function()
    return time.perf_counter() - start


def _samples(functions: Mapping[str, Callable[[], object]], rounds: int, seconds: float) -> dict[str, list[float]]:
    """Microseconds of every round, by function; they take turns."""
    counts = {name: max(1, round(seconds / _seconds(function, 20) * 20)) for name, function in functions.items()}
    samples: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            samples[name].append(_seconds(function, counts[name]) / counts[name] * 1e6)
    return samples


def _measure(subjects: Mapping[str, Any], rounds: int, seconds: float) -> dict[str, dict[str, list[float]]]:
    functions = {name: _operations(subject) for name, subject in subjects.items()}
    return {
        operation: _samples({name: of[operation] for name, of in functions.items()}, rounds, seconds)
        for operation in OPERATIONS
    }


def _worker(rounds: int, seconds: float) -> None:
    """Measure in this process, where the environment has chosen between orjson and json, and print the times."""
    from tests.benchmarks.documents import DOCUMENTS

    print(json.dumps({name: _measure(subjects, rounds, seconds) for name, subjects in DOCUMENTS.items()}))


def _measured(*, orjson: bool, rounds: int, seconds: float) -> dict[str, Times]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("STEPDSL_NO_ORJSON", None)
    if not orjson:
        environment["STEPDSL_NO_ORJSON"] = "1"
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.report",
        "--worker",
        f"--rounds={rounds}",
        f"--seconds={seconds}",
    ]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Times] = json.loads(done.stdout)
    return measured


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(header), *map(list, rows)]
    lines.insert(1, ["---", *["---:"] * (len(lines[0]) - 1)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ratio(times: Times, operation: str, subject: str, reference: str = REFERENCE) -> float:
    return _paired(times[operation][subject], times[operation][reference])


def _paired(seconds: Iterable[float], reference: Iterable[float]) -> float:
    return statistics.median(mine / theirs for mine, theirs in zip(seconds, reference, strict=True))


def _document_table(name: str, times: Times) -> str:
    rows = (
        [subject, *(f"{_ratio(times, operation, subject):.2f}" for operation in OPERATIONS)]
        for subject in times["build"]
    )
    note = ", ".join(f"{each} {statistics.median(times[each][REFERENCE]):.1f} µs" for each in OPERATIONS)
    return f"{_table([name, *OPERATIONS], rows)}\n\n1.00 is pydantic: {note}."


def _startup_table(rounds: int) -> tuple[str, float]:
    from tests.benchmarks.startup import measure

    measured = measure(rounds)
    ratios = {name: _paired(seconds, measured[REFERENCE]) for name, seconds in measured.items()}
    rows = ([name, f"{ratio:.2f}"] for name, ratio in ratios.items())
    table = _table(["a fresh process up to its first document", "ratio"], rows)
    return f"{table}\n\n1.00 is pydantic: {statistics.median(measured[REFERENCE]) * 1e3:.0f} ms.", ratios["stepdsl"]


def _size_table(rounds: int) -> str:
    """What one field costs in forms of several sizes: per field, relative to the form of a hundred."""
    from tests.benchmarks.sizes import SIZES, WORK

    rows: list[list[str]] = []
    for name, prepare in WORK.items():
        works = {size: prepare(size) for size in SIZES}
        counts = {size: max(1, 20_000 // size) for size in SIZES}
        samples: dict[int, list[float]] = {size: [] for size in SIZES}
        for _ in range(rounds):
            for size in SIZES:
                samples[size].append(_seconds(works[size], counts[size]) / counts[size] / size)
        rows.append([name, *(f"{_paired(samples[size], samples[100]):.2f}" for size in SIZES)])
    return _table(["cost of one field in a form of", *(f"{size:,} fields" for size in SIZES)], rows)


def _memory_table() -> str:
    """The most memory that one field takes while a form is worked on: relative to the form of a hundred."""
    from tests.benchmarks.sizes import SIZES, WORK, peak

    rows: list[list[str]] = []
    for name, prepare in WORK.items():
        of_field = {size: peak(prepare(size)) / size for size in SIZES}
        rows.append([name, *(f"{of_field[size] / of_field[100]:.2f}" for size in SIZES)])
    return _table(["memory of one field in a form of", *(f"{size:,} fields" for size in SIZES)], rows)


def _check_table(rounds: int) -> str:
    """What a check costs beside the `dumps` of the same step."""
    from tests.benchmarks.checking import STEPS, works

    rows: list[list[str]] = []
    for name, make in STEPS.items():
        checked, dumped = works(make())
        samples: list[tuple[float, float]] = [(_seconds(checked, 5), _seconds(dumped, 5)) for _ in range(rounds)]
        rows.append([name, f"{_paired(*zip(*samples, strict=True)):.1f}", "10.0"])
    return _table(["check of", "ratio to dumps", "at most"], rows)


def _validation_table(rounds: int) -> str:
    """What `validate` costs beside jsonschema-rs alone, for the same values."""
    from tests.benchmarks.validation import MOST, VALUES, works

    rows: list[list[str]] = []
    for name, make in VALUES.items():
        validated, alone = works(make())
        samples: list[tuple[float, float]] = [(_seconds(validated, 20), _seconds(alone, 20)) for _ in range(rounds)]
        rows.append([name, f"{_paired(*zip(*samples, strict=True)):.1f}", f"{MOST:.1f}"])
    return _table(["validate", "ratio to jsonschema-rs", "at most"], rows)


def _peer_table(rounds: int, seconds: float) -> str:
    """What other libraries cost on the page of the tagged form, and how many objects their vocabulary needs for it."""
    from tests.benchmarks.peers import PEERS, objects

    samples = _samples(PEERS, rounds, seconds)
    rows = (
        [name, f"{_paired(samples[name], samples[CONSTRUCTORS]):.2f}", str(len(objects(write())))]
        for name, write in PEERS.items()
    )
    return _table(["author to bytes, 82 objects", "ratio", "objects in the JSON"], rows)


def _aims(fast: Mapping[str, Times], standard: Mapping[str, Times], startup: float) -> str:
    rows = [
        (
            f"{document}: {aim.name}",
            _ratio((fast if aim.orjson else standard)[document], aim.operation, aim.subject, aim.reference),
            aim.most[document],
        )
        for document in fast
        for aim in AIMS
        if document in aim.most
    ]
    rows.append(("import, first step built and dumped", startup, STARTUP_AIM))
    return _table(
        ["aim", "ratio", "at most", ""],
        ([name, f"{ratio:.2f}", f"{most:.2f}", "met" if ratio <= most else "**missed**"] for name, ratio, most in rows),
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.report", description=__doc__)
    parser.add_argument("--rounds", type=int, default=25, help="rounds per figure (default %(default)s)")
    parser.add_argument("--seconds", type=float, default=0.02, help="length of one sample (default %(default)s)")
    parser.add_argument("--starts", type=int, default=25, help="fresh processes per program (default %(default)s)")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        _worker(arguments.rounds, arguments.seconds)
        return
    fast = _measured(orjson=True, rounds=arguments.rounds, seconds=arguments.seconds)
    standard = _measured(orjson=False, rounds=arguments.rounds, seconds=arguments.seconds)
    startup_table, startup = _startup_table(arguments.starts)
    print(_aims(fast, standard, startup))
    for title, measured in (("with orjson", fast), ("with the standard json", standard)):
        for document, times in measured.items():
            print(f"\n{_document_table(f'{document}, stepdsl {title}', times)}")
    print(f"\n{startup_table}")
    print(f"\n{_peer_table(arguments.rounds, arguments.seconds)}")
    print(f"\n{_size_table(max(1, arguments.rounds // 5))}")
    print(f"\n{_memory_table()}")
    print(f"\n{_check_table(arguments.rounds)}")
    print(f"\n{_validation_table(arguments.rounds)}")


if __name__ == "__main__":
    main()
