"""The wheel: what it holds, what it asks for, and that it works in an environment where nothing else is installed."""

from __future__ import annotations

import email.message
import email.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".*", "build", "dist", "docs", "tests", "*.egg-info", "__pycache__")
RUNTIME = {"attrs", "cattrs", "urllib3"}

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that a build never finds what an earlier one left behind."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "source", ignore=LEFT_OUT)
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        folder,
        folder / "source",
        cwd=folder,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def metadata(wheel: Path, names: list[str]) -> email.message.Message:
    (path,) = [name for name in names if name.endswith(".dist-info/METADATA")]
    with zipfile.ZipFile(wheel) as archive:
        return email.parser.Parser().parsestr(archive.read(path).decode())


def test_the_wheel_has_the_package_and_nothing_else(names: list[str]) -> None:
    package = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("*.py", "*.pyi", "py.typed")
        for path in (ROOT / "stepdsl").rglob(pattern)
    }
    assert {name for name in names if ".dist-info/" not in name} == package
    assert "stepdsl/py.typed" in package
    assert any(name.endswith(".pyi") for name in package)


def test_the_source_distribution_has_everything_that_is_needed_to_work_on_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT, tmp_path / "source", ignore=shutil.ignore_patterns(".git", ".venv", "*.egg-info", ".*_cache"))
    run(
        sys.executable,
        "-m",
        "build",
        "--sdist",
        "--no-isolation",
        "--outdir",
        tmp_path,
        tmp_path / "source",
        cwd=tmp_path,
    )
    (built,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "setup.cfg", ".ci/run"}
    for folder in ("stepdsl", "tests", "docs"):
        files = [path for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".pyi", ".md", ".json", ".css")]
        assert names >= {
            path.relative_to(ROOT).as_posix() for path in files if not {"_build", "__pycache__"} & set(path.parts)
        }
    assert not any("__pycache__" in name for name in names)


def test_the_package_names_its_pages(metadata: email.message.Message) -> None:
    assert [line.partition(",")[0] for line in metadata.get_all("Project-URL", [])] == [
        *("Source", "Documentation", "Changelog"),
    ]


def test_the_wheel_has_the_licence(names: list[str], metadata: email.message.Message) -> None:
    assert metadata["License-Expression"] == "MIT"
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_package_requires_three_packages(metadata: email.message.Message) -> None:
    required = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert {re.match(r"[\w-]+", line)[0] for line in required} == RUNTIME  # type: ignore[index]
    assert all(">=" in line for line in required)
    assert metadata["Requires-Python"] == ">=3.11"


EXTRAS = {
    "orjson": ["orjson"],
    "flask": ["flask"],
    "django": ["django"],
    "starlette": ["python-multipart", "starlette"],
    "wsgi": ["multipart"],
    "testing": ["hypothesis", "jsonschema-rs"],
    "validation": ["jsonschema-rs"],
}


def test_the_package_has_these_extras(metadata: email.message.Message) -> None:
    assert set(metadata.get_all("Provides-Extra", [])) == {*EXTRAS, "test", "benchmark", "docs", "lint", "dev"}
    for extra, packages in EXTRAS.items():
        asked = [
            line for line in metadata.get_all("Requires-Dist", []) if re.search(f"extra == ['\"]{extra}['\"]", line)
        ]
        assert [line.split(">=")[0] for line in asked] == packages


def test_the_package_works_in_a_fresh_environment(wheel: Path, metadata: email.message.Message, tmp_path: Path) -> None:
    venv.create(tmp_path / "fresh", with_pip=False)
    programs = tmp_path / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", programs / "python"]
    run(*pip, "install", "-q", wheel, cwd=tmp_path)
    listed = json.loads(run(*pip, "list", "--format=json", cwd=tmp_path))
    # typing_extensions is what cattrs itself asks for
    installed = {re.sub(r"[-_.]+", "-", package["name"]).lower() for package in listed}
    assert installed - {"typing-extensions"} == {"stepdsl", *RUNTIME}

    assert run(programs / "stepdsl", "--version", cwd=tmp_path) == f"stepdsl {metadata['Version']}\n"
    shown = run(programs / "stepdsl", "demo", cwd=tmp_path)
    assert "\n   attempt 4 of 10: 200 OK\n" in shown
    assert '"title": "Approved"' in shown
