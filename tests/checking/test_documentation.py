"""The pages on checking and on the protocol: the generated pages are up to date, and the commands on the pages work."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from stepdsl import cli
from stepdsl.checking.registry import RULES
from stepdsl.testing import PROTOCOL_RULES, SessionState
from tests.pages import ROOT, broken_links


def load_generator(name: str) -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "docs")  # the generators share a module
        return importlib.import_module(name)


generator: Any = load_generator("generate_checks")
protocol_generator: Any = load_generator("generate_violations")
PAGE = ROOT / "docs" / "checks.md"
PROTOCOL_PAGE = ROOT / "docs" / "violations.md"

both_generators = pytest.mark.parametrize(
    "made_by", [generator, protocol_generator], ids=lambda made_by: made_by.__name__
)


@both_generators
def test_the_page_is_up_to_date(made_by: Any, capsys):
    assert made_by.main(["--check"]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out == ""


def test_a_stale_page_is_reported_and_written_again(tmp_path: Path, capsys):
    page = tmp_path / "checks.md"
    assert generator.main(["--check"], page) == 1
    assert generator.main([], page) == 0
    assert capsys.readouterr().out.endswith("wrote docs/checks.md\n")
    assert generator.main([], page) == 0
    page.write_text(page.read_text("utf-8").replace("A step has an id.", "A step has a name.", 1), "utf-8")
    assert generator.main(["--check"], page) == 1
    output = capsys.readouterr().out
    assert "-| [missing-id](#missing-id) | warning | A step has a name. |\n" in output
    assert "+| [missing-id](#missing-id) | warning | A step has an id. |\n" in output
    assert output.endswith("stale: run python docs/generate_checks.py\n")


def test_every_rule_has_a_section():
    sections = re.findall(r"^### (.+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sections == list(RULES)
    assert broken_links(PAGE) == []


def test_every_rule_of_the_protocol_has_a_section():
    sections = re.split(r"^### (.+)$", PROTOCOL_PAGE.read_text("utf-8"), flags=re.MULTILINE)
    assert sections[1::2] == list(PROTOCOL_RULES)
    for code, text in zip(sections[1::2], sections[2::2], strict=True):
        assert f"\n{PROTOCOL_RULES[code].why}\n" in text
        assert re.findall("^Broken rule '(.+?)'", text, re.MULTILINE) == [code]
    assert broken_links(PROTOCOL_PAGE) == []


def test_the_flow_of_a_correct_answer_does_not_fail():
    assert list(protocol_generator.EXAMPLES) == list(PROTOCOL_RULES)
    for example in protocol_generator.EXAMPLES.values():
        assert protocol_generator.run(example, example.right).state is not SessionState.FAILED


def test_an_example_that_breaks_no_rule_is_an_error():
    example = protocol_generator.EXAMPLES["known-type"]
    with pytest.raises(AssertionError, match="no rule is broken by Answer"):
        protocol_generator.failure(example._replace(wrong=example.right))


def test_the_formatted_json_has_the_same_value():
    value = {"a": [1, {"b": "é"}, []], "c": {"d": "x" * 90, "e": ["y" * 60, "z" * 60]}, "f": {}}
    text = generator.pretty(value)
    assert json.loads(text) == value
    assert generator.pretty({"a": 1}) == '{"a": 1}'
    assert text.splitlines()[1] == '  "a": [1, {"b": "é"}, []],'


def test_the_hook_runs_the_command_that_the_page_describes():
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    given = dict(re.findall(r"^(?:- |  )(\w+): (.+)$", text, re.MULTILINE))
    assert given == {
        "id": "stepdsl-check",
        "name": "stepdsl check",
        "description": "Find mistakes in the steps of server-driven flows.",
        "entry": "stepdsl check",
        "language": "python",
        "files": r"\.json$",
    }
    assert f"- id: {given['id']}\n" in (ROOT / "docs" / "checking.md").read_text("utf-8")
    assert given["entry"].split()[1] in [command.name for command in cli.COMMANDS]


def test_the_commands_on_the_page_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    (tmp_path / "steps").mkdir()
    search = {"type": "search", "title": "Find", "method": "GET", "url": "/find", "param": "query"}
    document = {"id": "one", "title": "One", "layout": [search]}
    (tmp_path / "steps" / "one.json").write_text(json.dumps(document))
    (tmp_path / "example_shop").mkdir()
    (tmp_path / "example_shop" / "steps.py").write_text(
        f"from stepdsl import from_dict\nwaiting = from_dict({document!r})\nall_steps = [waiting]\n"
    )
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check", "steps/one.json"]) == 0
    assert cli.main(["check", "example_shop.steps:waiting", "--generation", "core2"]) == 0
    assert cli.main(["check", "example_shop.steps"]) == 0
    assert cli.main(["check", "--format", "github", "steps/one.json", "example_shop.steps:all_steps"]) == 0
    assert cli.main(["check", "--list"]) == 0
    assert capsys.readouterr().err == ""
