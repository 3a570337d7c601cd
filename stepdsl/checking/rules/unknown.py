"""Rules for types, properties and values that this library does not have.

The library sends them without a change. In most cases they are spelling mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.annotations import Kind
from stepdsl.core.converters import is_listable, members_by_value
from stepdsl.core.fields import FIELDS, near_wire_name, snake_case
from stepdsl.core.json import KeptDict, show_json
from stepdsl.core.messages import near, show
from stepdsl.core.model import Model
from stepdsl.core.types import tags
from stepdsl.core.unions import DISCRIMINATORS, unknown_tag
from stepdsl.model import unknown
from stepdsl.model.enums import Control
from stepdsl.model.unions import Layout, Schema
from stepdsl.wire import to_dict

_UNKNOWN_CLASSES: Final[tuple[type[Model], ...]] = tuple(getattr(unknown, name) for name in unknown.__all__)


@rule(
    "unknown-type",
    Severity.WARNING,
    "Each component has a supported type.",
    why="A client ignores a component that it does not know, or it fails. If a type is correct but newer than the "
    "library, ignore the rule for steps that use it.",
    failing={"layout": [{"type": "headng", "text": "Welcome"}]},
    passing={"layout": [{"type": "heading", "text": "Welcome"}]},
    on=_UNKNOWN_CLASSES,
)
def _unknown_type(component: Model, _: Walk) -> Iterator[Problem]:
    fields = FIELDS[component.__class__]
    assert fields.union is not None, "each of these classes belongs to a union"
    kind = snake_case(fields.name.removeprefix("Unknown")).replace("_", " ")
    tag = unknown_tag(component)
    if component.extra.__class__ is KeptDict and (tag is None or DISCRIMINATORS[fields.union](to_dict(component))):
        return  # the library has it, but it does not fit: the rule `wire` reports it
    if tag is None:
        yield Problem(f"no property shows what kind of {kind} it is", "check the names of its properties")
    else:
        known = tags(fields.union.__qualname__)
        yield Problem(
            f"{show(tag)} is no {kind} that the library supports{near(tag, known)}",
            "check how its type is spelt",
            ("type",),
        )


@rule(
    "unknown-property",
    Severity.WARNING,
    "Each property is a supported one.",
    why="A client ignores a property that it does not know, so a misspelt property has no effect. If a property is "
    "correct but newer than the library, ignore the rule for steps that use it.",
    failing={"layout": [{"type": "heading", "text": "Welcome", "alignment": "center"}]},
    passing={"layout": [{"type": "heading", "text": "Welcome", "align": "center"}]},
    on=(Model,),
    given=("extra",),
)
def _unknown_property(extra: Mapping[str, Any], at: Walk) -> Iterator[Problem]:
    if at.owner.__stepdsl__.unknown:
        return
    fields = FIELDS[at.owner.__class__]
    for name in extra:
        if name not in fields.by_wire_name and not (name == "type" and fields.has_type):
            hint = near_wire_name(name, fields.by_wire_name)
            yield Problem(f"{fields.name} has no such property{hint}", "check how its name is spelt", (name,))


@rule(
    "unknown-value",
    Severity.WARNING,
    "Each value of a closed enumeration is a supported one.",
    why="A client uses the default instead of a value that it does not know. If a value is correct but newer than the "
    "library, ignore the rule for steps that use it.",
    failing={"layout": [{"type": "heading", "text": "Welcome", "align": "centre"}]},
    passing={"layout": [{"type": "heading", "text": "Welcome", "align": "center"}]},
    on=(Model,),
    given=("extra",),
)
def _unknown_value(extra: Mapping[str, Any], at: Walk) -> Iterator[Problem]:
    fields = FIELDS[at.owner.__class__]
    for name, value in extra.items():
        field = fields.by_wire_name.get(name)
        if field is None or not field.enums:
            continue
        known = members_by_value(field.enums)
        listed = field.kind is Kind.SCALARS
        for index, one in enumerate(value) if listed and is_listable(value) else ((None, value),):
            if isinstance(one, str) and one not in known:  # anything else does not fit: the rule `wire` reports it
                yield Problem(
                    f"{show_json(one)} is no value that the library supports{near(one, known)}",
                    "check how it is spelt",
                    (name,) if index is None else (name, index),
                )


def _constants() -> dict[str, set[str]]:
    """Return the known controls of each type with controls: those of `Control`, and some from single pages."""
    found = {
        "BooleanSchema": {"checkbox", "switch"},
        "BoxLayout": {"bordered", "bordered-web"},
        "DecisionLayout": {"filtered"},
        "OneOfSchema": {"select", "radio", "segmented", "tab", "tabs"},
        "ParagraphLayout": {"copyable"},
        "ReviewLayout": {
            *("horizontal", "horizontal-end-aligned", "vertical", "vertical-one-column", "vertical-two-column"),
        },
        "StringSchema": {"text", "textarea", "phone-number", "date"},
    }
    for kind, group in (("Layout", Control.Layout), ("Schema", Control.Schema)):
        for name, constants in vars(group).items():
            if isinstance(constants, type):
                values = {value for key, value in vars(constants).items() if key.isupper()}
                found.setdefault(f"{name}{kind}", set()).update(values)
    return found


_CONTROLS: Final = _constants()


@rule(
    "unknown-control",
    Severity.WARNING,
    "The control is a supported one for the type of the component.",
    why="A client ignores a control that it does not know, and renders the component with its default control. The "
    "rule checks only types with known controls. Ignore the rule if your clients have additional controls.",
    failing={"layout": [{"type": "button", "title": "Pay", "control": "primry", "action": {"url": "/pay"}}]},
    passing={"layout": [{"type": "button", "title": "Pay", "control": "primary", "action": {"url": "/pay"}}]},
    on=(Layout, Schema),
    given=("control",),
)
def _unknown_control(control: str, at: Walk) -> Iterator[Problem]:
    name = at.owner.__class__.__qualname__
    known = _CONTROLS.get(name)
    if known is not None and control not in known:
        ordered = sorted(known)
        yield Problem(
            f"{show(control)} is no known control of {name}{near(control, ordered)}",
            f"use one of: {', '.join(ordered)}",
        )
