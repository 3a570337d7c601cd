"""Work on objects and values that are nested deeper than Python's recursion limit.

A hundred levels of components are some five hundred levels of JSON, if each is in the modal of a decision. The
recursive code is faster, so it is tried first; what is here is used after a RecursionError.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeVar

from stepdsl.core.json import MAX_NESTING, frozen_dict

__all__ = [
    "equal",
    "flatten",
    "is_nested_too_deeply",
    "levels",
    "on_a_new_stack",
    "on_enough_stacks",
    "rebuild",
]

A = TypeVar("A")
T = TypeVar("T")

_MAX_STACKS: Final = 4
"""How many new stacks one piece of work may use, each below the one before."""


def is_nested_too_deeply(value: Any) -> bool:
    """Return whether plain JSON has more than 900 levels."""
    waiting = [(value, 1)]
    while waiting:
        one, level = waiting.pop()
        kind: type = one.__class__
        if kind is not dict and kind is not list:
            continue
        if level > MAX_NESTING:
            return True
        waiting += [(part, level + 1) for part in (one.values() if kind is dict else one)]
    return False


class _NoMoreStacksError(RecursionError):
    """Work needs more stacks than any object does. It probably calls itself without end."""


class _Stacks(threading.local):
    """How many stacks are below the one of this thread."""

    below = 0


_stacks: Final = _Stacks()


def on_enough_stacks(work: Callable[[A], T]) -> Callable[[A], T]:
    """Return a recursive function that goes on with a part of its work on a new stack when the stack is full.

    It raises RecursionError if this does not end.
    """

    def go_on(argument: A) -> T:
        try:
            return work(argument)
        except _NoMoreStacksError:
            raise
        except RecursionError:
            return on_a_new_stack(go_on, argument)

    return go_on


def on_a_new_stack(work: Callable[..., T], *arguments: Any) -> T:
    """Return what a function returns, or raise what it raises, when a new thread calls it: its stack is empty.

    Raises RecursionError if the work of this thread is on such a stack, and too many are below it.
    """
    below = _stacks.below + 1
    if below > _MAX_STACKS:
        raise _NoMoreStacksError("maximum recursion depth exceeded")
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        _stacks.below = below
        try:
            outcome.append(work(*arguments))
        except BaseException as error:  # noqa: BLE001  # the caller gets it
            failure.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
    return outcome[0]


# -- objects ------------------------------------------------------------------------------------------------------


class _Part(NamedTuple):
    """Replaces an object inside another one by its number."""

    number: int
    """The position of the object in the flat list."""


def levels(obj: Any) -> int:
    """Return how many levels of components an object contains."""
    if not obj.__stepdsl__.root:
        depth: int = obj._depth
        return depth
    parts = [part for value in obj.__dict__.values() for part in _objects_in(value)]
    return max(map(levels, parts), default=0)


def flatten(root: Any) -> list[tuple[type[Any], dict[str, Any]]]:
    """Return the class and the properties of an object and of all objects in it, the innermost first.

    In the properties, a number replaces each object that comes before. `rebuild` makes the object again.
    """
    numbers: dict[int, int] = {}
    flat: list[tuple[type[Any], dict[str, Any]]] = []
    for obj in _innermost_first(root):
        numbers[id(obj)] = len(flat)
        flat.append((obj.__class__, _numbered(obj, numbers)))
    return flat


def rebuild(flat: list[tuple[type[Any], dict[str, Any]]]) -> Any:
    """Return the object that was flattened."""
    made: list[Any] = []
    for cls, values in flat:
        made.append(cls(**{name: _with_objects(value, made) for name, value in values.items()}))
    return made[-1]


def equal(one: Any, other: Any) -> bool:
    """Return whether two objects of the same class are equal."""
    known: dict[Any, int] = {}
    numbers: dict[int, int] = {}
    for root in (one, other):
        for obj in _innermost_first(root):
            values = _numbered(obj, numbers)
            if not values.get("extra", True):  # as in the comparison of two objects
                del values["extra"]
            numbers[id(obj)] = known.setdefault((obj.__class__, frozen_dict(values)), len(known))
    return numbers[id(one)] == numbers[id(other)]


def _innermost_first(root: Any) -> Iterator[Any]:
    """Yield all objects in an object once, and then the object itself."""
    seen: set[int] = set()
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        obj, parts_done = waiting.pop()
        if parts_done:
            yield obj
        elif id(obj) not in seen:
            seen.add(id(obj))
            waiting.append((obj, True))
            waiting += [(part, False) for value in obj.__dict__.values() for part in _objects_in(value)]


def _objects_in(value: Any) -> list[Any]:
    """Return the objects that are the value of a property, or in its list or map."""
    kind: type = value.__class__
    if kind is tuple:
        parts = list(value)
    elif issubclass(kind, Mapping):
        parts = list(value.values())
    else:
        parts = [value]
    return [part for part in parts if hasattr(part.__class__, "__stepdsl__")]


def _numbered(obj: Any, numbers: Mapping[int, int]) -> dict[str, Any]:
    def number(value: Any) -> Any:
        return _Part(numbers[id(value)])

    return {name: _replaced(value, number) if _objects_in(value) else value for name, value in obj.__dict__.items()}


def _with_objects(value: Any, made: list[Any]) -> Any:
    kind: type = value.__class__
    inside = list(value.values()) if issubclass(kind, Mapping) else list(value) if kind is tuple else [value]
    if any(isinstance(part, _Part) for part in inside):
        return _replaced(value, lambda part: made[part.number])
    return value


def _replaced(value: Any, replace: Callable[[Any], Any]) -> Any:
    """Return the value of a property with its objects replaced."""
    kind: type = value.__class__
    if kind is tuple:
        return tuple([replace(part) for part in value])
    if issubclass(kind, Mapping):
        return frozen_dict({name: replace(part) for name, part in value.items()})
    return replace(value)
