"""Reads the docstrings of properties, which Python itself does not keep, from the source of the models."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from types import ModuleType


def property_docstring(cls: type, name: str) -> str:
    """Return the docstring below a property's line, its own or an inherited one; empty if there is none."""
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
        if isinstance(statement, ast.ClassDef):
            _collect(statement.body, f"{prefix}{statement.name}.", found)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            match below:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    found[prefix.rstrip("."), statement.target.id] = text
                case _:
                    pass
