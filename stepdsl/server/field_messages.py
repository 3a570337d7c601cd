"""Builds the `validation` of an error body: messages for fields, nested like the submission.

The cost grows with the number of messages. A message that is added costs as much as its path has parts, and a path has
at most 100 parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from stepdsl.core.arguments import expect_mapping
from stepdsl.core.json import MAX_DEPTH, freeze_members, is_array, is_object
from stepdsl.core.messages import ConversionError, Problems, conversion_error, show
from stepdsl.model.step import Step
from stepdsl.validation.known_fields import unknown_fields
from stepdsl.validation.paths import parse_path

__all__ = ["nest_messages"]

_VALUE_AND_PARTS: Final = "messages of the value and of what is in it"

_Tree: TypeAlias = dict[str | int, Any]
"""The messages, nested. A key is one part of a path. A value is a message or another tree, which is not empty."""


def nest_messages(validation: Mapping[str, Any], step: Step | None) -> Any:
    """Return the messages as the JSON for an error body.

    Keys are paths (`address.city`, `children[0].name`, `['a.b']`). A value is a message, or nested messages. Items of a
    list without a message are null. Raises InvalidValueError with all problems: a key that is not a path or has more
    than 100 parts, a value that is not a message, two messages for the same path. With a step, also a path that is not
    a field of its schemas.
    """
    expect_mapping("validation", validation)
    try:
        tree = _nested(freeze_members(validation))
        if step is not None and (unknown := unknown_fields(step.schemas, tree)):
            raise ConversionError(unknown)
    except ConversionError as error:
        raise error.as_invalid_value("validation") from None
    return _plain(tree)


def _nested(messages: Mapping[str, Any]) -> _Tree:
    """Return all messages in one tree. Raises ConversionError with all problems."""
    tree: _Tree = {}
    problems = Problems()
    for key, given in messages.items():
        path = parse_path(key)
        if path is None:
            problems.add((), f"expected paths such as 'address.city', got {show(key)}")
        elif len(path) > MAX_DEPTH:
            problems.add((), f"expected paths of at most {MAX_DEPTH} parts, got {show(key)}")
        else:
            try:
                below = _subtree(given, MAX_DEPTH - len(path))
            except ConversionError as error:
                problems.add_below(path, error)
            else:
                if below is not None:
                    for part in reversed(path):
                        below = {part: below}
                    _merge(tree, below, [], problems)
    if problems:
        raise ConversionError(problems)
    return tree


def _subtree(given: Any, levels: int) -> Any:
    """Return the messages in a JSON value: a text, a tree, or None if there are none.

    `levels`: how deep the value can be nested. Raises ConversionError for what is not a message, and for more levels.
    """
    parts: Iterable[tuple[str | int, Any]]
    if given is None or isinstance(given, str):
        return given
    if is_object(given):
        parts = given.items()
    elif is_array(given):
        parts = enumerate(given)
    else:
        raise conversion_error(f"expected a message, got {show(given)}")
    tree: _Tree = {}
    problems = Problems()
    for part, inner in parts:
        try:
            below = _subtree(inner, levels - 1)
        except ConversionError as error:
            problems.add_below((part,), error)
        else:
            if below is not None:
                tree[part] = below
    if problems:
        raise ConversionError(problems)
    if tree and levels == 0:
        raise conversion_error(f"JSON values nest at most {MAX_DEPTH} deep")
    return tree or None


def _merge(tree: _Tree, more: _Tree, path: list[str | int], problems: Problems) -> None:
    """Add the messages of a tree to another one for the same value, which is at `path`. Conflicts are problems."""
    for part, below in more.items():
        if isinstance(next(iter(tree), part), int) != isinstance(part, int):
            problems.add(tuple(path), "messages of both fields and items of a list")
            return
        if part not in tree:
            tree[part] = below
            continue
        present = tree[part]
        path.append(part)
        if isinstance(present, dict) and isinstance(below, dict):
            _merge(present, below, path, problems)  # pyright: ignore[reportUnknownArgumentType]  # trees
        else:
            twice = isinstance(present, str) and isinstance(below, str)
            problems.add(tuple(path), "given twice" if twice else _VALUE_AND_PARTS)
        path.pop()


def _plain(tree: _Tree) -> Any:
    """Return the messages as plain JSON. A tree with list indexes becomes a list."""
    plain = {part: _plain(below) if isinstance(below, dict) else below for part, below in tree.items()}  # pyright: ignore[reportUnknownArgumentType]  # a tree
    indexes = [part for part in plain if isinstance(part, int)]
    return [plain.get(index) for index in range(max(indexes) + 1)] if indexes else plain
