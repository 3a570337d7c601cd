"""A property is added by one line in the model and two commands; no test needs a line for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "_build", "benchmarks")
BEFORE = """
class HeadingLayout("""
LINE = '''
    loudness: int | None = field(default=None, generation=Generation.CORE2, source=Source.LATER)
    """Volume at which a screen reader reads the heading."""
'''
GENERATORS = (["-m", "stepdsl.dsl.codegen"], ["docs/generate_reference.py"])
TESTS = (
    *("tests/model", "tests/wire", "tests/dsl/test_forms.py", "tests/dsl/test_values.py", "tests/jsonschema"),
    *("tests/typing", "tests/test_reference.py"),
)
"""The tests of whatever follows from the models."""
OTHERS = (
    *("tests/model/test_layers.py", "tests/model/test_nesting.py", "tests/wire/test_refusals.py"),
    *("tests/wire/test_documents_in_the_wild.py", "tests/wire/test_jsontext.py"),
)
"""Tests among them that depend on no property."""
LASTING = " and ".join(
    f"not {word}"
    for word in (
        "megabytes",
        "endless",
        "hundred_thousand",
        "stale",
        "fresh_files",
        "missing_files",
        "command",
        "deepest",
    )
)
"""Leaves out tests that take long and depend on no property."""
PLAIN = ("-p", "no:cacheprovider", "-p", "no:logging", "--assert=plain")
CHECK = """
from stepdsl import HeadingLayout, HeadingLayoutBuilder, dumps, json_schema, loads

heading = HeadingLayout.build(text="x", loudness=3).built
assert HeadingLayoutBuilder.loudness.__doc__ == "Volume at which a screen reader reads the heading."
assert heading == HeadingLayout(text="x", loudness=3)
assert dumps(heading) == '{"type":"heading","text":"x","loudness":3}'
assert loads(dumps(heading), HeadingLayout) == heading
assert json_schema(HeadingLayout)["properties"]["loudness"]["type"] == ["integer", "null"]
"""


def run(copy: Path, *arguments: str) -> None:
    """Run Python in the copy; fail with its output unless it succeeds."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy),
        "STEPDSL_EXAMPLES": "few",
        "STEPDSL_ONLY_TYPE": "HeadingLayout",
    }
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"{arguments}\n{done.stdout[-8000:]}\n{done.stderr[-2000:]}"


def add_the_line(copy: Path) -> None:
    """Add the property as the last one of `HeadingLayout`."""
    path = copy / "stepdsl" / "model" / "layouts.py"
    before, start, after = path.read_text("utf-8").partition(BEFORE)
    assert start
    body, end, rest = after.partition("\n\n\n")
    path.write_text(f"{before}{start}{body}\n{LINE.rstrip()}{end}{rest}", "utf-8")


@pytest.mark.slow
def test_a_property_needs_one_line_and_two_commands(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    add_the_line(copy)
    for generator in GENERATORS:
        run(copy, *generator)

    run(copy, "-c", f"import stepdsl\nassert stepdsl.__file__.startswith({str(copy)!r})\n{CHECK}")
    declarations = (copy / "stepdsl" / "model" / "declarations.pyi").read_text("utf-8")
    assert "loudness: int | None" in declarations
    reference = (copy / "docs" / "reference" / "layouts.md").read_text("utf-8")
    assert "Volume at which a screen reader reads the heading." in reference
    assert "loudness" not in (ROOT / "docs" / "reference" / "layouts.md").read_text("utf-8")

    run(
        copy,
        "-m",
        "pytest",
        "-n",
        "0",
        "-q",
        "-m",
        "not slow",
        "-k",
        LASTING,
        *PLAIN,
        *TESTS,
        *(f"--ignore={path}" for path in OTHERS),
    )
