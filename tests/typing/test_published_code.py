"""Both type checkers, strict, accept all code that users read: pages, examples and example servers. One run each."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages import PAGES, ROOT, python_source

EXAMPLES = ROOT / "docs" / "examples"
SERVERS = EXAMPLES / "servers"
TUTORIAL = EXAMPLES / "tutorial"
CHECKERS = {
    "mypy": ["mypy", "--strict", "--config-file="],
    "pyright": ["pyright", "--pythonpath", sys.executable],
}


def copy_sources(folder: Path) -> list[str]:
    """Copy all published code into a folder; return the names of the files."""
    for page in PAGES:
        source = python_source(page)
        if source:
            (folder / f"page_{page.parent.name}_{page.stem}.py").write_text(source, encoding="utf-8")
    for path in EXAMPLES.rglob("*.py"):
        if path.parent == SERVERS:  # the servers import each other
            shutil.copy(path, folder)
        elif path.parent == TUTORIAL:  # these too, and the files have the same names
            text = path.read_text("utf-8").replace("import flow\n", "import tutorial_flow as flow\n")
            (folder / f"tutorial_{path.name}").write_text(text, encoding="utf-8")
        elif path.name != "generate.py":
            shutil.copy(path, folder / f"example_{'_'.join(path.relative_to(EXAMPLES).parts)}")
    return sorted(path.name for path in folder.glob("*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("checker", CHECKERS)
def test_a_type_checker_accepts_all_published_code(checker: str, tmp_path: Path) -> None:
    files = copy_sources(tmp_path)
    assert {
        "page_main_README.py",
        "page_docs_tutorial.py",
        "fastapi_app.py",
        "tutorial_flow.py",
        "example_phone.py",
    } <= {name.replace(f"page_{ROOT.name}_", "page_main_") for name in files}
    if checker == "mypy":
        files = [
            name for name in files if not name.endswith("django_app.py")
        ]  # the stubs of Django would take too long
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    # The package is found where this process found it, installed or not.
    environment = {**os.environ, "MYPYPATH": str(ROOT), "PYTHONPATH": str(ROOT), "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    command = [sys.executable, "-m", *CHECKERS[checker], *files]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_published_code_needs_an_ignore(tmp_path: Path) -> None:
    files = copy_sources(tmp_path)
    ignores = re.compile(r"type: ignore|pyright:|noqa")
    assert [name for name in files if ignores.search((tmp_path / name).read_text("utf-8"))] == []
