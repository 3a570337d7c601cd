"""`stepdsl schema`."""

from __future__ import annotations

import json

import pytest

from stepdsl import Step, cli, json_schema
from tests.jsonschema.judges import TYPES

EXTERNAL = """\
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "External",
  "description": "A URL that the client opens by itself, once, when the step loads (core, core2).\\n\\nThe web client \
opens a new tab, the mobile ones the browser or another app. Usually beside `Polling` or a `LinkHandler`, which bring \
the flow on while the user is elsewhere.",
  "type": "object",
  "properties": {
    "url": {
      "description": "What to open.",
      "type": "string"
    }
  },
  "required": [
    "url"
  ]
}
"""


def test_the_schema_of_a_type(capsys):
    assert cli.main(["schema", "External"]) == 0
    assert capsys.readouterr() == (EXTERNAL, "")


def test_the_schema_of_a_step_if_nothing_else_is_asked_for(capsys):
    assert cli.main(["schema"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == json_schema(Step)
    assert err == ""


def test_the_output_is_ascii_whatever_the_terminal(capsys):
    cli.main(["schema"])
    assert capsys.readouterr().out.isascii()


def test_the_names(capsys):
    assert cli.main(["schema", "--list"]) == 0
    assert capsys.readouterr() == ("\n".join(TYPES) + "\n", "")
    assert {"Step", "Polling.OnError", "Layout", "AnyIcon"} < set(TYPES)


@pytest.mark.parametrize("name", ["Layout", "AnyIcon", "Polling.OnError"])
def test_unions_and_nested_types_have_one(name, capsys):
    assert cli.main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema(TYPES[name])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Poling", "stepdsl schema: no documented type is named 'Poling'; did you mean 'Polling'?\n"),
        ("zzz", "stepdsl schema: no documented type is named 'zzz'; --list names them all\n"),
        ("a\nb", "stepdsl schema: no documented type is named 'a\\nb'; --list names them all\n"),
        ("", "stepdsl schema: no documented type is named ''; --list names them all\n"),
        (
            "RefreshOnChange.RefreshableStep",
            "stepdsl schema: no documented type is named 'RefreshOnChange.RefreshableStep'; --list names them all\n",
        ),
    ],
)
def test_an_unknown_name(name, told, capsys):
    assert cli.main(["schema", name]) == 1
    assert capsys.readouterr() == ("", told)


def test_a_wrong_command_line(capsys):
    with pytest.raises(SystemExit) as exit_:
        cli.main(["schema", "Step", "Layout"])
    assert exit_.value.code == 2
    assert "unrecognized arguments: Layout" in capsys.readouterr().err
