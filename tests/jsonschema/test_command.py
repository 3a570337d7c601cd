"""`stepdsl schema`."""

from __future__ import annotations

import json

import pytest

from stepdsl import External, Step, cli, json_schema
from tests.jsonschema.acceptance import TYPES


def test_the_command_prints_the_schema_of_a_type(capsys):
    assert cli.main(["schema", "External"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("""\
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "External",
  "description": "A URL that the client opens""")
    assert out == json.dumps(json_schema(External), indent=2) + "\n"
    assert err == ""


def test_the_command_prints_the_schema_of_a_step_by_default(capsys):
    assert cli.main(["schema"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == json_schema(Step)
    assert err == ""


def test_the_output_is_ascii_on_every_terminal(capsys):
    cli.main(["schema"])
    assert capsys.readouterr().out.isascii()


def test_the_command_lists_the_names(capsys):
    assert cli.main(["schema", "--list"]) == 0
    assert capsys.readouterr() == ("\n".join(TYPES) + "\n", "")
    assert {"Step", "Polling.OnError", "Layout", "AnyIcon"} < set(TYPES)


@pytest.mark.parametrize("name", ["Layout", "AnyIcon", "Polling.OnError"])
def test_unions_and_nested_types_have_a_schema(name, capsys):
    assert cli.main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema(TYPES[name])


@pytest.mark.parametrize(
    ("name", "reported"),
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
def test_an_unknown_name_of_a_type_is_refused(name, reported, capsys):
    assert cli.main(["schema", name]) == 1
    assert capsys.readouterr() == ("", reported)


def test_a_wrong_command_line_is_refused(capsys):
    with pytest.raises(SystemExit) as exit_:
        cli.main(["schema", "Step", "Layout"])
    assert exit_.value.code == 2
    assert "unrecognized arguments: Layout" in capsys.readouterr().err
