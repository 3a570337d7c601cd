"""Makes one value in several forms: by constructors from a document, and by builders from an object.

Neither knows any type. A constructor gets the names that follow from the documented rule, so a wrong wire name in a
model shows. The builders are opened as blocks, callbacks, keywords or chains, or as chance has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from random import Random
from typing import Any, Protocol, TypeVar

from stepdsl.core.model import Model
from tests.models import Kind, Property, adder, arrays, keys, members, properties, tag, tags

M = TypeVar("M", bound=Model)

# -- constructors -------------------------------------------------------------------------------------------------

EXCEPTIONS = {"$id": "id", "oneOf": "schemas", "allOf": "schemas", "const": "value"}
"""Wire names that are not the camelCase of the Python name, as the documentation of the library lists them."""


def python_name(wire: str) -> str:
    """The Python name of a wire name, by the documented rule."""
    return EXCEPTIONS.get(wire) or re.sub("[A-Z]", lambda capital: "_" + capital.group().lower(), wire)


def constructed(cls: type[M], document: Mapping[str, Any]) -> M:
    """The object of a document, made by constructors alone."""
    of: type[Any] = _member(cls, document) if cls.__stepdsl__.union else cls
    names = {wire: python_name(wire) for wire in document if not (wire == "type" and tag(of) is not None)}
    made: M = of(**{name: argument(properties(of)[name], document[wire]) for wire, name in names.items()})
    return made


def argument(prop: Property, value: Any) -> Any:
    """What a constructor accepts for the JSON value of a property."""
    match prop.kind:
        case Kind.OBJECT:
            return constructed(prop.member, value)
        case Kind.LIST:
            return [constructed(prop.member, part) for part in value]
        case Kind.MAP:
            return {name: constructed(prop.member, part) for name, part in value.items()}
        case _:
            return value


def _member(union: type[Any], document: Mapping[str, Any]) -> type[Any]:
    """The member of a union that a document is."""
    if tags(union) and "type" in document:
        array, shared = arrays(union).get(document["type"], ("", union))
        return shared if isinstance(document.get(array), list) else tags(union)[document["type"]]
    return next(member for key, member in keys(union).items() if key in document)


# -- builders -----------------------------------------------------------------------------------------------------

BUILT = ("block", "callback", "keywords", "chain")
"""The forms in which an object can be built without a finished object."""
FORMS = (*BUILT, "finished objects as keywords", "finished")


def rebuilt(original: M, chance: Random) -> M:
    """An object of the same values, made by builders in forms that chance selects."""
    return _Replay(_ByChance(chance)).root(original)


def rebuilt_as(original: M, form: str) -> M:
    """An object of the same values, made by builders all in one of the forms of `BUILT`."""
    return _Replay(_AlwaysThe(form)).root(original)


class _Choice(Protocol):
    """Decides wherever an author has several possibilities."""

    def form(self, forms: Sequence[str]) -> str: ...
    def order(self, names: list[str]) -> list[str]: ...
    def spelling(self, member: Enum) -> Any: ...
    def parts(self, entries: list[Any]) -> list[list[Any]]: ...
    def is_assigned(self) -> bool: ...
    def addition(self) -> str: ...


class _ByChance:
    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def form(self, forms: Sequence[str]) -> str:
        return self._chance.choice(forms)

    def order(self, names: list[str]) -> list[str]:
        return self._chance.sample(names, len(names))

    def spelling(self, member: Enum) -> Any:
        return self._chance.choice((member, member.value))

    def parts(self, entries: list[Any]) -> list[list[Any]]:
        middle = self._chance.randint(0, len(entries))  # opened again, a list goes on adding
        return [entries[:middle], entries[middle:]]

    def is_assigned(self) -> bool:
        return self._chance.random() < 0.1

    def addition(self) -> str:
        return self._chance.choice(("extend", "add", *["adder"] * 8))


class _AlwaysThe:
    def __init__(self, form: str) -> None:
        self._form = form

    def form(self, _: Sequence[str]) -> str:
        return self._form

    def order(self, names: list[str]) -> list[str]:
        return names[::-1] if self._form == "chain" else names

    def spelling(self, member: Enum) -> Any:
        return member if self._form in ("block", "callback") else member.value

    def parts(self, entries: list[Any]) -> list[list[Any]]:
        return [entries]

    def is_assigned(self) -> bool:
        return False

    def addition(self) -> str:
        return "adder"


class _Replay:
    def __init__(self, choice: _Choice) -> None:
        self._choice = choice

    def root(self, original: Any) -> Any:
        opened = self._open(type(original).build, (), original, BUILT)
        return opened if isinstance(opened, Model) else opened.built

    def _open(self, opener: Callable[..., Any], first: tuple[Any, ...], original: Any, forms: Sequence[str]) -> Any:
        """Open an object in one of the forms; return the builder, or the object where there is one already."""
        values, parts = self._separated(original)
        match self._choice.form(forms):
            case "block":
                with opener(*first) as builder:
                    self._fill(builder, original, {**values, **parts})
                return builder
            case "callback":
                made = opener(*first, lambda builder: self._fill(builder, original, {**values, **parts}))
                assert isinstance(made, type(original))
                return made
            case "keywords":
                with opener(*first, **values) as builder:
                    self._fill(builder, original, parts)
                return builder
            case "chain":
                builder = opener(*first, **values)
                self._fill(builder, original, parts)
                return builder
            case "finished objects as keywords":
                return opener(*first, **values, **parts)
            case _:
                assert opener(*first, original) is original
                return original

    def _separated(self, original: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The plain values of an object, as an author may write them, and the values that consist of objects."""
        values: dict[str, Any] = {}
        parts: dict[str, Any] = {}
        for name, value in original.__dict__.items():
            prop = properties(type(original)).get(name)
            if prop is not None and prop.kind.is_object:
                parts[name] = value
            else:
                values[name] = self._spelled(value)
        return values, parts

    def _spelled(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return self._choice.spelling(value)
        return [self._spelled(part) for part in value] if isinstance(value, tuple) else value

    def _fill(self, builder: Any, original: Any, values: dict[str, Any]) -> None:
        for name in self._choice.order(list(values)):
            prop = properties(type(original)).get(name)
            if prop is None or not prop.kind.is_object or self._choice.is_assigned():
                setattr(builder, name, values[name])
            elif prop.kind is Kind.OBJECT:
                self._open_object(builder, prop, values[name])
            else:
                self._open_collection(getattr(builder, name), prop, values[name])

    def _open_object(self, builder: Any, prop: Property, original: Any) -> None:
        opener = getattr(builder, prop.name)
        if prop.union is None:
            self._open(opener, (), original, FORMS)
        elif type(original).__stepdsl__.unknown:
            assert opener(original) is original
        else:
            self._open(getattr(opener, self._adder(prop, original)), (), original, FORMS)

    def _open_collection(self, opener: Callable[..., Any], prop: Property, value: Any) -> None:
        entries = list(value.items()) if prop.kind is Kind.MAP else [((), part) for part in value]
        for some in self._choice.parts(entries):
            match self._choice.form(("block", "callback")):
                case "callback":
                    assert opener(lambda builder, some=some: self._add(builder, prop, some)) is None
                case "chain":
                    self._add(opener(), prop, some)
                case _:
                    with opener() as builder:
                        self._add(builder, prop, some)

    def _add(self, builder: Any, prop: Property, entries: list[tuple[Any, Any]]) -> None:
        for name, original in entries:
            first = (name,) if prop.kind is Kind.MAP else ()
            addition = self._choice.addition()
            if addition == "extend":
                builder.extend({name: original} if first else [original])
            elif addition == "add" or type(original).__stepdsl__.unknown:
                builder.add(*first, original)
            else:
                self._open(getattr(builder, self._adder(prop, original)), first, original, FORMS)

    def _adder(self, prop: Property, original: Any) -> str:
        if prop.member.__stepdsl__.union:
            return next(name for name, member in members(prop.member).items() if member is type(original))
        return adder(type(original))
