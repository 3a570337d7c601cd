"""The command `stepdsl show`: the texts of the steps of its targets, and its exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stepdsl import cli
from stepdsl.rendering.command import Shown, show_targets

MODULE = """
from stepdsl import ParagraphLayout, Step

def make() -> Step:
    return Step(id="made", layout=[ParagraphLayout(text="Made")])

both = [Step(id="one"), Step(id="two")]
number = 5
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a module and documents, which is the current one and importable."""
    (tmp_path / "shown_module.py").write_text(MODULE)
    (tmp_path / "step.json").write_text('{"id": "read", "title": "From a file"}')
    (tmp_path / "old.json").write_text('{"id": "old", "layout": [{"type": "info", "markdown": 5}]}')
    (tmp_path / "list.json").write_text("[]")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    sys.modules.pop("shown_module", None)


def test_the_step_of_a_file_is_shown():
    assert show_targets(["step.json"]) == Shown("Step read: From a file", ())


def test_a_document_that_does_not_fit_is_shown():
    assert show_targets(["old.json"]).output == 'Step old\n\nUnknown layout "info": {"markdown": 5}'


def test_what_does_not_fit_is_listed(folder: Path):
    (folder / "broken.json").write_text('{"layout": [{"type": "heading"}, 5], "title": 5}')
    assert show_targets(["broken.json"]) == Shown(
        "Step\n\nExtra: layout, title\n\nDoes not fit\n  layout[0].text: missing\n"
        "  layout[1]: expected an object, got 5\n  title: expected a string, got 5",
        (),
    )
    (folder / "many.json").write_text(f'{{"layout": {[5] * 12}}}')
    assert show_targets(["many.json"]).output.splitlines()[-2:] == [
        "  layout[9]: expected an object, got 5",
        "  … and 2 more; see stepdsl check many.json",
    ]


def test_the_step_of_a_module_is_shown():
    assert show_targets(["shown_module:make"]) == Shown("Step made\n\nMade", ())


def test_several_steps_are_shown_with_their_names():
    assert show_targets(["shown_module:both", "step.json"]).output == (
        "== shown_module:both[0]\nStep one\n\n== shown_module:both[1]\nStep two\n\n== step.json\nStep read: From a file"
    )


def test_all_steps_of_a_module_are_shown():
    assert show_targets(["shown_module"]).output == (
        "== shown_module:make\nStep made\n\nMade\n\n"
        "== shown_module:both[0]\nStep one\n\n== shown_module:both[1]\nStep two"
    )


@pytest.mark.parametrize(
    ("target", "error"),
    [
        ("gone.json", "gone.json: No such file or directory"),
        ("shown_module.py", "shown_module.py: it is a Python file; write shown_module or shown_module:attribute"),
        ("./shown_module.py", "./shown_module.py: it is a Python file; write shown_module or shown_module:attribute"),
        ("shown_module:number", "shown_module:number: expected a Step, got 5"),
        ("list.json", "list.json: expected an object, got an array"),
    ],
)
def test_a_target_that_cannot_be_read_is_reported_and_the_others_are_shown(target: str, error: str):
    assert show_targets([target]) == Shown("", (error,))
    assert show_targets([target, "shown_module:make"]).output.endswith("Step made\n\nMade")


def test_a_function_that_raises_is_reported_and_the_other_steps_of_its_module_are_shown(folder: Path):
    (folder / "shown_module.py").write_text(f"{MODULE}\ndef broken() -> Step:\n    raise RuntimeError('no data')\n")
    assert show_targets(["shown_module"]) == Shown(
        "== shown_module:make\nStep made\n\nMade\n\n"
        "== shown_module:both[0]\nStep one\n\n== shown_module:both[1]\nStep two",
        ("shown_module:broken: RuntimeError: no data",),
    )


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(["show", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_command_prints_the_text(capsys: pytest.CaptureFixture[str]):
    assert run(capsys, "step.json") == (0, "Step read: From a file\n", "")


def test_a_target_that_cannot_be_read_gives_status_2(capsys: pytest.CaptureFixture[str]):
    assert run(capsys, "gone.json", "step.json") == (
        2,
        "Step read: From a file\n",
        "stepdsl show: gone.json: No such file or directory\n",
    )


def test_a_missing_target_is_a_wrong_command_line(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        cli.main(["show"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith("stepdsl show: error: the following arguments are required: TARGET\n")


def test_a_closed_standard_output_is_reported(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["show", "step.json"]) == 2
    assert capsys.readouterr().err == "stepdsl show: standard output is closed\n"
