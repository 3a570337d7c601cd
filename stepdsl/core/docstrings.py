"""Reads the docstrings of properties and constants, which Python itself does not keep, from the models' source."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from types import ModuleType

__all__ = ["field_docstring"]


def field_docstring(cls: type, name: str) -> str:
    """Return the docstring below the line of a property, of an enum's member or of another constant.

    It may be an inherited one; it is empty if there is none.
    """
    for base in cls.__mro__:
        module = inspect.getmodule(base)
        found = _docstrings(module).get((base.__qualname__, name)) if module is not None else None
        if found is not None:
            return inspect.cleandoc(found)
    return ""


@cache
def _docstrings(module: ModuleType) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError):  # a module without source
        return found
    _collect(tree.body, "", found)
    return found


def _collect(body: list[ast.stmt], prefix: str, found: dict[tuple[str, str], str]) -> None:
    for statement, below in zip(body, [*body[1:], None], strict=True):
        match statement, below:
            case ast.ClassDef(name=name, body=inner), _:
                _collect(inner, f"{prefix}{name}.", found)
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                found[prefix.rstrip("."), name] = text
            case _:
                pass
