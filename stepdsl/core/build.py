"""From values to an object, for constructors, builders and documents alike.

`convert` checks and converts the values that were given. `store` adds defaults, looks for what is missing, counts the
levels of nesting and stores the rest in a new object.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any, Final

from stepdsl.core.annotations import Kind
from stepdsl.core.converters import DerivedOrder
from stepdsl.core.fields import FIELDS, Field, Fields, Slot, UnknownName
from stepdsl.core.json import EMPTY, INT_MAX, INT_MIN, MAX_DEPTH, UNSET, KeptDict, frozen_dict, kept_dict
from stepdsl.core.messages import ConversionError, Problem, Problems, article, conversion_error, show
from stepdsl.core.types import carrier, find
from stepdsl.core.unions import DISCRIMINATORS, is_key_optional

__all__ = ["CONSTRUCTIONS", "Construction", "Depth", "extra_names"]

_OBJECT, _LIST = Kind.OBJECT, Kind.LIST  # the look-up of an enum's member is slow


class Depth:
    """Base class with one slot: how many levels of components an object contains. It is no part of the object's value.

    Classes without components have 0 as a class attribute.
    """

    __slots__ = ("__dict__", "_depth")
    _depth: int


_set_values: Any = Depth.__dict__["__dict__"].__set__
_set_depth: Any = Depth.__dict__["_depth"].__set__


class Construction:
    """How the objects of one class are made from values."""

    def __init__(self, cls: type[Any]) -> None:
        fields: Fields = FIELDS[cls]
        self.cls: type[Any] = cls
        self.fields: Fields = fields
        self.slots: dict[str, Slot] = fields.slots
        self._position = {name: position for position, name in enumerate((*fields.by_name, "extra"))}.__getitem__
        self._required = tuple(f.name for f in fields.by_name.values() if f.required)
        self._defaults = tuple(
            (f.name, f.default)
            for f in fields.by_name.values()
            if f.default is not None and f.default is not UNSET and not f.required
        )
        self._derived = tuple((f.name, f.keys_of) for f in fields.by_name.values() if f.keys_of is not None)
        self._any_of = fields.options.any_of
        written = [name for name, _ in (*self._defaults, *self._derived)]
        self.always_written: frozenset[str] = frozenset(
            ([] if fields.options.tag is None else ["type"]) + [fields.by_name[name].wire for name in written]
        )
        """The wire names of what is written although it was not given."""
        self._key_name = fields.by_wire_name[fields.options.key or ""].name if is_key_optional(fields) else None
        self._refuse = self._refusal()
        self._components = {f.name: f.kind for f in fields.by_name.values() if f.kind.is_object}
        self._component_names = frozenset(self._components)
        self.has_parts: bool = bool(self._components)
        """Whether an object can contain other objects."""
        self._counts_levels = bool(self._components) and not fields.options.root
        if not (self._components or fields.options.abstract):
            cls._depth = 0  # in place of a slot in each object
        self.is_level: bool = not fields.options.root and any(map(self._adds_level, fields.by_name.values()))
        """Whether an object is one level of nesting."""
        self._own_levels = int(self.is_level)
        self._is_simple = not (self._derived or self._defaults or self._any_of or self._refuse)

    def _refusal(self) -> Callable[[dict[str, Any]], None] | None:
        options = self.fields.options
        if options.abstract:
            return self._refuse_abstract
        return self._refuse_known if options.unknown else None

    def _adds_level(self, field: Field) -> bool:
        """Return whether an object with this field can contain any component, or any member of its own union."""
        if field.union is None:
            return False
        return field.union.__stepdsl__.component or issubclass(self.fields.cls, field.union)

    # -- what was given -----------------------------------------------------------------------------------------

    def convert(self, values: dict[str, Any]) -> bool:
        """Convert the values in place and remove those that mean "absent"; return whether they are plain.

        They are if they are in order and none of them needed a conversion, so that there are no objects among them.
        Raises UnknownName for a name that the type does not have, ConversionError with all values that do not fit.
        """
        slots = self.slots
        last = -1
        plain = True
        absent: list[str] | None = None
        try:
            for name, value in values.items():
                position, scalar, convert, _ = slots[name]
                if position < last:
                    plain = False
                last = position
                # Most values need no conversion. The test is here, and only here, because a call costs more than it.
                if type(value) is scalar:
                    if scalar is str:
                        if value.isascii():
                            continue
                    elif scalar is bool or INT_MIN <= value <= INT_MAX:
                        continue
                plain = False
                if value is UNSET or (value is None and self.may_be_absent(name, values)):
                    absent = [name, *(absent or ())]
                    continue
                values[name] = convert(value)
        except (KeyError, ConversionError):
            raise self._failure(values) from None
        if absent is not None:
            for name in absent:
                del values[name]
        return plain

    def _failure(self, values: dict[str, Any]) -> UnknownName | ConversionError:
        """Return the error of values that do not fit."""
        for name in values:
            if name not in self.slots:
                return self.fields.unknown(name)
        return ConversionError(self._problems(values))

    def may_be_absent(self, name: str, values: Mapping[str, Any]) -> bool:
        """Return whether None for this property means that it is absent."""
        if name == "extra":
            return True
        field = self.fields.by_name[name]
        if field.nullable:
            return False
        extra = values.get("extra")
        return not field.required or extra.__class__ is KeptDict or field.wire in extra_names(values)

    def _problems(self, values: dict[str, Any]) -> Problems:
        problems = Problems()
        for name, value in values.items():
            if value is UNSET or (value is None and self.may_be_absent(name, values)):
                continue
            try:
                self.slots[name][2](value)
            except ConversionError as error:
                problems.add_below((name,), error)
        return problems

    # -- the new object ----------------------------------------------------------------------------------------

    def store(self, made: Any, values: dict[str, Any], plain: bool) -> None:
        """Store converted values in a new object, after defaults and rules; raise ConversionError with all problems.

        `plain` is what `convert` returned; False is always right, but slower.
        """
        if not (plain and self._is_simple):
            values = self._completed(made, values)
        else:
            for name in self._required:
                if name not in values:
                    self._check_complete(values, ())
            if self._counts_levels:
                _set_depth(made, self._own_levels)
        _set_values(made, values)

    def _completed(self, made: Any, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values with defaults, in the order of declaration, after all rules; store the depth."""
        extra: Container[str] = ()
        kept = values.get("extra").__class__ is KeptDict
        if kept:
            extra = self._leave_kept(values)
        elif "extra" in values:
            self._sort_extra(values)
            extra = values.get("extra", ())
            if self._lacks_key(values):
                raise conversion_error(
                    f"without a {self._key_name} it can have no extra properties: it would be read as an unknown schema"
                )
        if self._refuse is not None and not kept:
            self._refuse(values)
        for name, keys_of in self._derived:
            self._derive(values, name, tuple(values.get(keys_of, ())))
        for name, default in self._defaults:
            if name not in values and self.fields.by_name[name].wire not in extra:
                values[name] = default
        if not kept:
            self._check_required(values, extra)
        if self._counts_levels:
            empty = self._component_names.isdisjoint(values)
            _set_depth(made, self._own_levels if empty else self._count_levels(values))
        return self._in_order(values)

    def _check_required(self, values: dict[str, Any], extra: Container[str]) -> None:
        # Most objects are complete, so the names of what is missing are collected only if something is.
        for name in self._required:
            if name not in values:
                self._check_complete(values, extra)
        for names in self._any_of:
            for name in names:
                if name in values:
                    break
            else:
                self._check_complete(values, extra)

    def _leave_kept(self, values: dict[str, Any]) -> Container[str]:
        """Take what was kept with `strict=False`, except for the properties that are given; return its names.

        A value that was kept under the name of a property replaces the default of that property.
        """
        kept: KeptDict = values["extra"]
        by_name = self.fields.by_name
        defaults = [
            name
            for name, value in values.items()
            if name != "extra" and (value.__class__ is DerivedOrder or value == by_name[name].default)
        ]
        given = {by_name[name].wire for name in values if name != "extra" and name not in defaults}
        for name in defaults:
            if by_name[name].wire in kept:
                del values[name]
        if not given.isdisjoint((*kept, *kept.absent)):
            left = {wire: value for wire, value in kept.items() if wire not in given}
            values["extra"] = kept_dict(left, kept.absent - given)
        return kept

    def _in_order(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values in the order of declaration."""
        position = self._position
        last = -1
        for name in values:
            at = position(name)
            if at < last:
                return {other: values[other] for other in sorted(values, key=position)}
            last = at
        return values

    def _derive(self, values: dict[str, Any], name: str, keys: tuple[str, ...]) -> None:
        """Set a property to the keys of a map, unless it was given.

        Keys that were derived for another object are derived again. The same keys given by an author count as derived,
        so that equal objects evolve alike.
        """
        given = values.get(name)
        if given is None or given.__class__ is DerivedOrder or given == keys:
            values[name] = DerivedOrder(keys)

    def _check_complete(self, given: Container[str], extra: Container[str]) -> None:
        problems = self.missing(given, extra)
        if problems:
            raise ConversionError(problems)

    def missing(self, given: Container[str], extra: Container[str]) -> list[Problem]:
        """Return what an object with these properties, and these wire names in its extra, still lacks."""
        by_name = self.fields.by_name
        lacking: list[Problem] = [
            ((name,), "missing") for name in self._required if name not in given and by_name[name].wire not in extra
        ]
        return lacking + [
            ((), f"missing: {' or '.join(names)}")
            for names in self._any_of
            if not any(name in given or by_name[name].wire in extra for name in names)
        ]

    def _count_levels(self, values: dict[str, Any]) -> int:
        """Return how many levels of components the object has, itself included; raise ConversionError if too many."""
        levels = 0
        components = self._components
        for name, value in values.items():
            kind = components.get(name)
            if kind is not None and value:
                if kind is _OBJECT:
                    below = value._depth
                else:
                    below = max([part._depth for part in (value if kind is _LIST else value.values())])
                if below > levels:  # noqa: PLR1730  # max() costs a call
                    levels = below
        if self.is_level:
            levels += 1
            if levels > MAX_DEPTH:
                raise conversion_error(f"components nest at most {MAX_DEPTH} deep")
        return levels

    # -- extra properties ---------------------------------------------------------------------------------------

    def _sort_extra(self, values: dict[str, Any]) -> None:
        """Move extra properties with a documented name to that property, if it accepts the value.

        Otherwise an object would differ from its copy that is written and read. Raises ConversionError for a value
        that no document can have there.
        """
        fields = self.fields
        kept: dict[str, Any] = {}
        problems = Problems()
        for wire, value in values.pop("extra").items():
            field = fields.by_wire_name.get(wire)
            if wire in fields.reserved:
                problems.add(("extra", wire), fields.reserved[wire])
            elif wire == "type" and value is None and fields.has_type:
                pass  # null means that there is none
            elif field is None:
                kept[wire] = value
            elif field.name in values:
                problems.add(("extra", wire), f"{field.name} is given as well; leave it out of extra")
            elif field.is_object_document(value):
                problems.add(("extra", wire), f"give {field.name} itself, as {field.expected}")
            elif field.may_become_known(value):
                kept[wire] = value
            elif value is not None or field.nullable:
                try:
                    values[field.name] = field.convert(value)
                except ConversionError as error:  # a document with it is not accepted either
                    problems.add_below(("extra", wire), error)
        problems.add_all(Problems(self._misleading(values, kept)))
        if problems:
            raise ConversionError(problems)
        if kept:
            values["extra"] = frozen_dict(kept)

    def _lacks_key(self, values: Mapping[str, Any]) -> bool:
        """Return whether the property that discriminates the type is absent, and an unknown property is given."""
        known = self.fields.by_wire_name.keys()
        return (
            self._key_name is not None
            and self._key_name not in values
            and not known >= values.get("extra", EMPTY).keys()
        )

    def _misleading(self, values: Mapping[str, Any], kept: Mapping[str, Any]) -> list[Problem]:
        """Return the extra property with which a document would be read as another member of the union."""
        fields = self.fields
        if fields.union is None or fields.options.unknown or not kept:
            return []
        discriminate = DISCRIMINATORS[fields.union]
        tag, key = fields.options.tag, fields.options.key
        if tag in discriminate.decisive_tags:
            return []
        document = dict(kept)
        if tag is not None:
            document["type"] = tag
        if key is not None:
            name = fields.by_wire_name[key].name
            if name not in values:
                return []
            document[key] = values[name]
        read_as = discriminate(document)
        if read_as == fields.name:
            return []
        decides = next((key for key, member in discriminate.keys.items() if member == read_as), "type")
        cls = find(read_as) if read_as is not None else carrier(fields.union)
        return [(("extra", decides), f"makes it {article(cls.__qualname__)}; use that class")]

    # -- classes of which no or few objects can be made ---------------------------------------------------------

    def _refuse_abstract(self, _: dict[str, Any]) -> None:
        raise TypeError(f"{self.fields.name} is what several types have in common; make one of those")

    def _refuse_known(self, values: dict[str, Any]) -> None:
        """Raise ConversionError if a document with these values would be read as a type that the library has."""
        fields = self.fields
        assert fields.union is not None, "an Unknown class belongs to a union"
        extra: Mapping[str, Any] = values.get("extra") or {}
        tag = values.get("type")
        discriminate = DISCRIMINATORS[fields.union]
        known = discriminate({**extra, "type": tag} if fields.has_type else extra)
        if known is None:
            return
        for key, name in discriminate.keys.items():
            if key in extra and name == known:
                raise ConversionError([(("extra", key), f"makes it {article(name)}; use that class")])
        if tag is not None:
            raise ConversionError([(("type",), f"{show(tag)} is known: use {known}")])
        raise conversion_error(f"neither a type nor a property that {known} lacks: use that class")


def extra_names(values: Mapping[str, Any]) -> Container[str]:
    """Return the names of the extra properties among given values, which need not have been converted."""
    extra: Any = values.get("extra")
    return extra if isinstance(extra, Mapping) else ()  # pyright: ignore[reportUnknownVariableType]  # only names are looked up


class _Constructions(dict[type, Construction]):
    def __missing__(self, cls: type[Any]) -> Construction:
        made = self[cls] = Construction(cls)
        return made


CONSTRUCTIONS: Final = _Constructions()
"""The construction of each model class. It is made when it is first looked up."""
