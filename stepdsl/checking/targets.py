"""The targets of the commands `check` and `show`: files, standard input, and steps in Python modules."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import os
import re
import stat
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final, NamedTuple, TypeVar, cast, get_args, get_origin

from stepdsl.core.converters import is_listable
from stepdsl.core.messages import error_text, expected, shorten
from stepdsl.core.model import Model
from stepdsl.errors import WireError
from stepdsl.model.step import Step
from stepdsl.wire import loads

__all__ = ["Subject", "subjects"]

T = TypeVar("T")

_LARGEST: Final = 16 * 1024 * 1024
"""The greatest size of a document, in bytes."""

_STEPS: Final = re.compile(r"(?:\w+\.)*(?:\w+\[(?:\w+\.)*)?Step(?:, .+)?\]?")
"""The text of an annotation of a step, or of a collection of steps."""


class Unreadable(Exception):
    """Internal: a target cannot be read or imported, or it contains no step."""


class Subject(NamedTuple):
    """The step of a target, or the error of a text that cannot be read as a step."""

    name: str
    """The name of the step in the output: the file, or the Python name."""
    file: str | None
    """The file that the step was read from; None if the step does not come from a file."""
    step: Step | WireError
    """The step, or why the text cannot be read as a step."""


def subjects(targets: Iterable[str], errors: list[str]) -> Iterator[Subject]:
    """Yield the steps of all targets. If a target cannot be read, a line is added to the errors.

    A target is `FILE.json`, `-` for standard input, `module:attribute`, or a module.
    """
    with _current_directory_importable():
        for target in targets:
            for name in _guarded(_expanded, target, errors):
                yield from _guarded(_subjects, name, errors)


def _guarded(read: Callable[[str], list[T]], name: str, errors: list[str]) -> list[T]:
    """Call a function that reads a target. If it cannot be read, add a line to the errors."""
    try:
        return read(name)
    except Unreadable as error:
        errors.append(f"{shorten(name)}: {error}")
        return []


def _expanded(target: str) -> list[str]:
    """Return the targets in a target. For a module these are its steps and its functions that return steps.

    What these print goes to standard error. Raises `Unreadable` if the module cannot be imported, or has no step.
    """
    if target.endswith(".json") or _is_file(target) or not _is_dotted(target):
        return [target]
    module = _call_user_code(importlib.import_module, target)
    names = [name for name, value in vars(module).items() if not name.startswith("_") and _has_step(value, module)]
    if not names:
        raise Unreadable("the module has no step, and no function without parameters that is declared to return a Step")
    return [f"{target}:{name}" for name in names]


def _subjects(target: str) -> list[Subject]:
    """Return the steps of a target: `FILE.json`, `-` for standard input, or `module:attribute`.

    What the module prints goes to standard error. Raises `Unreadable` if the target cannot be read or imported, or if
    it contains no step.
    """
    module, colon, attribute = target.partition(":")
    if target == "-":
        if sys.stdin is None:  # a process without standard input
            raise Unreadable("standard input is closed")
        return [Subject("<stdin>", None, _read(sys.stdin.buffer.read(_LARGEST + 1)))]
    if colon and not target.endswith(".json") and not _is_file(target):
        return _subjects_of(target, _call_user_code(_value_of, module, attribute))
    if target.endswith(".py") and _is_file(target):
        name = _module_name(Path(target))
        raise Unreadable(f"it is a Python file; write {name} or {name}:attribute")
    try:
        return [Subject(target, target, _read(_content(Path(target))))]
    except ValueError:
        raise Unreadable("the name has a null character") from None
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from None


@contextlib.contextmanager
def _current_directory_importable() -> Generator[None]:
    """Import modules from the current directory first, like `python -m`."""
    before = list(sys.path)
    sys.path.insert(0, "")
    try:
        yield
    finally:
        sys.path[:] = before


# -- files ----------------------------------------------------------------------------------------------------------


def _is_file(target: str) -> bool:
    """Return whether a target is a file. A directory can be a package."""
    exists = os.path.exists(target)  # noqa: PTH110  # for some names, a Path raises an exception
    return exists and not (Path(target).is_dir() and _is_dotted(target))


def _module_name(path: Path) -> str:
    """Return the name by which a Python file is imported from the current directory."""
    name = ".".join(path.with_suffix("").parts)
    return name if _is_dotted(name) else path.stem


def _content(path: Path) -> bytes:
    """Return the content of a file. Only a regular file has an end for sure."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise Unreadable("it is no regular file; write - to read standard input")
    with path.open("rb") as file:
        return file.read(_LARGEST + 1)


def _read(data: bytes) -> Step | WireError:
    if len(data) > _LARGEST:
        raise Unreadable(f"the document has more than {_LARGEST // 1024 // 1024} MiB")
    try:
        return loads(data, strict=False)
    except WireError as error:
        return error


# -- modules --------------------------------------------------------------------------------------------------------


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def _call_user_code(function: Callable[..., T], *arguments: str) -> T:
    """Call a function that runs code of the user, with the name of a module first. Return the result.

    Raises `Unreadable` for whatever the code raises, except KeyboardInterrupt.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return function(*arguments)
    except (Unreadable, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001  # code of the user can raise any exception, also GeneratorExit
        is_missing = isinstance(error, ModuleNotFoundError) and f"{arguments[0]}.".startswith(f"{error.name}.")
        if is_missing and len(arguments) == 1:
            raise Unreadable("there is no such file, and no such module") from None
        raise Unreadable(error_text(error)) from None


def _value_of(module: str, attribute: str) -> Any:
    """Return the value of a dotted name in a module. If the value is a function, call it and return the result."""
    found: Any = importlib.import_module(module)
    for name in attribute.split("."):
        found = getattr(found, name)
    if callable(found) and not _is_ours(found):
        required = _required_parameters(found)
        if required:
            raise Unreadable(f"the function has required parameters: {shorten(', '.join(required))}; write one without")
        found = found()
        if inspect.iscoroutine(found):
            found.close()
            raise Unreadable("the function is a coroutine function; write one that returns a Step")
    return found if isinstance(found, Step) or not is_listable(found) else list(cast("Iterable[Any]", found))


def _required_parameters(function: Callable[..., object]) -> list[str]:
    """Return the names of the parameters that a call must have. For some functions of C they are not known."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [
        one.name
        for one in parameters
        if one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
    ]


def _is_ours(found: object) -> bool:
    """Return whether a value is an object or a builder of the library. These are callable, but no functions."""
    from stepdsl.core import hints  # loads only for a target that can be called

    return isinstance(found, Model) or hints.is_builder(type(found))


def _has_step(value: object, module: ModuleType) -> bool:
    """Return whether a value of a module is a step, a list of steps, or a function of the module that returns steps.

    A function counts only if its return annotation is a step or a collection of steps: a call of any other function can
    have any effect.
    """
    if isinstance(value, FunctionType):
        return value.__module__ == module.__name__ and not _required_parameters(value) and _returns_steps(value)
    members: list[object] = list(value) if isinstance(value, (list, tuple)) else [value]  # pyright: ignore[reportUnknownArgumentType]  # of any content
    return bool(members) and all(isinstance(one, Step) for one in members)


def _returns_steps(function: FunctionType) -> bool:
    """Return whether a function is declared to return a Step, or a collection of steps."""
    if inspect.iscoroutinefunction(function):
        return False
    try:
        annotation = inspect.signature(function, eval_str=True).return_annotation
    except Exception:  # noqa: BLE001  # an annotation can be any code; often a name is imported for type checkers only
        annotation = function.__annotations__.get("return")
    if isinstance(annotation, str):
        return _STEPS.fullmatch(annotation) is not None
    origin = get_origin(annotation)
    if isinstance(origin, type) and issubclass(origin, Iterable) and not issubclass(origin, Mapping):
        return any(map(_is_step_class, get_args(annotation)))
    return _is_step_class(annotation)


def _is_step_class(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Step)


def _subjects_of(target: str, found: Any) -> list[Subject]:
    if isinstance(found, Step):
        return [Subject(target, None, found)]
    if not isinstance(found, list):
        raise Unreadable(_expected(found))
    made: list[Subject] = []
    for index, step in enumerate(cast("list[object]", found)):
        if not isinstance(step, Step):
            raise Unreadable(f"[{index}]: {_expected(step)}")
        made.append(Subject(f"{target}[{index}]", None, step))
    return made


def _expected(found: object) -> str:
    return expected("a Step", found, Step)
