"""The command line, without the details of the subcommands."""

from __future__ import annotations

import argparse
import importlib.metadata
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stepdsl import cli


def command(run: Callable[[argparse.Namespace], int]) -> tuple[cli.Command, ...]:
    return (cli.Command("try", "try something", lambda parser: None, run),)


def test_without_a_subcommand_the_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: stepdsl [-h] [--version] COMMAND ...\n")
    assert "demo" in err


def test_every_subcommand_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for each in cli.COMMANDS:
        with pytest.raises(SystemExit) as exit_:
            cli.main([each.name, "--help"])
        assert exit_.value.code == 0
        assert capsys.readouterr().out.startswith(f"usage: stepdsl {each.name} ")


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main(["--version"])
    assert exit_.value.code == 0
    assert capsys.readouterr().out == f"stepdsl {importlib.metadata.version('stepdsl')}\n"


def test_a_package_that_is_not_installed_has_no_version(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", unknown)
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == "stepdsl (not installed)\n"


def test_an_unknown_subcommand_is_a_wrong_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main(["dmeo"])
    assert exit_.value.code == 2
    assert "invalid choice: 'dmeo'" in capsys.readouterr().err


def test_main_returns_the_exit_status_of_the_subcommand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "COMMANDS", command(lambda arguments: 7))
    assert cli.main(["try"]) == 7


def test_an_interrupt_is_reported_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(arguments: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "COMMANDS", command(interrupted))
    assert cli.main(["try"]) == 130
    assert capsys.readouterr().err == "stepdsl: interrupted\n"


def test_a_closed_pipe_causes_no_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def write(arguments: argparse.Namespace) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(cli, "COMMANDS", command(write))
    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert cli.main(["try"]) == 1
        print("what is still written goes nowhere", file=out)
    assert (tmp_path / "out").read_text() == ""


def test_python_m_stepdsl_runs_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["stepdsl"])
    with pytest.raises(SystemExit) as exit_:
        runpy.run_path(str(Path(cli.__file__).with_name("__main__.py")), run_name="__main__")
    assert exit_.value.code == 2
    assert capsys.readouterr().err.startswith("usage: stepdsl ")


@pytest.mark.slow
def test_help_loads_neither_urllib3_nor_cattrs() -> None:
    program = (
        "import sys; from stepdsl import cli; cli.main([]); "
        "print(sorted({'urllib3', 'cattrs', 'attr'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
