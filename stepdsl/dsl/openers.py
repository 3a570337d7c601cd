"""What opens a builder: `X.build`, `step.polling`, `layout.heading`, `properties.string`, `button.behavior.link`.

An opener is called with nothing (a block follows), with keywords, with a callback that is run at once, or with a
finished object. Its class, or its function, is made by `stepdsl.dsl.factory` for each type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from stepdsl.core.converters import member_converter
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.messages import ConversionError
from stepdsl.dsl import hints
from stepdsl.dsl.builder import builder_of, is_callback, public_names, run, set_draft, used_as_condition
from stepdsl.dsl.drafts import Draft, ObjectDraft, ScopeAttributeError, begin
from stepdsl.dsl.signatures import NOTHING, InstanceSignature
from stepdsl.errors import InvalidValueError, ScopeError, UnknownPropertyError

__all__ = [
    "Adder",
    "ContainerOpener",
    "ObjectOpener",
    "Opener",
    "UnionOpener",
    "list_adder",
    "map_adder",
    "object_opener",
    "open_part",
    "opener_of",
    "root_opener_of",
]

_new = object.__new__


# -- opening ------------------------------------------------------------------------------------------------------


def root_opener_of(builder: Any) -> Callable[..., Any]:
    """Return the function that opens a root: `X.build`."""
    construction = builder._construction
    name: str = construction.fields.name

    def build(*given: Any, **values: Any) -> Any:
        if not given or _is_callback(given):
            opened = builder_of(builder, begin(construction, None, name, values))
            return opened(*given) if given else opened
        return _finished(construction.cls, name, f"{name}.build(", given, values)

    return build


def open_part(
    parent: Draft, builder: Any, label: str, call: str, given: tuple[Any, ...], values: dict[str, Any]
) -> Any:
    """Open an object below a parent, run a callback in it, or take a finished object; and add it to the parent.

    `builder`: the class of the object's builders. `label`: the name of the property, of the adder or of the member.
    `call`: the beginning of the call that opens it, for messages.
    """
    if not given or _is_callback(given):
        draft = begin(builder._construction, parent, label, values)
        parent.add(label, draft)
        opened = builder_of(builder, draft)
        return opened(*given) if given else opened
    finished = _finished(builder._construction.cls, parent.path_to(label), call, given, values)
    parent.add(label, finished)
    return finished


def _is_callback(given: tuple[Any, ...]) -> bool:
    return len(given) == 1 and is_callback(given[0])


def _finished(cls: type[Any], path: str, call: str, given: Sequence[Any], values: dict[str, Any]) -> Any:
    """Return a finished object that was given; raise InvalidValueError for anything else."""
    if len(given) > 1:
        raise TypeError(f"{path}: {hints.keywords_only(call, cls, given)}")
    if values:
        raise TypeError(f"{path}: {hints.one_of_both(call, cls, given[0], values)}")
    try:
        return member_converter(cls)(given[0])
    except ConversionError as error:
        raise InvalidValueError(path, hints.not_finished(call, cls, given[0]) or error.problems[0][1]) from None


# -- members of lists and maps ------------------------------------------------------------------------------------


class Adder:
    """A member's opener in a class of builders. It puts a method in its own place when it is first looked up.

    So the class of a member is imported only when it is used, and each later call is that of a method.
    """

    def __init__(self, name: str, make: Callable[[], Any]) -> None:
        """Take its name, and what makes the method."""
        self._name = name
        self._make = make

    def __get__(self, builder: Any, owner: type[Any]) -> Any:
        made = self._make()
        home = next(cls for cls in owner.__mro__ if self._name in vars(cls))
        setattr(home, self._name, made)
        return made.__get__(builder, owner)


def list_adder(builder: Any, label: str) -> Callable[..., Any]:
    """Return the method that opens a member of a list: `layout.heading`."""
    construction = builder._construction

    def add(self: Any, /, *given: Any, **values: Any) -> Any:
        block = self._draft
        if block.ended or not block.members.open:
            block.check_open()
        if given:
            return open_part(block, builder, label, f"{label}(", given, values)
        draft = begin(construction, block, label, values)  # as open_part does, with fewer calls
        entries = block.entries
        block.added.append(len(entries))
        entries.append(draft)
        made = _new(builder)
        set_draft(made, draft)
        return made

    return add


def map_adder(builder: Any, label: str) -> Callable[..., Any]:
    """Return the method that opens a member of a map; its name comes first: `properties.string`."""
    construction = builder._construction

    def add(self: Any, name: Any = NOTHING, /, *given: Any, **values: Any) -> Any:
        block = self._draft
        if block.ended or not block.members.open:
            block.check_open()
        entries = block.entries
        if type(name) is not str or name in entries or not name.isascii():
            if name is NOTHING:
                raise TypeError(f"{block.path()}: {hints.name_first(label, values)}")
            name = block.check_name(name)
        if given:
            return open_part(block, builder, name, f"{label}({name!r}, ", given, values)
        draft = begin(construction, block, name, values)  # as open_part does, with fewer calls
        block.added.append(name)
        entries[name] = draft
        made = _new(builder)
        set_draft(made, draft)
        return made

    return add


# -- properties ---------------------------------------------------------------------------------------------------


class Opener:
    """Base class of the openers of properties of a builder. An opener can only be called."""

    __slots__ = ("_field", "_owner")
    _owner: ObjectDraft
    _field: Field
    _cls: ClassVar[type[Any] | None] = None
    """The class of the objects that take the keywords of a call, if it takes keywords."""
    __signature__: ClassVar[InstanceSignature] = InstanceSignature()

    def _path(self) -> str:
        return self._owner.path_to(self._field.name)

    def _not_called(self) -> str:
        """Return the error of an opener that is used as if it was a builder."""
        name = self._field.name
        return f"{self._path()}: opened by a call; write `with ….{self._call()}() as {name}:`"

    def _call(self) -> str:
        """Return the call of the opener as an author writes it, without its arguments."""
        return self._field.name

    def __bool__(self) -> bool:
        raise used_as_condition(self._path())

    def __repr__(self) -> str:
        return f"<opener of {self._path()}>"

    def __reduce_ex__(self, _: object) -> NoReturn:
        raise TypeError(f"{self._path()}: an opener cannot be copied or pickled")

    def __dir__(self) -> Iterable[str]:
        """Return the names for authors."""
        return public_names(super().__dir__())

    if not TYPE_CHECKING:  # checkers read the declarations

        def __new__(cls, *_, **__):
            """Refuse the call: openers are properties of builders."""
            raise TypeError(f"{cls.__name__}: not called by authors; it is the type of a property of a builder")

        def __enter__(self):
            raise ScopeError(self._not_called())

        def __exit__(self, *_):
            """Do nothing; `__enter__` always raises."""

        def __setattr__(self, _, __):
            raise ScopeError(self._not_called())

        def __getattr__(self, name):
            if name.startswith("_"):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            raise ScopeAttributeError(self._not_called())


def opener_of(cls: type[Opener], owner: ObjectDraft, field: Field) -> Any:
    """Return a new opener of a class for a property of an object."""
    made = _new(cls)
    _set_owner(made, owner)
    _set_field(made, field)
    return made


_set_owner: Any = Opener.__dict__["_owner"].__set__
_set_field: Any = Opener.__dict__["_field"].__set__


class ObjectOpener(Opener):
    """Base class of the openers of one object: `step.polling`, `button.behavior.link`."""

    __slots__ = ()

    def _call(self) -> str:
        field, cls = self._field, self._cls
        return field.name if field.union is None or cls is None else f"{field.name}.{FIELDS[cls].adder}"


def object_opener(builder: Any) -> Callable[..., Any]:
    """Return the method `__call__` of the openers of a type."""

    def call(self: Any, /, *given: Any, **values: Any) -> Any:
        """Open the object, run a callback in its block, or take a finished object."""
        owner = self._owner
        name = self._field.name
        if owner.end is not None or name in owner.values:
            owner.check_free(name)
        return open_part(owner, builder, name, f"{self._call()}(" if given else "", given, values)

    return call


class UnionOpener(Opener):
    """Base class of the openers of an object of one of several types: `button.behavior`. It takes a finished object."""

    __slots__ = ()

    def __call__(self, /, *given: Any, **values: Any) -> Any:
        """Take a finished object."""
        owner, field = self._owner, self._field
        owner.check_free(field.name)
        if not given or _is_callback(given):
            raise ScopeError(f"{self._path()}: {hints.kinds(field, values)}")
        finished = _finished(field.member, self._path(), f"{field.name}(", given, values)
        owner.add(field.name, finished)
        return finished

    def __dir__(self) -> Iterable[str]:
        """Return the names of the kinds."""
        return hints.adders_of(self._field.member)

    def _not_called(self) -> str:
        name = self._field.name
        adders = hints.adders_of(self._field.member)
        return (
            f"{self._path()}: opened by a call of one kind; "
            f"write `with ….{name}.{next(iter(adders))}() as {name}:`; there are {', '.join(adders)}"
        )

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            """Refuse a name that no type of the union has."""
            if name.startswith("_"):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            raise UnknownPropertyError(f"{self._path()}.{name}", hints.unknown_member(self._field.member, name))


class ContainerOpener(Opener):
    """Base class of the openers of a list or map: `step.layout`. A second block adds further members."""

    __slots__ = ()
    _builder: ClassVar[Any]

    def __call__(self, /, *given: Any, **values: Any) -> Any:
        """Open the list or map; run a callback in it; or add finished objects to it."""
        owner = self._owner
        if owner.end is not None:
            owner.check_open()
        if values or len(given) > 1:
            raise TypeError(f"{self._path()}: {hints.one_content(self._field, given, values)}")
        cls = self._builder
        builder = builder_of(cls, cls._block(owner, self._field.name))
        if not given:
            return builder
        (content,) = given
        if is_callback(content):
            run(content, builder)
            return None
        with builder:
            builder.extend(content)
        return None
