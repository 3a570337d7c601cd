"""The builder of one object: what `with step.polling() as polling` binds."""

from __future__ import annotations

from collections.abc import Callable
from types import CoroutineType, TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

from stepdsl.dsl.scope import ENTERED, OPENED, Scope
from stepdsl.errors import ScopeError, UnknownPropertyError
from stepdsl.model.values import INT_MAX, INT_MIN  # pyright: ignore[reportUnusedImport]  # used where checkers do not look

M_co = TypeVar("M_co", covariant=True)


class Builder(Generic[M_co]):
    """Builds one object: assign its properties, open its parts, and take `built` when the block has ended.

    Each value is checked at the line that sets it. The generated declarations say which properties there are.
    """

    __slots__ = ("_scope",)
    _scope: Scope

    def __enter__(self) -> Self:
        """Begin the block; raise ScopeError if it has begun or ended already."""
        scope = self._scope
        if scope.state is OPENED:
            scope.state = ENTERED
        else:
            scope.refuse_to_enter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """End the block: finish the object, or leave nothing of it behind an exception.

        Raises InvalidValueError with everything that is required and missing.
        """
        if kind is None:
            self._scope.leave()
        else:
            self._scope.discard()

    @property
    def built(self) -> M_co:
        """The finished object; raises ScopeError before the block has ended."""
        return cast("M_co", self._scope.finished())

    def __bool__(self) -> bool:
        raise no_condition(self._scope.path())

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self._scope.path()}, {self._scope.state.value}>"

    def __init__(self, scope: Any) -> None:
        """Not for authors: builders come from `X.build` and from the openers of other builders."""
        _set_scope(self, scope)

    if not TYPE_CHECKING:  # checkers read the declarations; seeing these they would accept any name

        def __setattr__(self, name, value):
            """Check a value and keep it."""
            scope = self._scope
            slot = scope.definition.slots.get(name)
            kind = value.__class__
            if (
                slot is not None
                and kind is slot[1]
                and scope.open
                and (kind is bool or (value.isascii() if kind is str else INT_MIN <= value <= INT_MAX))
            ):
                scope.values[name] = value  # most values; `set` would come to the same
            else:
                scope.set(name, value)

        def __getattr__(self, name):
            """Refuse a name that the type does not have, or a required property that has no value yet."""
            if name.startswith("__"):
                raise AttributeError(name)
            scope = self._scope
            held = name in scope.definition.properties
            raise UnknownPropertyError(
                scope.path_to(name), "not set yet" if held else scope.definition.unknown(name).reason
            )

        def __delattr__(self, name):
            """Refuse deletion; assigning None takes a value away."""
            raise ScopeError(f"{self._scope.path()}.{name}: assign None to take a value away")


_set_scope: Any = Builder.__dict__["_scope"].__set__


def no_condition(path: str) -> ScopeError:
    """Return the error of a builder used as a condition."""
    return ScopeError(f"{path}: `if` opens no block; write `with … as …:`")


def run(block: Callable[[Any], object], builder: Any, path: str) -> None:
    """Call a callback inside the block of its builder; raise ScopeError for one that would have to be awaited."""
    with builder:
        result = block(builder)
        if isinstance(result, CoroutineType):
            result.close()
            raise ScopeError(f"{path}: a callback is called at once, it cannot be async")
