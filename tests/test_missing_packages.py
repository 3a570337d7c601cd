"""Without a package that an extra installs, one line has the command that installs it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

import stepdsl

FOLDER = Path(stepdsl.__file__).parent


@pytest.mark.parametrize(
    ("module", "package", "text"),
    [
        ("server/flask.py", "flask", "stepdsl.server.flask needs the package Flask: pip install 'stepdsl[flask]'"),
        ("server/django.py", "django", "stepdsl.server.django needs the package Django: pip install 'stepdsl[django]'"),
        (
            "server/starlette/__init__.py",
            "starlette",
            "stepdsl.server.starlette needs the package Starlette: pip install 'stepdsl[starlette]'",
        ),
        (
            "testing/flows/__init__.py",
            "jsonschema_rs",
            "stepdsl.testing.FlowClient needs the package jsonschema-rs: pip install 'stepdsl[testing]'",
        ),
    ],
)
def test_the_error_has_the_command_that_installs_the_package(
    monkeypatch: pytest.MonkeyPatch, module: str, package: str, text: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    spec = importlib.util.spec_from_file_location("loaded_again", FOLDER / module)
    assert spec is not None
    assert spec.loader is not None
    with pytest.raises(ImportError) as missing:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    assert str(missing.value) == text
