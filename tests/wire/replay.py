"""Makes an object again through builders: blocks, callbacks, keywords, chains, finished objects, as chance has it.

The driver knows no type: it follows the table that the builders themselves are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from random import Random
from typing import Any, TypeVar

from stepdsl.core.annotations import Kind
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.model import Model
from stepdsl.core.types import members

M = TypeVar("M", bound=Model)


def rebuilt(original: M, chance: Random) -> M:
    """An object of the same values, made by builders alone."""
    return _Replay(chance).root(original)


class _Replay:
    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def root(self, original: Any) -> Any:
        opened = self._open(type(original).build, (), original, ("block", "callback", "keywords", "chain"))
        return opened if isinstance(opened, Model) else opened.built

    def _open(self, opener: Callable[..., Any], first: tuple[Any, ...], original: Any, ways: Iterable[str]) -> Any:
        """Open an object in one of the ways; return the builder, or the object where there is one already."""
        values, parts = self._sorted_out(original)
        match self._chance.choice(list(ways)):
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

    _WAYS = ("block", "callback", "keywords", "chain", "finished objects as keywords", "finished")

    def _sorted_out(self, original: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The plain values of an object, as an author may write them, and what holds objects."""
        values: dict[str, Any] = {}
        parts: dict[str, Any] = {}
        for name, value in original.__dict__.items():
            held = FIELDS[type(original)].by_name.get(name)
            if held is not None and held.kind.is_object:
                parts[name] = value
            else:
                values[name] = self._spelt(value)
        return values, parts

    def _spelt(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return self._chance.choice((value, value.value))
        return [self._spelt(part) for part in value] if isinstance(value, tuple) else value

    def _fill(self, builder: Any, original: Any, values: dict[str, Any]) -> None:
        names = list(values)
        self._chance.shuffle(names)
        for name in names:
            held = FIELDS[type(original)].by_name.get(name)
            if held is None or not held.kind.is_object or self._chance.random() < 0.1:
                setattr(builder, name, values[name])
            elif held.kind is Kind.OBJECT:
                self._open_object(builder, held, values[name])
            else:
                self._open_collection(getattr(builder, name), held, values[name])

    def _open_object(self, builder: Any, held: Field, original: Any) -> None:
        opener = getattr(builder, held.name)
        if held.union is None:
            self._open(opener, (), original, self._WAYS)
        elif type(original).__stepdsl__.unknown:
            assert opener(original) is original
        else:
            self._open(getattr(opener, self._adder(held, original)), (), original, self._WAYS)

    def _open_collection(self, opener: Callable[..., Any], held: Field, value: Any) -> None:
        entries = list(value.items()) if held.kind is Kind.MAP else [((), part) for part in value]
        middle = self._chance.randint(0, len(entries))  # opened again, it goes on adding
        for some in (entries[:middle], entries[middle:]):
            if self._chance.random() < 0.5:
                with opener() as builder:
                    self._add(builder, held, some)
            else:
                assert opener(lambda builder, some=some: self._add(builder, held, some)) is None

    def _add(self, builder: Any, held: Field, entries: list[tuple[Any, Any]]) -> None:
        for name, original in entries:
            first = (name,) if held.kind is Kind.MAP else ()
            match self._chance.randint(0, 9 if not type(original).__stepdsl__.unknown else 1):
                case 0:
                    builder.extend({name: original} if first else [original])
                case 1:
                    builder.add(*first, original)
                case _:
                    self._open(getattr(builder, self._adder(held, original)), first, original, self._WAYS)

    def _adder(self, held: Field, original: Any) -> str:
        if held.member.__stepdsl__.union:
            names = members(held.member.__qualname__).items()
            return next(adder for adder, name in names if name == type(original).__qualname__)
        return FIELDS[type(original)].adder
