"""Any sequence of block operations, exceptions and misuse included, ends in the object that constructors give.

A program of operations is generated and run. Beside the builders it keeps a record of what should be kept, in plain
dicts and lists. When a block ends, the record decides whether something required is missing.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdsl import (
    BoxLayout,
    ButtonLayout,
    External,
    HeadingLayout,
    InvalidValueError,
    LinkBehavior,
    ObjectSchema,
    OneOfSchema,
    ParagraphLayout,
    Polling,
    ScopeError,
    Step,
    StringSchema,
    UnknownPropertyError,
    dumps,
)
from stepdsl.errors import StepDslError


class Kept:
    """The record of an object: what constructors are to make of it."""

    def __init__(self, cls: type[Any], **values: Any) -> None:
        self.cls = cls
        self.values: dict[str, Any] = values

    def made(self) -> Any:
        return self.cls(**{name: made(value) for name, value in self.values.items()})

    def is_complete(self) -> bool:
        try:
            self.made()
        except InvalidValueError:
            return False
        return True


def made(value: Any) -> Any:
    if isinstance(value, Kept):
        return value.made()
    if isinstance(value, list):
        return [made(part) for part in value]
    if isinstance(value, dict):
        return {name: made(part) for name, part in value.items()}
    return value


class Lost(Exception):
    """Ends a block."""


class Ended:
    """How the block of a list or map has ended."""

    lost = False


SCALARS: dict[type[Any], dict[str, str]] = {
    Step: {"title": "text", "id": "text"},
    HeadingLayout: {"text": "text", "size": "size"},
    ParagraphLayout: {"text": "text"},
    BoxLayout: {"width": "size"},
    ButtonLayout: {"title": "text", "disabled": "flag"},
    LinkBehavior: {"url": "text"},
    External: {"url": "text"},
    Polling: {"url": "text", "interval": "number", "max_attempts": "number"},
    ObjectSchema: {"title": "text", "id": "text"},
    StringSchema: {"title": "text", "min_length": "number"},
    OneOfSchema: {"title": "text"},
}
GOOD: dict[str, Any] = {"text": "aä", "size": "lg", "flag": True, "number": 3}
PARTS: dict[type[Any], dict[str, tuple[type[Any], str]]] = {
    Step: {"polling": (Polling, ""), "external": (External, "")},
    ButtonLayout: {"behavior": (LinkBehavior, "link")},
}
LISTS: dict[type[Any], dict[str, dict[str, type[Any]]]] = {
    Step: {
        "layout": {"heading": HeadingLayout, "paragraph": ParagraphLayout, "box": BoxLayout, "button": ButtonLayout},
        "footer": {"heading": HeadingLayout, "box": BoxLayout},
        "schemas": {"obj": ObjectSchema, "string": StringSchema},
    },
    BoxLayout: {"components": {"heading": HeadingLayout, "box": BoxLayout}},
    OneOfSchema: {"schemas": {"string": StringSchema, "obj": ObjectSchema}},
}
MAPS: dict[type[Any], dict[str, dict[str, type[Any]]]] = {
    ObjectSchema: {"properties": {"string": StringSchema, "one_of": OneOfSchema, "obj": ObjectSchema}},
}


class Program:
    """Draws operations and runs them, on a builder and on its record."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw
        self._left = 30
        self._openings: dict[tuple[int, str], int] = {}

    def _choose(self, *choices: Any) -> Any:
        return self._draw(st.sampled_from(choices))

    def _times(self) -> Iterator[None]:
        for _ in range(self._draw(st.integers(0, 4))):
            if self._left:
                self._left -= 1
                yield

    def object(self, builder: Any, kept: Kept) -> None:
        """Use the builder of an object for a while."""
        for _ in self._times():
            self._choose(self._assign, self._assign, self._misuse, self._part, self._list, self._list, self._map)(
                builder, kept
            )

    def _keywords(self, cls: type[Any]) -> dict[str, Any]:
        names = self._draw(st.lists(st.sampled_from(list(SCALARS[cls])), unique=True))
        return {name: GOOD[SCALARS[cls][name]] for name in names}

    def _assign(self, builder: Any, kept: Kept) -> None:
        name = self._choose(*SCALARS[kept.cls])
        value = self._choose(GOOD[SCALARS[kept.cls][name]], object(), None)
        try:
            setattr(builder, name, value)
        except InvalidValueError:  # a value of another type, or None for what is required
            assert value is None or type(value) is object
        else:
            kept.values.pop(name, None)
            if value is not None:
                kept.values[name] = value
        assert (name in builder) == (name in kept.values)

    def _misuse(self, builder: Any, kept: Kept) -> None:
        def ends() -> None:
            with builder:
                pass

        wrong: list[tuple[type[Exception], Callable[[], object]]] = [
            (UnknownPropertyError, lambda: setattr(builder, "nonsense", 1)),
            (UnknownPropertyError, lambda: builder.nonsense),
            (ScopeError, lambda: bool(builder)),
            (ScopeError, lambda: delattr(builder, next(iter(SCALARS[kept.cls])))),
            (TypeError, lambda: copy.copy(builder)),
            (ScopeError, lambda: builder.built),
            (ScopeError, ends),
        ]
        error, use = self._choose(*wrong)
        with pytest.raises(error):
            use()

    def _part(self, builder: Any, kept: Kept) -> None:
        for name, (cls, kind) in PARTS.get(kept.cls, {}).items():
            part = Kept(cls, **self._keywords(cls))
            opener = getattr(builder, name)
            if kind:
                opener = getattr(opener, kind)
            if name in kept.values:
                with pytest.raises(ScopeError, match="already given"):
                    opener()
                with pytest.raises(ScopeError, match="already given"):
                    setattr(builder, name, None)
                continue

            def keep(name: str = name, part: Kept = part) -> None:
                kept.values[name] = part

            def forget(name: str = name) -> None:
                del kept.values[name]

            self._open(opener, part, keep, forget)

    def _open(self, opener: Any, part: Kept, keep: Callable[[], None], forget: Callable[[], None]) -> None:
        """Open an object in one of the ways; `keep` and `forget` change the record of its parent."""
        way = self._choose("block", "callback", "keywords", "finished", "exception")
        if way == "keywords":
            keep()
            self.object_not_entered(opener(**part.values), part)
        elif way == "finished":
            if part.is_complete():
                keep()
                opener(part.made())
        else:
            keep()
            try:
                if way == "callback":
                    opener(**part.values)(lambda builder: self.object(builder, part))
                else:
                    with opener(**part.values) as builder:
                        self.object(builder, part)
                        if way == "exception":
                            raise Lost
            except InvalidValueError:
                assert not part.is_complete()
                forget()
            except Lost:
                forget()
            else:
                assert part.is_complete()

    def object_not_entered(self, builder: Any, kept: Kept) -> None:
        """Assign a property of an object whose block is never entered."""
        if self._choose(True, False):
            self._assign(builder, kept)

    @contextmanager
    def _block(self, builder: Any, members: Any, added: list[Any]) -> Iterator[Ended]:
        """Enter the block of a list or map; afterwards the record has what is left of it."""
        block = Ended()

        def drop() -> None:
            block.lost = True
            if isinstance(members, dict):
                for name in added:
                    members.pop(name, None)
            else:
                members[:] = [member for member in members if not any(member is other for other in added)]

        complete = True
        try:
            with builder:
                yield block
                own = [members.get(one) if isinstance(members, dict) else one for one in added]
                complete = all(member is None or member.is_complete() for member in own)
                if self._choose(True, False, False):
                    raise Lost
        except InvalidValueError:
            assert not complete
            drop()
        except Lost:
            drop()

    def _list(self, builder: Any, kept: Kept) -> None:
        for name, adders in LISTS.get(kept.cls, {}).items():
            if self._choose(True, False):
                self._members(builder, name, kept, adders, in_map=False)

    def _map(self, builder: Any, kept: Kept) -> None:
        for name, adders in MAPS.get(kept.cls, {}).items():
            self._members(builder, name, kept, adders, in_map=True)

    def _members(self, builder: Any, name: str, kept: Kept, adders: dict[str, type[Any]], *, in_map: bool) -> None:
        members = kept.values.setdefault(name, {} if in_map else [])
        added: list[Any] = []
        container = getattr(builder, name)()
        place = (id(kept), name)
        self._openings[place] = self._openings.get(place, 0) + 1
        with self._block(container, members, added) as block:
            for _ in self._times():
                if self._choose(True, False, False, False):  # the same list again, inside its own block
                    self._members(builder, name, kept, adders, in_map=in_map)
                else:
                    self._member(container, members, added, adders)
        if block.lost:
            self._openings[place] -= 1
            if not self._openings[place]:  # nobody else has opened it, so it is absent and not empty
                del kept.values[name]
        assert (name in builder) == (name in kept.values)

    def _member(self, container: Any, members: Any, added: list[Any], adders: dict[str, type[Any]]) -> None:
        adder, cls = self._choose(*adders.items())
        part = Kept(cls, **self._keywords(cls))
        opener: Any = getattr(container, adder)
        if isinstance(members, dict):
            label = self._choose("a", "b c", "d")
            if label in members:
                with pytest.raises(ScopeError, match="already given"):
                    opener(label)
                return
            assert label not in container

            def named(*given: Any, **values: Any) -> Any:
                return getattr(container, adder)(label, *given, **values)

            def keep_named() -> None:
                members[label] = part
                added.append(label)

            self._open(named, part, keep_named, lambda: self._forget(members, added, label))
        else:

            def keep() -> None:
                members.append(part)
                added.append(part)

            self._open(opener, part, keep, lambda: self._forget(members, added, part))
        with pytest.raises(StepDslError):
            container.extend({"e": 3} if isinstance(members, dict) else [HeadingLayout(text="x"), 3])

    def _forget(self, members: Any, added: list[Any], key: Any) -> None:
        if isinstance(members, dict):
            del members[key]
        else:
            members[:] = [member for member in members if member is not key]
        added[:] = [one for one in added if one is not key]


@given(st.data())
def test_what_was_kept_is_what_constructors_make(data: st.DataObject) -> None:
    kept = Kept(Step)
    step = Step.build()
    try:
        with step:
            Program(data.draw).object(step, kept)
    except InvalidValueError:
        assert not kept.is_complete()
        with pytest.raises(ScopeError, match="nothing was built"):
            _ = step.built
    else:
        assert step.built == kept.made()
        assert dumps(step.built) == dumps(kept.made())
    with pytest.raises(ScopeError, match="used after"):
        step.title = "late"
