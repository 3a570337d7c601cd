"""What makes a class a model: the decorator, the function `field` and the base class.

A model is a frozen attrs class. A property is one line in its body and the docstring below that line; converters,
builders, wire names and reference pages follow from there through `stepdsl.core.fields`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, dataclass_transform, overload

import attrs

from stepdsl.core import extensions, nesting
from stepdsl.core.annotations import annotations_of, run_typing_imports_on_demand
from stepdsl.core.build import CONSTRUCTIONS, Depth, extra_names
from stepdsl.core.converters import DerivedOrder
from stepdsl.core.fields import FIELDS, ModelOptions, UnknownName
from stepdsl.core.json import EMPTY, Unset
from stepdsl.core.messages import ConversionError, Problems, class_name, nearest
from stepdsl.core.provenance import Generation, Source
from stepdsl.core.types import LOADED
from stepdsl.errors import UnknownPropertyError

__all__ = ["Model", "Namespace", "field", "model"]

T = TypeVar("T")

_MAX_PICKLED_LEVELS = 20
"""Pickle goes through an object by recursion, several calls for each level of components."""


def field(
    *,
    default: Any = attrs.NOTHING,
    wire: str | None = None,
    generation: Generation = Generation.BOTH,
    source: Source = Source.PAGE,
    note: str = "",
    recognised_by: str | None = None,
    keys_of: str | None = None,
) -> Any:
    """Return a property with more information than its type.

    `default`: its value if none is given; without a default it is required. None and UNSET are not written to
    the wire, every other default is. `wire`: its JSON name, if that is not the camelCase of its Python name.
    `generation`, `source`, `note`: which documentation has it, how its facts are known, and a sentence about these
    for the reference. `recognised_by`: a wire property that every object of the documented type has; an object that
    is read without it is of another, undocumented type and is kept in `extra`. `keys_of`: a map whose keys, in their
    order, are the value if none is given.
    """
    metadata = {
        "wire": wire,
        "generation": generation,
        "source": source,
        "note": note,
        "recognised_by": recognised_by,
        "keys_of": keys_of,
    }
    return attrs.field(default=default, metadata=metadata)


@overload
@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def model(cls: type[T], /) -> type[T]: ...
@overload
@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def model(
    *,
    tag: str | None = None,
    key: str | None = None,
    array: str | None = None,
    adder: str | None = None,
    any_of: tuple[tuple[str, ...], ...] = (),
    union: bool = False,
    mixin: bool = False,
    component: bool = False,
    unknown: bool = False,
    root: bool = False,
    decisive: tuple[str, ...] = (),
    documented: bool | None = None,
    generation: Generation = Generation.BOTH,
    source: Source = Source.PAGE,
) -> Callable[[type[T]], type[T]]: ...
def model(cls: type[Any] | None = None, /, **options: Any) -> Any:
    """Make a class a model.

    `tag`: the fixed `type` on the wire. `key`: the wire property whose presence discriminates the type, if it has no
    tag. `array`: the wire property that is an array in this type and an object in the other type of the same tag.
    `adder`: the name of its opener in lists and maps, if that is not the tag or key in snake_case. `any_of`: groups of
    properties of which at least one must be given. `union`: a base class whose subclasses are the members of a
    union. `mixin`: a base class with properties that its subclasses have in common. `component`: a union whose nesting
    is limited. `unknown`: the class for members of a union that this library does not have. `root`: never a part of a
    component, so that it is no level of nesting. `decisive`: in a union with tags and keys, those that decide what a
    document is, in this order; all other tags come after them. `documented`: whether the documentation names the
    class, if that does not follow from the other options. `generation`, `source`: as in `field`.
    """

    def mark(body: type[Any]) -> type[Any]:
        made = _define(body)
        made.__stepdsl__ = ModelOptions(**options)
        for attribute in attrs.fields(made):  # only what was given is stored; the rest is read from the class
            setattr(made, attribute.name, None if attribute.default is attrs.NOTHING else attribute.default)
        if not (made.__stepdsl__.abstract or made.__stepdsl__.unknown):
            made.build = _Build()
        LOADED[made.__qualname__] = made
        run_typing_imports_on_demand(sys.modules[made.__module__])
        return made

    return mark if cls is None else mark(cls)


def _define(body: type[Any]) -> type[Any]:
    """Make a frozen attrs class that has our constructor.

    attrs compiles `__attrs_init__` for every class that has a constructor of its own, although nothing calls it. That
    is a third of the time to import the types, so attrs is given no attributes to compile, and they are set after it.
    """
    declared: list[attrs.Attribute[Any]] = []

    def keep(_: type[Any], attributes: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
        declared.extend(attributes)
        return []

    made: Any = attrs.define(
        body,
        frozen=True,
        slots=False,
        kw_only=True,
        init=False,
        eq=False,
        repr=False,
        field_transformer=keep,
    )
    own = annotations_of(body)
    for attribute in declared:
        if attribute.name in own:  # as attrs.resolve_types sets types: a copy of each would take a tenth of the import
            object.__setattr__(attribute, "converter", _Converter(made, attribute.name))
            object.__setattr__(attribute, "alias", attribute.name)  # attrs < 25 sets it after the transformer
    made.__attrs_attrs__ = _Attributes(declared)
    cls: type[Any] = made
    return cls


class _Attributes(tuple[Any, ...]):
    """What `attrs.fields` returns: the attributes in their order, also by name. One class serves all models."""

    __slots__ = ()

    def __getattr__(self, name: str) -> attrs.Attribute[Any]:
        for attribute in self:
            if attribute.name == name:
                found: attrs.Attribute[Any] = attribute
                return found
        raise AttributeError(name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(attribute.name for attribute in self)]


class _Converter:
    """`attrs.fields(X).y.converter`: the converter of a property, with the public error of a constructor."""

    __slots__ = ("_cls", "_name")

    def __init__(self, cls: type[Model], name: str) -> None:
        self._cls = cls
        self._name = name

    def __call__(self, value: Any) -> Any:
        fields = FIELDS[self._cls]
        values = {self._name: value}
        try:
            CONSTRUCTIONS[self._cls].convert(values)
        except ConversionError as error:
            raise error.as_invalid_value(fields.name) from None
        return values.get(self._name, value)


class _Build:
    """`X.build`. The builders are imported when it is first used."""

    def __init__(self) -> None:
        self._openers: dict[type[Model], Any] = {}  # a plain subclass has an opener of its own

    def __get__(self, _: object, owner: type[Model]) -> Any:
        opener = self._openers.get(owner)
        if opener is None:
            opener = self._openers[owner] = extensions.root_opener(owner)
        return opener


class _Signature:
    """`inspect.signature(X)`: the keywords of the constructor, read from the fields."""

    def __get__(self, _: object, owner: type[Model]) -> Signature:
        keywords = [
            Parameter(
                field.name,
                Parameter.KEYWORD_ONLY,
                default=Parameter.empty if field.required else field.default,
                annotation=field.annotation,
            )
            for field in FIELDS[owner].by_name.values()
        ]
        extra = Parameter("extra", Parameter.KEYWORD_ONLY, default=EMPTY, annotation="Mapping[str, Any]")
        return Signature([*keywords, extra])


_FUNCTIONS = {
    **dict.fromkeys(("to_dict", "dict", "as_dict", "asdict", "model_dump"), "stepdsl.to_dict(obj)"),
    **dict.fromkeys(("to_json", "json", "dumps", "model_dump_json"), "stepdsl.dumps(obj)"),
    **dict.fromkeys(("evolve", "replace", "copy", "model_copy", "update"), "attrs.evolve(obj, …)"),
    **dict.fromkeys(("check", "validate"), "stepdsl.check(step)"),
    **dict.fromkeys(("from_dict", "model_validate"), "stepdsl.from_dict(data, X)"),
    **dict.fromkeys(("from_json", "loads", "model_validate_json"), "stepdsl.loads(text, X)"),
}
"""What to write in place of methods that models of other libraries have."""

_OF_RESPONSES = ("status_code", "_resource_closers")
"""What Django reads first of the answer of a view."""

_RETURNED_BY_VIEW = "if a view returns it, write @endpoint above the view, see stepdsl.server"


@model(mixin=True)
class Model(Depth):
    """Base class of all documented types. Objects are frozen, compared by value, and made with keywords only.

    `dict(obj)` gives the properties by wire name, for encoders that accept a mapping; parts are objects there.
    """

    extra: Mapping[str, Any] = field(default=EMPTY)
    """Properties that this library does not have, by their wire names. They are written after all other properties.

    A documented name is accepted only while that property is unset. So you can send a value that the library does not
    have yet, such as a new string of an enumeration. A value that the property accepts is moved to the property. A
    value that no document can have under that name raises InvalidValueError.
    """

    __stepdsl__: ClassVar[ModelOptions]

    if TYPE_CHECKING:  # at run time attrs.Attribute takes no parameter
        __attrs_attrs__: ClassVar[tuple[attrs.Attribute[Any], ...]]
    else:
        __signature__ = _Signature()

        do_not_call_in_templates = True  # Django's templates call what is callable, which an object is by `__call__`

        def __init__(self, *given, **values):
            """Convert the values; raise InvalidValueError with all that do not fit or are missing."""
            if given:
                raise TypeError(_hints().keywords_only(type(self), given, values))
            construction = CONSTRUCTIONS[type(self)]
            try:
                try:
                    plain = construction.convert(values)
                except ConversionError as error:  # what is missing is reported together with it
                    error.collected.add_all(Problems(construction.missing(values, extra_names(values))))
                    raise
                construction.store(self, values, plain)
            except TypeError:
                if construction.fields.options.abstract:
                    raise TypeError(_hints().abstract(type(self))) from None
                raise
            except UnknownName as unknown:
                if construction.fields.options.abstract:
                    raise TypeError(_hints().abstract(type(self))) from None
                raise UnknownPropertyError(f"{construction.fields.name}.{unknown.name}", unknown.reason) from None
            except ConversionError as error:
                raise error.as_invalid_value(construction.fields.name) from None

        # Checkers take an object's own methods for those of its class, and would call the classes unhashable.
        def __eq__(self, other):
            if self.__class__ is not other.__class__:
                return NotImplemented
            mine, theirs = self.__dict__, other.__dict__
            try:
                return mine == theirs if len(mine) == len(theirs) else _value_of(mine) == _value_of(theirs)
            except RecursionError:
                return nesting.equal(self, other)

        def __hash__(self):
            return hash((self.__class__, frozenset(_value_of(self.__dict__).items())))

        def __call__(self, *arguments, **_):
            """Refuse the call: `step.built()` in place of `step.built`, or of an answer by Flask."""
            advice = "it is built already; write .built without ()"
            if len(arguments) == 2 and callable(arguments[1]):  # the environ and start_response
                advice = _RETURNED_BY_VIEW
            raise TypeError(f"{class_name(self.__class__)!r} object is not callable: {advice}")

        # Checkers would accept every name.
        def __getattr__(self, name):
            """Raise AttributeError with the function, or the property, that is meant."""
            raise AttributeError(_no_attribute(self.__class__, name), name=name, obj=self)

        def __attrs_post_init__(self):
            """Raise TypeError: attrs has replaced our constructor in a subclass."""
            raise TypeError(_refused_subclass(self.__class__))

        def __init_subclass__(cls, **options):
            """Raise TypeError for a subclass with a method of attrs that our constructor does not call."""
            super().__init_subclass__(**options)
            if "__attrs_post_init__" in cls.__dict__:
                raise TypeError(
                    f"{cls.__qualname__}: no object calls __attrs_post_init__, because attrs did not make its "
                    "constructor; write a function that makes the object"
                )

        @classmethod
        def __attrs_init_subclass__(cls):
            """Raise TypeError for a subclass that attrs has made (called by attrs >= 24.1)."""
            if "__init__" in cls.__dict__:
                raise TypeError(_refused_subclass(cls))

        @classmethod
        def __get_pydantic_core_schema__(cls, _source, _handler):
            """Return how pydantic reads, writes and describes the type."""
            return extensions.pydantic_core_schema(cls)

        __iter__ = None  # an object is no list of its properties

    def keys(self) -> Sequence[str]:
        """Return the wire names of what is written, in their order; with `obj[name]` it makes `dict(obj)` work."""
        fields = FIELDS[self.__class__]
        first = ["type"] if fields.options.tag is not None or (fields.has_type and "type" in self.extra) else []
        names = [fields.by_name[name].wire for name in self.__dict__ if name != "extra"]
        absent = getattr(self.extra, "absent", ())
        return [name for name in dict.fromkeys([*first, *names, *self.extra]) if name not in absent]

    def __getitem__(self, wire_name: str, /) -> Any:
        """Return the value of a property by its wire name; raise KeyError if it is not set.

        It is as it is stored, but a derived order is a plain tuple: orjson writes no subclasses of tuple.
        """
        extra = self.extra
        if wire_name in extra:  # also what was kept with `strict=False`, in place of a default or a tag
            return extra[wire_name]
        fields = FIELDS[self.__class__]
        if wire_name == "type" and fields.options.tag is not None:
            return fields.options.tag
        field = fields.by_wire_name.get(wire_name)
        if field is None or field.name not in self.__dict__:
            raise KeyError(wire_name)
        value = self.__dict__[field.name]
        return tuple(value) if value.__class__ is DerivedOrder else value

    def __repr__(self) -> str:
        try:
            given = ", ".join(f"{name}={_shown(value)}" for name, value in _value_of(self.__dict__).items())
        except RecursionError:
            given = "…"
        return f"{self.__class__.__qualname__}({given})"

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        """Yield the properties that `repr` shows, for `rich.print` and the like."""
        yield from _value_of(self.__dict__).items()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        return self  # nothing in it can change

    def __reduce__(self) -> tuple[Any, ...]:
        if nesting.levels(self) > _MAX_PICKLED_LEVELS:
            return nesting.rebuild, (nesting.flatten(self),)
        return _rebuild, (self.__class__, self.__dict__)


def _value_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of an object that count when it is compared: all but an empty `extra`.

    An object that was read with `strict=False` has an empty one if its document lacks what is always written.
    """
    if "extra" in values and not values["extra"]:
        return {name: value for name, value in values.items() if name != "extra"}
    return values


def _hints() -> Any:
    from stepdsl.core import hints  # loads only when there is an error

    return hints


class _NoBuild:
    """`build` of a namespace. It raises an error with the types that have it."""

    def __get__(self, _: object, owner: type) -> Any:
        raise AttributeError(_hints().no_type(owner, ".build"), name="build", obj=owner)


class Namespace:
    """Base class of the classes that only have types or constants in them."""

    if not TYPE_CHECKING:
        build = _NoBuild()

        def __new__(cls, *_, **__):
            """Refuse the call: `Icon(name="x")` in place of `Icon.Named(name="x")`."""
            raise TypeError(_hints().no_type(cls))


def _rebuild(cls: type[Model], values: dict[str, Any]) -> Model:
    return cls(**values)


def _no_attribute(cls: type[Model], name: str) -> str:
    text = f"{cls.__qualname__!r} object has no attribute {name!r}"
    if name in _OF_RESPONSES:
        return f"{text}: {_RETURNED_BY_VIEW}"
    if name.startswith("_"):
        return text
    if name == "built":
        return f"{text}; it is the built object already"
    if name in _FUNCTIONS:
        return f"{text}; write {_FUNCTIONS[name].replace('X', cls.__qualname__)}"
    fields = FIELDS[cls]
    wire = fields.by_wire_name.get(name)
    if wire is not None:
        return f"{text}; did you mean {wire.name!r}?"
    return text + nearest(name, (*fields.by_name, "extra"))


def _refused_subclass(cls: type[Any]) -> str:
    base = next(b for b in cls.__mro__ if "__stepdsl__" in b.__dict__).__qualname__
    return (
        f"{cls.__qualname__}: attrs would replace the constructor of {base}; write a plain subclass, "
        f"class {cls.__name__}({base}), and put properties of your own into `extra`"
    )


def _shown(value: Any) -> str:
    """Return a value as it is written in code; the repr of an enum's member is not."""
    kind: type = value.__class__
    if issubclass(kind, Enum) and kind is not Unset:
        return f"{kind.__qualname__}.{value.name}"
    if kind is tuple:
        return f"({', '.join(map(_shown, value))}{',' if len(value) == 1 else ''})"
    return repr(value)
