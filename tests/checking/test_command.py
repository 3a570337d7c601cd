"""The command `stepdsl check`: what it prints, and its exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stepdsl import cli
from stepdsl.checking.findings import Severity
from stepdsl.checking.formats import FORMATS, Report
from stepdsl.checking.registry import RULES
from stepdsl.core.provenance import GENERATION_NAMES

MODULE = """
from stepdsl import Action, ButtonLayout, FormLayout, Step

button = ButtonLayout(title="Go", action=Action(url="/go"))
good = Step(id="good", title="Good", layout=[button])
bad = Step(id="bad", title="Bad", layout=[FormLayout(schema_id="#bad"), button])

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

with Step.build(id="built", title="Built") as builder, builder.layout() as layout:
    layout.form(schema_id="#built")
    layout.button(title="Go").action(url="/go")

def fail():
    raise ValueError("no\\nstep")

def leave():
    raise SystemExit(5)

def broken():
    yield good
    raise KeyError("lost")
"""
BUTTON = '{"type": "button", "title": "Go", "action": {"url": "/go"}}'
FORM = "no root schema has the $id '#bad' [form-without-schema] — refer to a root schema by its $id"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make the current directory a new one, with a module and some documents."""
    (tmp_path / "shop_steps.py").write_text(MODULE)
    (tmp_path / "good.json").write_text(f'{{"id": "good", "title": "Good", "layout": [{BUTTON}]}}')
    (tmp_path / "bad.json").write_text(
        f'{{"id": "bad", "title": "Bad", "layout": [{{"type": "form", "schemaId": "#bad"}}, {BUTTON}]}}'
    )
    (tmp_path / "poor.json").write_text(f'{{"layout": [{BUTTON}]}}')
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


def test_the_options_have_the_values_of_check(capsys):
    """The command line does not import the names, so that it starts fast."""
    with pytest.raises(SystemExit):
        cli.main(["check", "--help"])
    usage = "".join(capsys.readouterr().out.split())
    generations = ",".join(GENERATION_NAMES)
    assert f"[--generation{{{generations}}}][--target{{{generations}}}]" in usage
    assert f"[--severity{{{','.join(reversed(Severity))}}}]" in usage


def test_a_correct_file_has_no_findings(capsys):
    assert run(capsys, "good.json") == (0, "checked 1 step: nothing found\n", "")


def test_the_summary_has_numbers_without_a_separator():
    assert FORMATS["text"]([Report("a", None, ())] * 1234) == "checked 1234 steps: nothing found"


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
        ("none", "none: there is no such file, and no such module"),
        ("x" * 5000, "x" * 57 + "…: there is no such file, and no such module"),
        ("x" * 5000 + ".json", "x" * 57 + "…: File name too long"),
        ("none.at.all", "none.at.all: there is no such file, and no such module"),
        ("shop_steps.more", "shop_steps.more: there is no such file, and no such module"),
        (".", ".: Is a directory"),
        ("a\x00b.json", "a\x00b.json: the name has a null character"),
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


DIVIDER = (
    "divider.json: error: layout[0]: only core2 has DividerLayout [core2-type] — "
    "use a type that the core generation has\nchecked 1 step: 1 error\n"
)


def write_divider(folder: Path) -> None:
    """Write a step with one component of core2, and one of both generations by which it continues."""
    search = {"type": "search", "title": "Find", "method": "GET", "url": "/find", "param": "query"}
    document = {"id": "x", "title": "x", "layout": [{"type": "divider"}, search]}
    (folder / "divider.json").write_text(json.dumps(document))


def test_the_steps_can_be_for_one_generation(capsys, folder):
    write_divider(folder)
    assert run(capsys, "--generation", "core", "divider.json") == (1, DIVIDER, "")
    assert run(capsys, "--generation", "core2", "divider.json") == (0, "checked 1 step: nothing found\n", "")


def test_the_old_name_of_the_generation_works_with_a_warning(capsys, folder):
    write_divider(folder)
    warning = "stepdsl check: --target is the old name; write --generation\n"
    assert run(capsys, "--target", "core", "divider.json") == (1, DIVIDER, warning)
    assert run(capsys, "--target", "core", "--generation", "core2", "divider.json")[::2] == (0, warning)


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
    (folder / "a,b:c%.json").write_text(f'{{"id": "x", "title": "x", "layout": [{BUTTON}], "100%\\r\\n": 1}}')
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
    "arguments", [["--format", "xml"], ["--severity", "info"], ["--generation", "core3"], ["--nothing"]]
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


SEVERAL = """
from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from shop_steps import bad, make
from stepdsl import Step

if TYPE_CHECKING:
    import stepdsl as s

print("imported")

waiting = bad
both = (bad, bad)
empty = []
mixed = [bad, 5]
_private = bad

def declared() -> Step:
    print("called")
    return bad

def with_defaults(number: int = 5, *more: int, **rest: int) -> Step:
    return bad

def several() -> Iterator[Step]:
    yield bad

def quoted() -> "s.Step":
    return bad

def unknown_list() -> tuple[s.Step, ...]:
    return bad, bad

def breaks() -> list[Step]:
    raise GeneratorExit

def with_parameters(number: int) -> Step:
    raise AssertionError

def undeclared():
    raise AssertionError

def other() -> int:
    raise AssertionError

def others() -> "list[Other]":
    raise AssertionError

def unknown() -> s.Action:
    raise AssertionError

def by_name() -> Mapping[str, Step]:
    raise AssertionError

async def later() -> Step:
    raise AssertionError

def _hidden() -> Step:
    raise AssertionError
"""


@pytest.fixture
def several(folder: Path) -> Iterator[None]:
    """Write the package `shop` with the module `several`."""
    (folder / "shop").mkdir()
    (folder / "shop" / "__init__.py").write_text("")
    (folder / "shop" / "several.py").write_text(SEVERAL)
    yield
    for name in ("shop", "shop.several"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("several")
def test_all_steps_of_a_module_and_of_its_declared_functions_are_checked(capsys):
    status, out, err = run(capsys, "shop.several")
    names = ["bad", "waiting", "both[0]", "both[1]", "declared", "with_defaults", "several[0]", "quoted"]
    names += ["unknown_list[0]", "unknown_list[1]"]
    assert out.splitlines() == [
        *(f"shop.several:{name}: error: layout[0].schemaId: {FORM}" for name in names),
        "checked 10 steps: 10 errors",
    ]
    assert (status, err) == (2, "imported\ncalled\nstepdsl check: shop.several:breaks: GeneratorExit\n")


@pytest.mark.usefixtures("several")
def test_what_a_module_prints_does_not_break_the_output(capsys):
    status, out, err = run(capsys, "--format", "json", "shop.several:declared")
    assert (status, [one["code"] for one in json.loads(out)], err) == (1, ["form-without-schema"], "imported\ncalled\n")


@pytest.mark.usefixtures("several")
def test_a_package_is_a_module_although_it_is_a_directory(capsys):
    reason = "the module has no step, and no function without parameters that is declared to return a Step"
    assert run(capsys, "shop") == (2, "", f"stepdsl check: shop: {reason}\n")


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("with_parameters", "the function has required parameters: number; write one without"),
        ("later", "the function is a coroutine function; write one that returns a Step"),
        ("breaks", "GeneratorExit"),
        ("by_name.__call__.nothing", "AttributeError: 'method-wrapper' object has no attribute 'nothing'"),
        ("sys.getrecursionlimit", "expected a Step, got 1000"),
        ("sys.maxsize.__class__", "expected a Step, got 0"),
        ("sys.call_tracing", "the function has required parameters: func, args; write one without"),
    ],
)
def test_a_function_that_gives_no_step_is_reported(capsys, name, reason):
    limit = sys.getrecursionlimit()
    status, out, err = run(capsys, f"shop.several:{name}")
    assert (status, out) == (2, "")
    assert err.splitlines()[-1] == f"stepdsl check: shop.several:{name}: {reason.replace('1000', str(limit))}"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise GeneratorExit", "GeneratorExit"),
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("class E(BaseException):\n  __str__ = None\nraise E", "E"),
        ("raise SystemExit(5)", "SystemExit: 5"),
    ],
)
def test_a_module_that_cannot_be_imported_is_reported(capsys, folder, code, reason):
    (folder / "broken_steps.py").write_text(code)
    assert run(capsys, "broken_steps") == (2, "", f"stepdsl check: broken_steps: {reason}\n")
    assert run(capsys, "broken_steps:step") == (2, "", f"stepdsl check: broken_steps:step: {reason}\n")


def test_an_interrupt_in_a_module_is_an_interrupt(capsys, folder):
    (folder / "broken_steps.py").write_text("raise KeyboardInterrupt")
    assert run(capsys, "broken_steps") == (130, "", "stepdsl: interrupted\n")


def test_what_is_no_regular_file_is_not_read(capsys, folder):
    os.mkfifo(folder / "pipe.json")
    reason = "it is no regular file; write - to read standard input"
    assert run(capsys, "pipe.json", "/dev/zero") == (
        2,
        "",
        f"stepdsl check: pipe.json: {reason}\nstepdsl check: /dev/zero: {reason}\n",
    )


def test_a_document_that_is_too_large_is_not_read(capsys, folder, monkeypatch):
    with (folder / "large.json").open("wb") as file:
        file.truncate(2**30)
    reason = "the document has more than 16 MiB"
    assert run(capsys, "large.json") == (2, "", f"stepdsl check: large.json: {reason}\n")
    with (folder / "large.json").open() as large:
        monkeypatch.setattr(sys, "stdin", large)
        assert run(capsys, "-") == (2, "", f"stepdsl check: -: {reason}\n")


def test_a_document_of_the_greatest_size_is_read(capsys, folder):
    text = (folder / "good.json").read_bytes()
    (folder / "good.json").write_bytes(text + b" " * (16 * 1024 * 1024 - len(text)))
    assert run(capsys, "good.json") == (0, "checked 1 step: nothing found\n", "")


def test_a_closed_standard_input_is_reported(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert run(capsys, "-") == (2, "", "stepdsl check: -: standard input is closed\n")


def test_a_closed_standard_output_is_reported(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["check", "good.json"]) == 2
    assert capsys.readouterr().err == "stepdsl check: standard output is closed\n"


@pytest.mark.parametrize("arguments", [["good.json"], ["--list"]])
def test_an_output_that_cannot_be_written_is_reported(capsys, monkeypatch, arguments):
    with open("/dev/full", "w") as full:  # noqa: PTH123  # a device
        monkeypatch.setattr(sys, "stdout", full)
        assert cli.main(["check", *arguments]) == 2
        monkeypatch.undo()
    assert capsys.readouterr().err == "stepdsl check: the output cannot be written: No space left on device\n"


def test_a_closed_pipe_is_not_reported(capsys, monkeypatch):
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w") as pipe:  # noqa: PTH123  # a file descriptor
        monkeypatch.setattr(sys, "stdout", pipe)
        assert cli.main(["check", "good.json"]) == 1
        monkeypatch.undo()
    assert capsys.readouterr().err == ""


def test_an_output_that_a_module_has_closed_is_reported(capsys, folder, monkeypatch):
    (folder / "closing_steps.py").write_text("import sys\nfrom shop_steps import good\nsys.stdin.close()\n")
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", out)
    monkeypatch.setattr(sys, "stdout", out)
    assert cli.main(["check", "closing_steps:good"]) == 2
    monkeypatch.undo()
    sys.modules.pop("closing_steps")
    reason = "the output cannot be written: I/O operation on closed file"
    assert capsys.readouterr().err == f"stepdsl check: {reason}\n"


def test_hints_are_printed_on_request_and_do_not_change_the_status(capsys, folder):
    document = json.loads((folder / "good.json").read_text())
    document["schemas"] = [{"type": "string", "hidden": True, "pattern": "a"}]
    (folder / "hint.json").write_text(json.dumps(document))
    hint = "'a' also matches a part of a text"
    assert run(capsys, "hint.json") == (0, "checked 1 step: nothing found\n", "")
    assert run(capsys, "--severity", "hint", "hint.json") == (
        0,
        f"hint.json: hint: schemas[0].pattern: {hint} [pattern-without-anchors] — write '^(?:a)$'\n"
        "checked 1 step: 1 hint\n",
        "",
    )
    assert run(capsys, "--severity", "hint", "--format", "github", "hint.json") == (
        0,
        f"::notice file=hint.json,title=pattern-without-anchors::schemas[0].pattern: {hint} — write '^(?:a)$'\n",
        "",
    )


@pytest.mark.slow
def test_the_command_runs_as_a_process(folder):
    command = [sys.executable, "-m", "stepdsl", "check", "bad.json", "shop_steps:good"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == f"bad.json: error: layout[0].schemaId: {FORM}\nchecked 2 steps: 1 error\n"
