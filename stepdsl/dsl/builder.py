"""The builder of one object, as authors see it; and the callbacks that run in its block."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from types import AsyncGeneratorType, CoroutineType, GeneratorType, TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, Self, TypeVar, cast

from stepdsl.core.build import Construction
from stepdsl.core.messages import show
from stepdsl.core.model import Model
from stepdsl.dsl import hints
from stepdsl.dsl.drafts import ObjectDraft
from stepdsl.errors import ScopeError, UnknownPropertyError

__all__ = ["Builder", "Opened", "builder_of", "is_callback", "public_names", "run", "set_draft", "used_as_condition"]

M_co = TypeVar("M_co", covariant=True)

_new = object.__new__


class Opened:
    """What `with` opens: a builder of an object, list or map."""

    __slots__ = ("_draft",)
    _draft: Any

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """End the block: finish what was opened or added in it, or discard that if there is an exception.

        Raises InvalidValueError with everything that is required and missing.
        """
        if kind is None:
            self._draft.leave()
        else:
            self._draft.discard()

    def __bool__(self) -> bool:
        raise used_as_condition(self._draft.path())

    def __reduce_ex__(self, _: object) -> NoReturn:
        raise TypeError(f"{self._draft.path()}: a builder cannot be copied or pickled; take what it has built")

    def __dir__(self) -> Iterable[str]:
        """Return the names for authors."""
        return public_names(super().__dir__())

    if not TYPE_CHECKING:  # checkers read the declarations

        def __new__(cls, *_, **__):
            """Refuse the call: builders come from `X.build` and from the openers of other builders."""
            raise TypeError(hints.builder_called(cls))


set_draft: Any = Opened.__dict__["_draft"].__set__
"""Sets the draft of a new builder. An assignment would be an author's."""


def builder_of(cls: type[Any], draft: Any) -> Any:
    """Return a new builder of a class for a draft."""
    made = _new(cls)
    set_draft(made, draft)
    return made


def public_names(names: Iterable[str]) -> list[str]:
    """Return the names for authors, and Python's own."""
    return [name for name in names if not name.startswith("_") or name.startswith("__")]


class Builder(Opened, Generic[M_co]):
    """Builds one object: assign its properties, open its parts, and take `built` when the block has ended.

    A value is checked at the line that sets it. `"polling" in step` returns whether a property was given or opened. The
    generated declarations list the properties.
    """

    __slots__ = ()
    _draft: ObjectDraft
    _construction: ClassVar[Construction]

    def __enter__(self) -> Self:
        """Begin the block; raise ScopeError if it has begun or ended already."""
        draft = self._draft
        if draft.end is not None:
            draft.check_open()
        if draft.entered:
            raise ScopeError(f"{draft.path()}: its block is open already")
        draft.entered = True
        return self

    def __call__(self, block: Callable[[Self], object], /) -> M_co:
        """Run a callback in the block, and return the finished object: `@Step.build(id="…")`.

        Raises ScopeError for a callback that is async, a generator, or that returns something.
        """
        run(block, self)
        return self.built

    def __contains__(self, name: str, /) -> bool:
        """Return whether a property was given or opened; raise UnknownPropertyError for a name that is none."""
        draft = self._draft
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # not every caller is checked
            raise TypeError(f"{draft.path()}: `in` takes the name of a property, got {show(name)}")
        if name not in draft.construction.slots:
            raise draft.unknown(name)
        return name in draft.values

    @property
    def built(self) -> M_co:
        """The finished object; raises ScopeError before the block has ended."""
        return cast("M_co", self._draft.finished())

    def __repr__(self) -> str:
        draft = self._draft
        if draft.end is None:
            state = "entered" if draft.entered else "opened"
        else:
            state = "finished" if isinstance(draft.end, Model) else "abandoned"
        return f"<{type(self).__name__} at {draft.path()}, {state}>"

    if not TYPE_CHECKING:  # checkers read the declarations; with these methods they would accept any name

        def __setattr__(self, name, value):
            """Convert a value and store it."""
            self._draft.set(name, value)

        def __getattr__(self, name):
            """Refuse a name that the type does not have, or a required property that has no value yet."""
            if name.startswith("_"):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            draft = self._draft
            if name == "built":  # the property has raised an AttributeError; raise it again
                draft.finished()
            if name in draft.construction.fields.by_name:
                raise UnknownPropertyError(draft.path_to(name), "not set yet")
            raise draft.unknown(name)

        def __delattr__(self, name):
            """Refuse deletion; the assignment of None removes a value."""
            raise ScopeError(f"{self._draft.path_to(name)}: assign None to take a value away")


def used_as_condition(path: str) -> ScopeError:
    """Return the error of a builder used as a condition."""
    return ScopeError(f"{path}: `if` opens no block; write `with … as …:`")


# -- callbacks ----------------------------------------------------------------------------------------------------


def is_callback(given: Any) -> bool:
    """Return whether what an opener was given is a callback."""
    return callable(given) and not isinstance(given, (type, Opened, Model))


def run(callback: Callable[[Any], object], builder: Any) -> None:
    """Call a callback inside the block of its builder.

    It returns None, or what a call of an opener has returned; a lambda can make several calls in a tuple. Raises
    TypeError if it does not take one argument, ScopeError if it is not called at once (a coroutine or generator
    function), or if it returns anything else, which would be lost.
    """
    if not is_callback(callback):
        raise TypeError(f"{builder._draft.path()}: expected a callback, got {show(callback)}")
    with builder:
        try:
            result: Any = callback(builder)
        except TypeError as error:
            _check_arguments(callback, builder, error)
            raise
        if result is not None:
            _check_result(result, builder)


def _check_result(result: Any, builder: Any) -> None:
    """Raise ScopeError if a callback has returned what no call of an opener has returned."""
    kind: type = result.__class__
    if all(_is_of_call(part, builder) for part in (result if kind is tuple else (result,))):
        return
    path: str = builder._draft.path()
    if isinstance(result, CoroutineType):
        result.close()
    if isinstance(result, (CoroutineType, AsyncGeneratorType)):
        raise ScopeError(f"{path}: a callback is called at once, it cannot be async")
    if isinstance(result, GeneratorType):
        raise ScopeError(f"{path}: a callback is called at once, it cannot be a generator")
    raise ScopeError(f"{path}: a callback returns nothing, got {show(result)}; give values by its builder")


def _is_of_call(result: object, builder: Any) -> bool:
    """Return whether a call of an opener can return this: None, a builder, or an object that was added."""
    if isinstance(result, Model):
        return any(part is result for part in builder._draft.parts())
    return result is None or isinstance(result, Opened)


def _check_arguments(callback: Callable[[Any], object], builder: Any, error: TypeError) -> None:
    """Raise TypeError if the callback was not even called, because it does not take one argument."""
    if error.__traceback__ is None or error.__traceback__.tb_next is not None:  # it was raised inside of a callback
        return
    try:
        signature = inspect.signature(callback)
    except ValueError:  # a function of another language
        return
    try:
        signature.bind(builder)
    except TypeError:
        name = getattr(callback, "__name__", type(callback).__name__)
        reason = f"a callback takes one argument, its builder, got {name}{signature}"
        raise TypeError(f"{builder._draft.path()}: {reason}") from None
