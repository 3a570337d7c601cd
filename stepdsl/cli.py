"""The command line: ``stepdsl`` or ``python -m stepdsl``.

Each subcommand is one entry of `COMMANDS`: its name, a summary, a function that declares its arguments and a function
that runs it. A command imports its modules when it runs. Therefore ``stepdsl --help`` starts as fast as
``import stepdsl``.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

__all__ = ["COMMANDS", "Command", "main"]


class Command(NamedTuple):
    """One subcommand of ``stepdsl``."""

    name: str
    """The name of the subcommand on the command line."""
    summary: str
    """The line in ``stepdsl --help``."""
    add_arguments: Callable[[argparse.ArgumentParser], None]
    """Declares the arguments of the subcommand."""
    run: Callable[[argparse.Namespace], int]
    """Runs the subcommand and returns the exit status."""


_TARGET: Final = (
    "FILE.json, - for standard input, module:attribute (a Step, a function that returns one, or several), or a module: "
    "all its steps and the functions without parameters that are declared to return steps"
)
"""The help text of what `check` and `show` take."""


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fail",
        action="store_true",
        help="show a status endpoint that breaks and one that never gets ready, each ending in the step's onError",
    )


def _demo(arguments: argparse.Namespace) -> int:
    from stepdsl.demo import run_demo

    return run_demo(fail=arguments.fail)


def _schema_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "type", nargs="?", default="Step", metavar="TYPE", help="a documented type or union (default: %(default)s)"
    )
    parser.add_argument("--list", action="store_true", help="list the names of all types instead")


def _schema(arguments: argparse.Namespace) -> int:
    import json

    from stepdsl.core.messages import nearest, shorten
    from stepdsl.jsonschema import json_schema, schema_types

    types = schema_types()
    if arguments.list:
        print("\n".join(types))
        return 0
    cls = types.get(arguments.type)
    if cls is None:
        near = nearest(arguments.type, types) or "; --list names them all"
        print(f"stepdsl schema: no documented type is named {shorten(repr(arguments.type))}{near}", file=sys.stderr)
        return 1
    print(json.dumps(json_schema(cls), indent=2))
    return 0


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "targets",
        nargs="*",
        metavar="TARGET",
        help=_TARGET,
    )
    parser.add_argument("--generation", choices=("core", "core2"), help="the generation that the steps are for")
    parser.add_argument("--target", choices=("core", "core2"), dest="old_generation", help="old name of --generation")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="CODE", help="a rule to leave out; may be given again"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="what is printed (default: %(default)s)"
    )
    parser.add_argument(
        "--severity",
        choices=("hint", "warning", "error"),
        default="warning",
        help="the lowest severity that is reported (default: %(default)s)",
    )
    parser.add_argument("--list", action="store_true", help="list the codes of all rules instead")


def _check(arguments: argparse.Namespace) -> int:
    from stepdsl.checking import Severity
    from stepdsl.checking.command import check_targets, list_rules
    from stepdsl.errors import InvalidValueError

    if not _can_print("check"):
        return 2
    if arguments.list:
        return _printed("check", list_rules(), 0)
    if not arguments.targets:
        return _failed("check", "there is no TARGET; see stepdsl check --help")
    if arguments.old_generation is not None:
        print("stepdsl check: --target is the old name; write --generation", file=sys.stderr)
    try:
        outcome = check_targets(
            arguments.targets,
            generation=arguments.generation or arguments.old_generation,
            ignore=arguments.ignore,
            format=arguments.format,
            severity=Severity(arguments.severity),
        )
    except InvalidValueError as error:
        return _failed("check", str(error))
    status = _printed("check", outcome.output, outcome.status)
    for line in outcome.errors:
        print(f"stepdsl check: {line}", file=sys.stderr)
    return status


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "targets",
        nargs="+",
        metavar="TARGET",
        help=_TARGET,
    )


def _show(arguments: argparse.Namespace) -> int:
    from stepdsl.rendering.command import show_targets

    if not _can_print("show"):
        return 2
    shown = show_targets(arguments.targets)
    status = _printed("show", shown.output, 2 if shown.errors else 0)
    for line in shown.errors:
        print(f"stepdsl show: {line}", file=sys.stderr)
    return status


def _can_print(command: str) -> bool:
    """Return whether there is a standard output. Characters that it cannot show will be escaped."""
    if sys.stdout is None:  # a process without standard output
        _failed(command, "standard output is closed")
        return False
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return True


def _printed(command: str, text: str, status: int) -> int:
    """Print the output of a command. Return the status, or 2 if the output cannot be written."""
    try:
        if text:
            print(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:  # a full disk, or a stream that a module has closed
        _discard_output()
        return _failed(command, f"the output cannot be written: {getattr(error, 'strerror', None) or error}")
    return status


def _failed(command: str, reason: str) -> int:
    """Report why a command cannot do what it is for. Return the status."""
    print(f"stepdsl {command}: {reason}", file=sys.stderr)
    return 2


def _discard_output() -> None:
    """Send what is left in the buffer of standard output nowhere. So there is no second error at shutdown."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


COMMANDS: tuple[Command, ...] = (
    Command("demo", "serve a polling step on this machine, fetch it and poll it to its end", _demo_arguments, _demo),
    Command("check", "find mistakes in steps before users do", _check_arguments, _check),
    Command("show", "print steps as text that a person can read", _show_arguments, _show),
    Command("schema", "print the JSON Schema of the documents of a type", _schema_arguments, _schema),
)
"""All subcommands, in the order of the help text."""


def _version() -> str:
    try:
        return importlib.metadata.version("stepdsl")
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stepdsl", description="Author and run server-driven steps.")
    parser.add_argument("--version", action="version", version=f"stepdsl {_version()}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in COMMANDS:
        subparser = subparsers.add_parser(command.name, help=command.summary, description=command.summary)
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (default: the arguments of this process) and return the exit status.

    0: success. 1: a failure, reported in one line. 2: a wrong command line. 130: interrupted by the user.
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    run: Callable[[argparse.Namespace], int] | None = getattr(arguments, "run", None)
    if run is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        status = run(arguments)
        if sys.stdout is not None:  # a process without standard output
            sys.stdout.flush()
    except KeyboardInterrupt:
        print("stepdsl: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        _discard_output()  # the other end of the pipe was closed (`stepdsl demo | head`); this is not reported
        return 1
    return status
