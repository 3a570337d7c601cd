"""Every block of the README and of the documentation is run or compared; `tests.pages` has the convention."""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stepdsl import testing
from stepdsl.checking.registry import RULES
from stepdsl.core import catalog
from tests.pages import PAGES, ROOT, Block, anchors, blocks, broken_links

KNOWN_COMMANDS = {
    "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/stepdsl demo",  # .ci/run
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest",  # .ci/run
    "pip install stepdsl",  # tests/test_packaging.py, and the extras of the next lines
    "pip install 'stepdsl[orjson]'",
    "pip install 'stepdsl[orjson,flask,validation]'",
    "pip install 'stepdsl[flask,validation]'",
    "pip install 'stepdsl[django,validation]'",
    "pip install 'stepdsl[starlette,validation]' fastapi uvicorn",
    "pip install 'stepdsl[starlette,testing]' fastapi uvicorn",
    "pip install 'stepdsl[testing]'",
    "pip install 'stepdsl[testing]' pytest",
    "pip install 'stepdsl[validation]'",
    "python -m tests.benchmarks.report",  # tests/test_docs.py does not time anything; see docs/performance.md
    "pytest -n 0 tests/benchmarks/test_executor.py",
    "pytest -n 0 tests/benchmarks/test_client.py",
    "stepdsl check steps/*.json",  # tests/checking/test_command.py
    "stepdsl check shop.steps",  # tests/checking/test_command.py
    "stepdsl check shop.steps:waiting --generation core2",  # tests/checking/test_command.py
    "stepdsl check --list",  # tests/checking/test_command.py
    "stepdsl show steps/*.json",  # tests/testing/test_show_command.py
    "stepdsl show shop.steps:waiting",  # tests/testing/test_show_command.py
    "flask --app flask_app run --port 8000",  # tests/server/test_tutorial.py
    "python django_app.py runserver 8000",
    "uvicorn fastapi_app:app --port 8000",
    "python wsgi_app.py",
    "python flask_app.py",  # tests/server/test_examples.py
    "python django_app.py",
    "python fastapi_app.py",
    "STEPDSL_CHECK=1 flask run",  # tests/server/test_step_checks.py
    "pytest --stepdsl-show",  # tests/client/test_transcripts.py
    "pytest -p no:stepdsl",  # test_the_plugin_can_be_switched_off
    "stepdsl demo",  # tests/test_demo.py
    "stepdsl demo --fail",  # tests/test_demo.py
    "stepdsl schema > step.schema.json",  # tests/jsonschema/test_command.py
    "stepdsl schema Layout > layout.schema.json",  # tests/jsonschema/test_command.py
    "stepdsl schema --list",  # tests/jsonschema/test_command.py
}
"""The commands that pages may show, and what runs them."""

SERVERS = ROOT / "docs" / "examples" / "servers"

CONFTEST = """
from hypothesis import HealthCheck, settings

settings.register_profile(
    "pages", max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("pages")
"""
"""For the test modules of a page: a few examples, and a slow computer is no failure."""

on_every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


class PageRun:
    """Runs one page, block by block."""

    def __init__(self, page: Path, tmp_path: Path) -> None:
        self.page = page
        self.tmp_path = tmp_path
        self.namespace: dict[str, Any] = {"__name__": f"page_{page.stem}"}
        self.printed: str | None = None
        """What the block before this one printed, until a block has shown it."""

    def run(self) -> None:
        for block in blocks(self.page):
            if block.language not in ("json", "text"):
                self.nothing_hidden()
            handle = getattr(self, f"run_{block.language}", None)
            if handle is None and not block.language.startswith("{"):
                pytest.fail(f"{self.where(block)}: no way to check a block of {block.language or 'no language'}")
            if handle is not None:
                handle(block)
        self.nothing_hidden()

    def where(self, block: Block) -> str:
        return f"{self.page.name}:{block.line}"

    def nothing_hidden(self) -> None:
        assert not self.printed, f"{self.page.name} does not show what its block printed: {self.printed}"
        self.printed = None

    def shown(self, block: Block) -> str:
        printed, self.printed = self.printed, None
        assert printed, f"{self.where(block)}: the block before it printed nothing to compare"
        return printed

    def run_python(self, block: Block) -> None:
        if block.is_test_module:
            self.run_test_module(block)
            return
        code = compile("\n" * (block.line - 1) + block.text, str(self.page), "exec", dont_inherit=True)
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(code, self.namespace)
        self.printed = out.getvalue()

    def run_test_module(self, block: Block) -> None:
        path = self.tmp_path / f"test_line_{block.line}.py"
        path.write_text(block.text, encoding="utf-8")
        (self.tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
        runner = ["unittest"] if block.is_unittest else ["pytest", "-q", "-p", "no:cacheprovider"]
        command = [sys.executable, "-m", *runner, path.name]
        search = os.pathsep.join([str(SERVERS), *filter(None, [os.environ.get("PYTHONPATH")])])
        environment = {**os.environ, "PYTHONPATH": search}
        done = subprocess.run(command, cwd=self.tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{self.where(block)}:\n{done.stdout}{done.stderr}"

    def run_pycon(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(
            block.text, self.namespace, self.where(block), str(self.page), block.line - 1
        )
        assert test.examples, f"{self.where(block)}: a session without a prompt"
        test.globs = self.namespace
        report = io.StringIO()
        result = doctest.DocTestRunner(verbose=False).run(test, out=report.write, clear_globs=False)
        assert result.failed == 0, report.getvalue()

    def run_json(self, block: Block) -> None:
        # dumps shows the order of the properties, which == on dicts would not
        assert json.dumps(json.loads(self.shown(block))) == json.dumps(json.loads(block.text)), self.where(block)

    def run_text(self, block: Block) -> None:
        assert self.shown(block) == block.text, self.where(block)

    def run_console(self, block: Block) -> None:
        unknown = set(block.text.splitlines()) - KNOWN_COMMANDS
        assert not unknown, f"{self.where(block)}: which test runs {sorted(unknown)}?"


@pytest.mark.parametrize(
    "page",
    # The test modules on the page for pytest run in processes of their own.
    [pytest.param(page, marks=pytest.mark.slow) if page.name == "pytest.md" else page for page in PAGES],
    ids=lambda page: page.name,
)
def test_the_blocks_of_a_page_do_what_it_shows(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(SERVERS)
    for name in ("flow", "fastapi_app"):
        monkeypatch.setitem(sys.modules, name, sys)  # after the test, the module of other tests is here again
        del sys.modules[name]
    PageRun(page, tmp_path).run()


def test_the_plugin_can_be_switched_off(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:stepdsl", "--fixtures"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "tmp_path" in done.stdout
    assert "flow_client" not in done.stdout


def test_the_blocks_with_django_run() -> None:
    """They are directives, because a type checker needs too much time for the stubs of Django."""
    shown = [block for block in blocks(ROOT / "docs" / "serving.md") if block.language == "{code-block}"]
    assert len(shown) == 2
    for block in shown:
        assert "django" in block.text
        exec(compile(block.text, f"serving.md:{block.line}", "exec", dont_inherit=True), {})


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_links_have_targets(page: Path) -> None:
    assert broken_links(page) == []


def test_a_link_that_leads_nowhere_is_reported(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A `page.x` here\n[a](#a-pagex-here) [b](#b) [c](c.md) [](page.md) [e](page.md#e) [f](x://f)\n")
    assert broken_links(page) == ["#b", "c.md", "page.md#e"]
    page.write_text("# Twice\n# Twice\n")
    with pytest.raises(AssertionError, match="two headings have the same anchor"):
        anchors(page)


def test_contributing_names_every_module() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    tables = re.findall(r"^### ([\w/]+): .+\n\n\| module \|.*\n.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    named = {
        part: set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\|(.*?)\|", rows, re.MULTILINE))))
        for part, rows in tables
    }
    folders = {path.parent for path in (ROOT / "stepdsl").glob("*/**/__init__.py")}
    found = {
        folder.relative_to(ROOT / "stepdsl").as_posix(): {path.stem for path in folder.glob("*.py")} - {"__init__"}
        for folder in folders
    }
    assert named == {part: modules for part, modules in found.items() if part not in ("checking/rules", "demo")}


def test_the_api_page_has_each_public_name_of_testing() -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    described = re.findall(r"^\.\. [\w:]+:: (?:stepdsl\.testing\.)?(\w+)$", text, re.MULTILINE)
    assert set(testing.__all__) <= set(described)


def test_the_readme_has_the_number_of_rules() -> None:
    assert f"It has [{len(RULES)} rules](docs/checks.md)." in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(("row", "union"), [("Layouts", "Layout"), ("Behaviors", "Behavior")])
def test_the_readme_names_every_member_of_a_union(row: str, union: str) -> None:
    (line,) = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith(f"| [{row}]")]
    assert line.split("|")[2].strip().split(", ") == [str(tag) for _, tag, _, _ in catalog.UNIONS[union].values()]


def test_the_readme_names_every_schema() -> None:
    (line,) = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| [Schemas]")]
    names = [name.removesuffix("Schema") for name, *_ in catalog.UNIONS["Schema"].values() if "." not in name]
    kinds = [f"{name[:3]}-{name[3:]}".lower() if name in ("AllOf", "OneOf") else name.lower() for name in names]
    assert line.split("|")[2].strip().split(", ") == sorted([*kinds, "array as list and as tuple"])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("```ruby\n```\n", "no way to check a block of ruby"),
        ("```\nx\n```\n", "no way to check a block of no language"),
        ("```python\nprint(1)\n```\n", "does not show what its block printed"),
        ("```json\n{}\n```\n", "the block before it printed nothing to compare"),
        ('```python\nprint(\'{"a": 1, "b": 2}\')\n```\n```json\n{"b": 2, "a": 1}\n```\n', "page.md:5"),
        ("```python\nprint(1)\n```\n```text\n2\n```\n", "page.md:5"),
        ("```pycon\n>>> 1 + 1\n3\n```\n", "Got:"),
        ("```python\ndef test_x():\n    assert False\n```\n", "1 failed"),
        (
            "```python\nimport unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.fail()\n```\n",
            "FAILED (failures=1)",
        ),
        ("```console\nrm -r /\n```\n", "which test runs"),
    ],
)
def test_a_wrong_block_fails(text: str, complaint: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises((AssertionError, pytest.fail.Exception)) as failure:
        PageRun(page, tmp_path).run()
    assert complaint in str(failure.value)


@pytest.mark.parametrize("text", [" ```python\n ```\n", "```python\n"])
def test_a_block_that_cannot_be_read_is_an_error(text: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(ValueError, match=r"page\.md:1: "):
        list(blocks(page))
