"""The command `stepdsl check`: what it prints, and its exit status."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stepdsl import cli
from stepdsl.checking.registry import RULES

MODULE = """
from stepdsl import FormLayout, HeadingLayout, Step

good = Step(id="good", title="Good", layout=[HeadingLayout(text="Good")])
bad = Step(id="bad", title="Bad", layout=[FormLayout(schema_id="#bad")])

class Steps:
    bad = bad

def make():
    return bad

def make_all():
    yield good
    yield bad

both = [good, bad]
neither = [good, "bad"]
number = 5

with Step.build(id="built", title="Built") as builder:
    builder.layout().form(schema_id="#built")

def fail():
    raise ValueError("no\\nstep")

def leave():
    raise SystemExit(5)

def broken():
    yield good
    raise KeyError("lost")
"""
FORM = "no root schema has the $id '#bad' [form-without-schema] — refer to a root schema by its $id"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make the current directory a new one, with a module and some documents."""
    (tmp_path / "shop_steps.py").write_text(MODULE)
    (tmp_path / "good.json").write_text('{"id": "good", "title": "Good"}')
    (tmp_path / "bad.json").write_text(
        '{"id": "bad", "title": "Bad", "layout": [{"type": "form", "schemaId": "#bad"}]}'
    )
    (tmp_path / "poor.json").write_text('{"layout": []}')
    (tmp_path / "wrong.json").write_text(
        '{"id": "wrong", "title": "Wrong", "schemas": 5, '
        '"layout": [{"type": "heading"}, {"type": "form", "schemaId": "#bad"}]}'
    )
    (tmp_path / "no.json").write_bytes(b"\xff{")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    sys.modules.pop("shop_steps", None)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(["check", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_a_correct_file_has_no_findings(capsys):
    assert run(capsys, "good.json") == (0, "checked 1 step: nothing found\n", "")


def test_findings_are_printed_with_a_summary(capsys):
    assert run(capsys, "bad.json", "good.json", "poor.json") == (
        1,
        f"bad.json: error: layout[0].schemaId: {FORM}\n"
        "poor.json: warning: the step has no id [missing-id] — give it one, the same whenever this screen is sent\n"
        "poor.json: warning: the step has no title [missing-title] — give it one, an empty one if none is to be shown\n"
        "checked 3 steps: 1 error, 2 warnings\n",
        "",
    )


def test_a_document_that_cannot_be_read_as_a_step_is_reported(capsys):
    assert run(capsys, "wrong.json", "no.json") == (
        1,
        "wrong.json: error: schemas: expected an array, got 5 [wire] — correct it: "
        "clients refuse the step, or ignore the part\n"
        "wrong.json: error: layout[0].text: missing [wire] — correct it: clients refuse the step, or ignore the part\n"
        "wrong.json: error: layout[1].schemaId: no root schema has the $id '#bad' [form-without-schema] — "
        "refer to a root schema by its $id\n"
        "no.json: error: no JSON: not UTF-8 at byte 0 [wire] — correct the document: it cannot be read as a step\n"
        "checked 2 steps: 4 errors\n",
        "",
    )


def test_a_step_is_read_from_standard_input(capsys, monkeypatch, folder):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((folder / "bad.json").read_bytes())))
    assert run(capsys, "-") == (
        1,
        f"<stdin>: error: layout[0].schemaId: {FORM}\nchecked 1 step: 1 error\n",
        "",
    )


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("shop_steps:bad", "shop_steps:bad"),
        ("shop_steps:Steps.bad", "shop_steps:Steps.bad"),
        ("shop_steps:make", "shop_steps:make"),
    ],
)
def test_a_step_of_a_module_is_checked(capsys, target, name):
    assert run(capsys, target) == (
        1,
        f"{name}: error: layout[0].schemaId: {FORM}\nchecked 1 step: 1 error\n",
        "",
    )


@pytest.mark.parametrize("target", ["shop_steps:both", "shop_steps:make_all"])
def test_several_steps_of_a_module_are_checked(capsys, target):
    assert run(capsys, target) == (
        1,
        f"{target}[1]: error: layout[0].schemaId: {FORM}\nchecked 2 steps: 1 error\n",
        "",
    )


def test_the_built_step_of_a_builder_is_checked(capsys):
    status, out, _ = run(capsys, "shop_steps:builder.built")
    assert status == 1
    assert out.startswith("shop_steps:builder.built: error: layout[0].schemaId: no root schema has the $id '#built'")


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("none.json", "none.json: No such file or directory"),
        ("none", "none: No such file or directory"),
        (".", ".: Is a directory"),
        ("a\x00b.json", "a\x00b.json: embedded null byte"),
        ("no_such:step", "no_such:step: ModuleNotFoundError: No module named 'no_such'"),
        ("shop_steps:nothing", "shop_steps:nothing: AttributeError: module 'shop_steps' has no attribute 'nothing'"),
        ("shop_steps:", "shop_steps:: AttributeError: module 'shop_steps' has no attribute ''"),
        ("shop_steps:number", "shop_steps:number: expected a Step, got 5"),
        (
            "shop_steps:builder",
            "shop_steps:builder: expected a Step, got a StepBuilder; write .built to get the finished object",
        ),
        ("shop_steps:neither", "shop_steps:neither: [1]: expected a Step, got 'bad'"),
        ("shop_steps:fail", "shop_steps:fail: ValueError: no step"),
        ("shop_steps:leave", "shop_steps:leave: SystemExit: 5"),
        ("shop_steps:broken", "shop_steps:broken: KeyError: 'lost'"),
        (
            "shop_steps:" + "x" * 100,
            "shop_steps:" + "x" * 46 + "…: AttributeError: module 'shop_steps' has no attribute '" + "x" * 100 + "'",
        ),
    ],
)
def test_a_target_that_cannot_be_read_gives_status_2(capsys, target, line):
    assert run(capsys, target) == (2, "", f"stepdsl check: {line}\n")


def test_other_targets_are_checked_after_one_that_cannot_be_read(capsys):
    assert run(capsys, "none.json", "good.json", "nothing.json") == (
        2,
        "checked 1 step: nothing found\n",
        "stepdsl check: none.json: No such file or directory\nstepdsl check: nothing.json: No such file or directory\n",
    )


def test_the_import_path_is_restored(capsys):
    before = list(sys.path)
    run(capsys, "shop_steps:bad", "no_such:step")
    assert sys.path == before


def test_ignored_rules_are_left_out(capsys):
    assert run(capsys, "--ignore", "missing-id", "--ignore=missing-title", "poor.json") == (
        0,
        "checked 1 step: nothing found\n",
        "",
    )


@pytest.mark.parametrize("target", ["poor.json", "wrong.json"])
def test_an_unknown_code_gives_status_2(capsys, target):
    assert run(capsys, "--ignore", "missing-it", target) == (
        2,
        "",
        "stepdsl check: ignore[0]: no rule has the code 'missing-it'; did you mean 'missing-id'?\n",
    )


def test_severity_error_leaves_out_warnings(capsys):
    assert run(capsys, "--severity", "error", "poor.json", "bad.json") == (
        1,
        f"bad.json: error: layout[0].schemaId: {FORM}\nchecked 2 steps: 1 error\n",
        "",
    )
    assert run(capsys, "--severity", "error", "poor.json") == (0, "checked 1 step: nothing found\n", "")


def test_the_target_is_the_generation_of_the_steps(capsys, folder):
    document = {"id": "x", "title": "x", "layout": [{"type": "divider"}]}
    (folder / "divider.json").write_text(json.dumps(document))
    assert run(capsys, "--target", "core", "divider.json") == (
        1,
        "divider.json: error: layout[0]: only core2 has DividerLayout [core2-type] — "
        "use a type that the core generation has\nchecked 1 step: 1 error\n",
        "",
    )
    assert run(capsys, "--target", "core2", "divider.json")[0] == 0


def test_the_json_format_is_an_array_of_objects(capsys):
    status, out, err = run(capsys, "--format", "json", "bad.json", "wrong.json", "shop_steps:bad")
    form = {
        "path": "layout[0].schemaId",
        "code": "form-without-schema",
        "severity": "error",
        "message": "no root schema has the $id '#bad'",
        "advice": "refer to a root schema by its $id",
    }
    wire = {"code": "wire", "severity": "error"}
    advice = "correct it: clients refuse the step, or ignore the part"
    assert (status, err) == (1, "")
    assert json.loads(out) == [
        {"target": "bad.json", **form},
        {"target": "wrong.json", "path": "schemas", **wire, "message": "expected an array, got 5", "advice": advice},
        {"target": "wrong.json", "path": "layout[0].text", **wire, "message": "missing", "advice": advice},
        {"target": "wrong.json", **form, "path": "layout[1].schemaId"},
        {"target": "shop_steps:bad", **form},
    ]
    assert out.isascii()
    assert list(json.loads(out)[0]) == ["target", "path", "code", "severity", "message", "advice"]
    assert run(capsys, "--format", "json", "good.json") == (0, "[]\n", "")


def test_the_github_format_is_annotations(capsys, folder):
    (folder / "a,b:c%.json").write_text('{"id": "x", "title": "x", "description": "x", "100%\\r\\n": 1}')
    assert run(capsys, "--format", "github", "bad.json", "poor.json", "a,b:c%.json", "shop_steps:bad") == (
        1,
        "::error file=bad.json,title=form-without-schema::layout[0].schemaId: no root schema has the $id '#bad' — "
        "refer to a root schema by its $id\n"
        "::warning file=poor.json,title=missing-id::the step has no id — give it one, the same whenever this screen "
        "is sent\n"
        "::warning file=poor.json,title=missing-title::the step has no title — give it one, an empty one if none is "
        "to be shown\n"
        "::warning file=a%2Cb%3Ac%25.json,title=unknown-property::['100%25\\r\\n']: Step has no such property — "
        "check how its name is spelt\n"
        "::error title=form-without-schema::shop_steps:bad: layout[0].schemaId: no root schema has the $id '#bad' — "
        "refer to a root schema by its $id\n",
        "",
    )
    assert run(capsys, "--format", "github", "good.json") == (0, "", "")


def test_list_prints_each_rule(capsys):
    status, out, err = run(capsys, "--list")
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert lines[0] == "missing-id                         warning  A step has an id."
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.severity.value] for rule in RULES.values()]
    assert all(line.endswith(rule.sentence) for line, rule in zip(lines, RULES.values(), strict=True))


def test_a_missing_target_gives_status_2(capsys):
    assert run(capsys) == (2, "", "stepdsl check: there is no TARGET; see stepdsl check --help\n")


@pytest.mark.parametrize(
    "arguments", [["--format", "xml"], ["--severity", "info"], ["--target", "core3"], ["--nothing"]]
)
def test_a_wrong_command_line_gives_status_2(capsys, arguments):
    with pytest.raises(SystemExit) as error:
        cli.main(["check", "good.json", *arguments])
    assert error.value.code == 2


def test_characters_that_the_terminal_cannot_print_are_escaped(monkeypatch):
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert cli.main(["check", "bad.json"]) == 1
    assert b"its $id\nchecked" in out.buffer.getvalue()  # type: ignore[attr-defined]
    assert b"\\u2014" in out.buffer.getvalue()  # type: ignore[attr-defined]


def test_the_output_can_be_any_text_stream(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert cli.main(["check", "good.json"]) == 0
    assert out.getvalue() == "checked 1 step: nothing found\n"


@pytest.mark.slow
def test_the_command_runs_as_a_process(folder):
    command = [sys.executable, "-m", "stepdsl", "check", "bad.json", "shop_steps:good"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == f"bad.json: error: layout[0].schemaId: {FORM}\nchecked 2 steps: 1 error\n"
