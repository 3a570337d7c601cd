"""The forms of a step: its schemas with values, choices and messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from attrs import frozen

from stepdsl.core.json import UNSET, is_array, is_object
from stepdsl.core.messages import Path, counted
from stepdsl.model.schemas import AllOfSchema, ArraySchema, BooleanSchema, ConstSchema, ObjectSchema, OneOfSchema
from stepdsl.model.step import Step
from stepdsl.model.unions import Schema
from stepdsl.rendering.facts import facts_of
from stepdsl.rendering.layouts import add_alert
from stepdsl.rendering.lines import Lines, braced, value_text
from stepdsl.validation import id_of, title_of
from stepdsl.validation.matching import has_shape, matching_alternative
from stepdsl.validation.paths import leaves, path_text

__all__ = ["Entered", "StepForms"]

_MOST_OPTIONS: Final = 12
"""The greatest number of options of a choice that are shown, besides the chosen one."""

_Sources: TypeAlias = tuple[Any, ...]
"""Where the value of a field is looked up: in the given values, then in the model of the step, as far as they exist."""


@frozen
class Entered:
    """What a user has entered in the forms of a step. Nothing else is shown: no model, and no default."""

    roots: Sequence[Any]
    """The value of each root schema; None for an empty one."""
    chosen: Mapping[tuple[int, Path], int | None]
    """The position of the chosen alternative of each one-of, by the identity of its schema and its path."""


class _Place(NamedTuple):
    """A field: where it is, and what is around it."""

    label: str
    """What the line of the field begins with."""
    path: Path
    """The path of its value in the values of the step."""
    sources: _Sources
    """Where its value is looked up."""
    required: bool = False
    """Whether an object requires it."""
    hidden: bool = False
    """Whether no client shows it."""
    root: str | None = None
    """The `$id` of its root schema. A message at one of several fields with the same path begins with it."""


class StepForms:
    """Shows the root schemas of a step. A schema is shown once; another form layout only refers to it."""

    def __init__(self, step: Step, values: Mapping[str, Any] | None, entered: Entered | None = None) -> None:
        """Take the step, and the values of its forms, or what a user has entered in them."""
        self._entered = entered
        self._schemas = step.schemas
        self._by_id = {id_of(schema): schema for schema in reversed(step.schemas)}
        given = None if values is None else dict(values)
        self._sources: _Sources = tuple(part for part in (given, step.model) if part is not None and part is not UNSET)
        validation = None if step.errors is None else step.errors.validation
        self._messages = dict(_messages(validation))
        self._shown: set[int] = set()
        self._placed: set[Path] = set()

    def add_form(self, lines: Lines, schema_id: str) -> None:
        """Add the lines of a form."""
        schema = self._by_id.get(schema_id)
        if schema is None:
            lines.add(f"Form {schema_id} (no root schema has this id)")
        elif id(schema) in self._shown:
            lines.add(f"Form {schema_id} (shown above)")
        else:
            self._add_root(lines, schema, f"Form {schema_id}", hidden=False)

    def add_others(self, lines: Lines) -> None:
        """Add the lines of the schemas that no form shows. Their values are submitted too."""
        others = [(at, schema) for at, schema in enumerate(self._schemas) if id(schema) not in self._shown]
        if others:
            lines.add("Not shown")
        for at, schema in others:
            self._add_root(lines.below(), schema, id_of(schema) or f"schemas[{at}]", hidden=True)

    def left_messages(self) -> Iterator[str]:
        """Yield the messages that belong to no field that was shown, each with its path."""
        for path, message in self._messages.items():
            if path not in self._placed:
                yield f"{path_text(path)}: {message}" if path else message

    def _add_root(self, lines: Lines, schema: Schema, label: str, *, hidden: bool) -> None:
        self._shown.add(id(schema))
        sources = self._sources
        if self._entered is not None:
            position = next(at for at, one in enumerate(self._schemas) if one is schema)
            sources = tuple(one for one in (self._entered.roots[position],) if one is not None)
        elif not has_shape(schema, {}):  # the object with the data of all forms is no value of it
            sources = tuple(source for source in sources if not is_object(source))
        self._add(lines, schema, _Place(label, (), sources, hidden=hidden, root=id_of(schema)))

    # -- fields -----------------------------------------------------------------------------------------------------

    def _add(self, lines: Lines, schema: Schema, place: _Place) -> None:
        """Add the line of a field, and below it its messages and its parts."""
        place = place._replace(hidden=place.hidden or bool(schema.__dict__.get("hidden")))
        below = lines.below()
        match schema:
            case ObjectSchema():
                self._add_head(lines, schema, place)
                self._add_properties(below, schema, place)
            case AllOfSchema(schemas=parts):
                self._add_head(lines, schema, place)
                for part in parts:
                    self._add_part(below, part, place)
            case OneOfSchema():
                self._add_one_of(lines, schema, place)
            case ArraySchema.List(items=items):
                self._add_array(lines, schema, place, items)
            case ArraySchema.Tuple(items=items):
                self._add_array(lines, schema, place, items)
            case _:
                default = schema.__dict__.get("default") if self._entered is None else None
                self._add_head(lines, schema, place, _value(schema, place.sources, default))

    def _add_head(self, lines: Lines, schema: Schema, place: _Place, value: object = None) -> None:
        """Add the line of a field, its description, its alerts and its message."""
        title = title_of(schema)
        text = f"{place.label}: {title}" if title else place.label
        if value is not None:
            text += f" = {value}"
        text += braced(facts_of(schema, required=place.required))
        lines.add(_bracketed(text, place))
        below = lines.below()
        description: str | None = schema.__dict__.get("description")
        if description is not None and not place.hidden:
            below.add(description)
        alert, inline = schema.__dict__.get("alert"), schema.__dict__.get("inline_alert")
        if alert is not None:
            add_alert(below, alert.markdown, alert.context)
        if inline is not None:
            add_alert(below, inline.content, inline.context)
        own: Path = place.path if place.root is None else (place.root, *place.path)
        for path in dict.fromkeys((own, place.path)) if place.path else ():
            if path in self._messages and path not in self._placed:
                self._placed.add(path)
                below.add(f"! {self._messages[path]}")

    def _add_properties(self, lines: Lines, schema: ObjectSchema, place: _Place) -> None:
        required = frozenset(schema.required or ())
        shown = dict.fromkeys(name for name in schema.display_order if name in schema.properties)
        for name in {**shown, **schema.properties}:
            below = _Place(
                name,
                (*place.path, name),
                _below(place.sources, name),
                name in required,
                place.hidden or name not in shown,
                place.root,
            )
            self._add(lines, schema.properties[name], below)

    def _add_content(self, lines: Lines, schema: Schema, place: _Place) -> None:
        """Add the parts of the alternative of a choice. Its title is there already."""
        if isinstance(schema, ObjectSchema):
            self._add_properties(lines, schema, place)
        elif isinstance(schema, AllOfSchema):
            for part in schema.schemas:
                self._add_part(lines, part, place)
        else:
            self._add(lines, schema, place._replace(label="value", required=False))

    def _add_part(self, lines: Lines, schema: Schema, place: _Place) -> None:
        """Add a schema that describes the same value as the all-of schema around it."""
        if isinstance(schema, ObjectSchema) and not title_of(schema):
            self._add_properties(lines, schema, place._replace(hidden=place.hidden or bool(schema.hidden)))
        else:
            self._add(lines, schema, place._replace(label="part", required=False))

    def _add_array(self, lines: Lines, schema: Schema, place: _Place, items: Schema | Sequence[Schema]) -> None:
        value: Any = place.sources[0] if place.sources else []
        given: Sequence[Any] = value if is_array(value) else ()
        text = None if is_array(value) else _shown(value)
        parts: list[tuple[Schema, _Sources]]
        if isinstance(items, Schema):
            parts = [(items, (item,)) for item in given]
            text = text or counted(len(given), "item")
        else:
            parts = [(part, tuple(given[at : at + 1])) for at, part in enumerate(items)]
        self._add_head(lines, schema, place, text)
        for at, (part, sources) in enumerate(parts):
            below = _Place(f"item {at}", (*place.path, at), sources, hidden=place.hidden, root=place.root)
            self._add(lines.below(), part, below)

    def _add_one_of(self, lines: Lines, schema: OneOfSchema, place: _Place) -> None:
        value = _merged(place.sources)
        options = schema.schemas
        if self._entered is not None:
            chosen = self._entered.chosen.get((id(schema), place.path))
        else:
            if value is UNSET and schema.default is not UNSET:
                value = schema.default
                place = place._replace(sources=(value,))
            chosen = _chosen(options, value)
        is_constant = chosen is None or isinstance(options[chosen], ConstSchema)
        self._add_head(lines, schema, place, _shown(value) if is_constant else None)
        below = lines.below()
        for at, option in enumerate(options):
            if at < _MOST_OPTIONS or at == chosen:
                below.add(_bracketed(f"{'(x)' if at == chosen else '( )'} {_option(option, at)}", place))
            if at == chosen and not is_constant:
                self._add_content(below.below(), option, place)
        left = len(options) - _MOST_OPTIONS - int(chosen is not None and chosen >= _MOST_OPTIONS)
        if left > 0:
            below.add(_bracketed(f"… and {left} more", place))


# -- values ---------------------------------------------------------------------------------------------------------


def _bracketed(text: str, place: _Place) -> str:
    return f"[{text}]" if place.hidden else text


def _below(sources: _Sources, name: str) -> _Sources:
    """Return where the value of a property is looked up. A value that is no object hides those after it."""
    found: list[Any] = []
    for source in sources:
        if not is_object(source):
            break
        if name in source:
            found.append(source[name])
    return tuple(found)


def _merged(sources: _Sources) -> Any:
    """Return one value. The properties of objects are merged."""
    if not sources or not is_object(sources[0]):
        return sources[0] if sources else UNSET
    merged: dict[str, Any] = {}
    for source in filter(is_object, sources):
        merged = {**source, **merged}
    return merged


def _value(schema: Schema, sources: _Sources, default: Any) -> str:
    """Return the value of a field without parts, as text."""
    if isinstance(schema, ConstSchema) and schema.value is not UNSET:
        return value_text(schema.value)
    value = sources[0] if sources else default
    if value is None and isinstance(schema, BooleanSchema):
        return "false"  # what a client submits
    return _shown(value)


def _shown(value: Any) -> str:
    return "empty" if value is None or value is UNSET else value_text(value)


def _chosen(options: Sequence[Schema], value: Any) -> int | None:
    """Return the position of the option that a client selects for a value."""
    return None if value is None or value is UNSET else matching_alternative(options, value)


def _option(option: Schema, at: int) -> str:
    title = title_of(option)
    disabled = "disabled" if option.__dict__.get("disabled") else None
    if isinstance(option, ConstSchema):
        value = value_text(None if option.value is UNSET else option.value)
        return (f"{title} = {value}" if title else value) + braced([disabled])
    return (title or f"option {at}") + braced([disabled])


def _messages(validation: Any) -> Iterator[tuple[Path, str]]:
    """Yield the messages in the errors of a step, in their order, each with the path of its field."""
    for path, value in leaves(validation):
        if value is not None and value is not UNSET:
            yield path, value if isinstance(value, str) else value_text(value)
