"""Which JSON library is used, and the converter that others may build on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import orjson
import pytest
from hypothesis import given

from stepdsl import Step, dumps, loads
from stepdsl.wire import encode_json, jsontext, parse_json
from tests.strategies import json_values, moderate
from tests.wire.libraries import LIBRARIES, json_library

# -- which library ------------------------------------------------------------------------------------------------


def test_orjson_is_used_where_it_is_installed_and_wanted(monkeypatch):
    monkeypatch.delenv("STEPDSL_NO_ORJSON", raising=False)
    assert jsontext._faster() is orjson
    monkeypatch.setenv("STEPDSL_NO_ORJSON", "1")
    assert jsontext._faster() is None


def test_the_standard_library_is_used_elsewhere(monkeypatch):
    monkeypatch.delenv("STEPDSL_NO_ORJSON", raising=False)
    monkeypatch.setitem(sys.modules, "orjson", None)  # importing it raises ImportError
    assert jsontext._faster() is None


USED = """
import sys
from stepdsl import Step, dumps, loads
assert loads(dumps(Step(title="x"))) == Step(title="x")
print("orjson" in sys.modules)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("wanted", "used"), [({}, "True"), ({"STEPDSL_NO_ORJSON": "1"}, "False")])
def test_orjson_is_loaded_only_if_it_is_used(wanted, used):
    environment = {name: value for name, value in os.environ.items() if name != "STEPDSL_NO_ORJSON"}
    done = subprocess.run(
        [sys.executable, "-c", USED], capture_output=True, text=True, check=True, env={**environment, **wanted}
    )
    assert done.stdout.strip() == used


def test_one_switch_selects_the_json_library(monkeypatch):
    calls: list[str] = []

    class Recorder:
        @staticmethod
        def dumps(value: Any, *options: Any, **more: Any) -> bytes:
            calls.append("dumps")
            return orjson.dumps(value, *options, **more)

        @staticmethod
        def loads(raw: bytes) -> Any:
            calls.append("loads")
            return orjson.loads(raw)

    monkeypatch.setattr(jsontext, "_orjson", Recorder)
    assert loads(dumps(Step(title="x"))) == Step(title="x")
    assert calls == ["dumps", "loads"]


@given(value=json_values())
@moderate
def test_json_values_are_written_and_read_alike(value):
    for name in LIBRARIES:
        with json_library(name):
            assert json.dumps(parse_json(encode_json(value))) == json.dumps(value)
            assert json.dumps(parse_json(encode_json(value, indent=2))) == json.dumps(value)
