"""Whether a document is accepted: by the JSON Schema of a type, and by `loads`."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, TypeChecker, validators

from stepdsl import WireError, json_schema, loads
from stepdsl.jsonschema import schema_types

TYPES = schema_types()
CONCRETE = {name: cls for name, cls in TYPES.items() if not cls.__stepdsl__.abstract}
UNIONS = {name: cls for name, cls in TYPES.items() if cls.__stepdsl__.abstract}


def is_integer(_: TypeChecker, value: object) -> bool:
    """Whether a number is an integer as `loads` sees it: by its spelling, so that 5.0 is none."""
    return isinstance(value, int) and not isinstance(value, bool)


_Strict: Any = validators.extend(
    Draft202012Validator, type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", is_integer)
)


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema of a type, made once; not to be changed."""
    return json_schema(TYPES[name])


@cache
def validator(name: str) -> Any:
    """The validator of a type's schema, by its documented name."""
    return _Strict(schema(name))


def is_valid(document: object, name: str) -> bool:
    """Return whether the schema accepts a document."""
    return validator(name).is_valid(document)


def is_read(document: object, name: str) -> bool:
    """Return whether `loads` accepts a document."""
    try:
        loads(json.dumps(document), TYPES[name])
    except WireError:
        return False
    return True


def agree(document: object, name: str) -> bool:
    """Return whether both accept a document; fail if only one does."""
    valid, read = is_valid(document, name), is_read(document, name)
    reported = [error.message for error in validator(name).iter_errors(document)] if valid != read else []
    assert valid == read, f"{name}: loads {'accepts' if read else 'refuses'} {document}; the schema says {reported}"
    return read
