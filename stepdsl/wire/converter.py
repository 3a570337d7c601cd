"""Readers and writers as hooks of cattrs converters.

`make_converter` and `configure_converter` are for users. The functions of `stepdsl.wire` use a converter of their own,
which no user can change, so that its hooks are looked up once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin

from cattrs import BaseConverter, Converter, transform_error
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    StructureHandlerNotFoundError,
)
from cattrs.v import format_exception

from stepdsl.core.json import TOO_DEEP
from stepdsl.core.messages import ConversionError, RenderedPath, conversion_error, several_types, show
from stepdsl.core.model import Model
from stepdsl.core.nesting import on_enough_stacks
from stepdsl.errors import WireError
from stepdsl.wire.reader import Reader, Readers, enum_reader, object_reader, union_reader
from stepdsl.wire.writer import Writer, object_writer

__all__ = ["configure_converter", "make_converter", "readers", "writers"]

C = TypeVar("C", bound=BaseConverter)


class _DocumentError(WireError, ClassValidationError):
    """The WireError of a user's converter. `cattrs.transform_error` lists its problems, each with path and reason."""

    def __new__(cls, problems: Any, type: Any = None) -> Any:
        """Make a group with one exception for each problem."""
        parts = [_problem(path, reason) for path, reason in problems]
        return ClassValidationError.__new__(cls, "the document does not fit", parts, type)

    def __init__(self, problems: Any, type: Any = None) -> None:
        """Take all problems, and the type that was read."""
        super().__init__(problems)


class _DocumentProblem(Exception):
    """One problem of a document, for `cattrs.transform_error`."""


def _problem(path: str, reason: str) -> Exception:
    part = _DocumentProblem(reason)
    if path:
        part.add_note(AttributeValidationNote(path, path, None))
    return part


class _ReadHook:
    """A structure hook of a converter. Readers of stepdsl call `read`, all other code calls the hook."""

    def __init__(self, read: Reader) -> None:
        self.read = read

    def __call__(self, value: Any, type: Any = None) -> Any:
        try:
            return self.read(value)
        except ConversionError as error:
            raise _DocumentError(error.as_wire_error().problems, type) from None
        except RecursionError:
            raise _DocumentError([("", TOO_DEEP)], type) from None


def make_converter() -> Converter:
    """Return a new cattrs converter that reads and writes the types of stepdsl, and whatever classes contain them.

    The other hooks are cattrs' own; register yours as on any converter.
    """
    return configure_converter(Converter())


def configure_converter(converter: C) -> C:
    """Register the types of stepdsl on a cattrs converter and return it.

    A hook of yours for one of these types, registered before or after, is used at any depth, also in copies of the
    converter. A document that does not fit raises WireError.

    Raises TypeError for anything but a converter.
    """
    if not isinstance(converter, BaseConverter):  # pyright: ignore[reportUnnecessaryIsInstance]  # for callers without types
        raise TypeError(f"expected a cattrs converter, such as cattrs.Converter(), got {show(converter)}")
    converter.register_structure_hook_factory(_is_model, _structure_hook)
    converter.register_structure_hook_factory(_is_union_of_models, _union_hook)
    converter.register_unstructure_hook_factory(_is_model, _unstructure_hook)
    return converter


def _is_model(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Model)


def _is_union_of_models(annotation: Any) -> bool:
    """Return whether an annotation is a union that a user wrote, of several of our types and perhaps None."""
    if get_origin(annotation) not in (Union, UnionType):
        return False
    members = [member for member in get_args(annotation) if member is not NoneType]
    return len(members) > 1 and all(map(_is_model, members))


def _union_hook(annotation: Any, converter: BaseConverter) -> Callable[[Any, Any], Any]:
    """Return a hook that reads a document as the first member of a union that it fits.

    If it fits none, the problems are those of the member whose `type` it has, or else of the one with the fewest.
    """
    members = [member for member in get_args(annotation) if member is not NoneType]
    is_optional = len(members) < len(get_args(annotation))

    def read(value: Any, _: Any = None) -> Any:
        if value is None and is_optional:
            return None
        failures: list[WireError] = []
        for member in members:
            try:
                return converter.structure(value, member)
            except WireError as error:
                failures.append(error)
        raise min(failures, key=_distance)

    return read


def _distance(error: WireError) -> tuple[bool, int]:
    return any(path == "type" for path, _ in error.problems), len(error.problems)


class _LookedUpEachTime(dict[type[Any], Any]):
    """The readers or writers of a user's converter, so that hooks count whenever they are registered."""

    def __init__(self, look_up: Callable[[type[Any]], Any]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, cls: type[Any]) -> Any:
        return self._look_up(cls)


def _structure_hook(cls: type[Any], converter: BaseConverter) -> _ReadHook:
    def look_up(part: type[Any]) -> Reader:
        hook = converter.get_structure_hook(part)
        if issubclass(part, Enum) and hook == converter.get_structure_hook(str):  # cattrs' own, for any str
            return enum_reader((part,))
        return hook.read if isinstance(hook, _ReadHook) else _foreign_reader(hook, part)

    return _ReadHook(on_enough_stacks(_reader(cls, _LookedUpEachTime(look_up), fixed=False)))


def _unstructure_hook(cls: type[Any], converter: BaseConverter) -> Writer:
    writers = _LookedUpEachTime(converter.get_unstructure_hook)
    write_own = object_writer(cls, writers, fixed=False)

    def write(obj: Any) -> Any:
        # cattrs uses the hook of the annotated class; the object may be of a subclass, most often a member of a union.
        return write_own(obj) if obj.__class__ is cls else writers[obj.__class__](obj)

    return on_enough_stacks(write)


def _foreign_reader(hook: Callable[[Any, Any], Any], cls: type[Any]) -> Reader:
    """Return a hook of a user as a reader: the exceptions that cattrs' users raise for bad values become problems."""

    def read(value: Any) -> Any:
        try:
            return hook(value, cls)
        except WireError as error:
            raise ConversionError(
                [((RenderedPath(path),) if path else (), reason) for path, reason in error.problems]
            ) from error
        except BaseValidationError as error:
            raise conversion_error("; ".join(transform_error(error))) from error
        except (ValueError, TypeError, KeyError, StructureHandlerNotFoundError) as error:
            says_nothing = isinstance(error, KeyError) or not str(error)
            raise conversion_error(format_exception(error, cls) if says_nothing else str(error)) from error

    return read


def _reader(cls: type[Any], readers: Readers, *, fixed: bool) -> Reader:
    if cls.__stepdsl__.mixin:
        raise TypeError(several_types(cls))
    return (
        union_reader(cls, readers, fixed=fixed) if cls.__stepdsl__.union else object_reader(cls, readers, fixed=fixed)
    )


# -- the library's own converter ----------------------------------------------------------------------------------


_own: Final = Converter()


class _Hooks(dict[type[Any], Any]):
    """The hook of each class, looked up once; raises TypeError for anything but a type of ours."""

    def __init__(self, look_up: Callable[[type[Any]], Any], wanted: str) -> None:
        super().__init__()
        self._look_up = look_up
        self._wanted = wanted

    def __missing__(self, cls: Any) -> Any:
        if not _is_model(cls):
            from stepdsl.core import hints  # loads only when there is an error

            advice = hints.built_instead(cls) if self._wanted == "an object" else ""
            raise TypeError(f"expected {self._wanted} of stepdsl, got {getattr(cls, '__qualname__', cls)}{advice}")
        hook = self[cls] = self._look_up(cls)
        return hook


readers: Final[Mapping[type[Any], Reader]] = _Hooks(
    lambda cls: cast("_ReadHook", _own.get_structure_hook(cls)).read, "a type"
)
"""The reader of each class and union. It raises ConversionError."""
writers: Final[Mapping[type[Any], Writer]] = _Hooks(_own.get_unstructure_hook, "an object")
"""The writer of each class. JSON values are put in as they are."""


def _own_structure_hook(cls: type[Any]) -> _ReadHook:
    return _ReadHook(_reader(cls, readers, fixed=True))


def _own_unstructure_hook(cls: type[Any]) -> Writer:
    return object_writer(cls, writers, fixed=True)


_own.register_structure_hook_factory(_is_model, _own_structure_hook)
_own.register_unstructure_hook_factory(_is_model, _own_unstructure_hook)
