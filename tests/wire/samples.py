"""Two objects of each documented type: that of its fixture, and one that has a value for every declared property."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.models import CONCRETE, Kind, Property, alternatives, enum_values, members, properties, tag
from tests.wire.replay import argument, constructed

FIXTURES = Path(__file__).parent / "fixtures"

_SCALARS: dict[Any, Any] = {str: "x", int: 1, float: 1.5, bool: True}


def fixture(name: str) -> str:
    """The JSON of a type's fixture."""
    return (FIXTURES / f"{name}.json").read_text("utf-8")


def samples(name: str) -> list[Any]:
    """Objects of a type, made by constructors: that of the fixture, and one with every property."""
    return [of_fixture(name), with_every_property(name)]


def of_fixture(name: str) -> Any:
    """The object of a type's fixture, made by constructors."""
    return constructed(CONCRETE[name], json.loads(fixture(name)))


def with_every_property(name: str) -> Any:
    """An object of a type that has a value for each of its properties, also for those that no fixture has."""
    cls = CONCRETE[name]
    return cls(**{name: argument(prop, some_value(prop)) for name, prop in properties(cls).items()})


def document_with_every_property(name: str) -> dict[str, Any]:
    """The document of that object, with the declared wire names."""
    cls = CONCRETE[name]
    given = {prop.wire: some_value(prop) for prop in properties(cls).values()}
    return {**({} if tag(cls) is None else {"type": tag(cls)}), **given}


def some_value(prop: Property) -> Any:
    """A JSON value of a property that is not empty. It follows from the kind of the property."""
    match prop.kind:
        case Kind.OBJECT:
            return _some_object(prop)
        case Kind.LIST:
            return [_some_object(prop)]
        case Kind.MAP:
            return {"a b": _some_object(prop)}
        case Kind.SCALARS:
            return enum_values(prop)[-2:] or [_SCALARS[prop.member]]
        case Kind.SCALAR_MAP:
            return {"a b": _SCALARS[prop.member]}
        case Kind.JSON:
            return {"a": [1, None]}
        case Kind.ENUM:
            return enum_values(prop)[-1]
        case _:
            return _SCALARS[prop.member]


def _some_object(prop: Property) -> Any:
    cls = next(iter(members(prop.member).values())) if prop.member.__stepdsl__.union else prop.member
    return json.loads(fixture(cls.__qualname__))


def smallest(cls: type[Any]) -> dict[str, Any]:
    """A document of a type with no property that it can do without."""
    if cls.__stepdsl__.union:
        return {"type": "unheard-of"}
    document = {} if tag(cls) is None else {"type": tag(cls)}
    first = [group[0] for group in alternatives(cls)]
    for name, prop in properties(cls).items():
        if prop.required or name in first:
            document[prop.wire] = smallest_value(prop)
    return document


def smallest_value(prop: Property) -> Any:
    """A JSON value of a property that is as small as its kind permits."""
    match prop.kind:
        case Kind.OBJECT:
            return smallest(prop.member)
        case Kind.LIST | Kind.SCALARS:
            return []
        case Kind.MAP | Kind.SCALAR_MAP:
            return {}
        case Kind.JSON:
            return None
        case Kind.ENUM:
            return enum_values(prop)[0]
        case _:
            return _SCALARS[prop.member]
