"""Every module lists in `__all__` what other modules may use, and other modules import nothing else of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import stepdsl

PACKAGE = Path(stepdsl.__file__).parent

COMPUTED = {"stepdsl", "stepdsl.dsl.builders"}
"""The modules whose `__all__` follows from the catalog when it is read."""


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


SOURCES = {name_of(path): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(source) for name, source in SOURCES.items()}
HAND_WRITTEN = {name for name, source in SOURCES.items() if not source.startswith("# Generated")}
LISTED = HAND_WRITTEN - COMPUTED


def assigned(tree: ast.Module) -> dict[str, ast.expr | None]:
    """The names that a module assigns, with their values."""
    found: dict[str, ast.expr | None] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            found |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = node.value
    return found


def exported(tree: ast.Module) -> set[str] | None:
    """The names in `__all__`; None without it."""
    value = assigned(tree).get("__all__")
    return None if value is None else set(ast.literal_eval(value))


def public_names(tree: ast.Module) -> set[str]:
    """The names without an underscore that a module defines."""
    defined = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return {name for name in defined | assigned(tree).keys() if not name.startswith("_")}


def taken(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The modules of the package from which a source imports, each with a name; modules themselves are left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in SOURCES:
            names = {alias.name for alias in node.names} - {"*"}
            yield from ((node.module, name) for name in names if f"{node.module}.{name}" not in SOURCES)


def test_names_and_imports_of_a_source_are_found():
    tree = ast.parse("""
from stepdsl.core import messages
from stepdsl.model.step import *
__all__ = ["A", "b"]
_C = 2
D: int = 1
class A: ...
def b():
    from stepdsl.core.messages import show
""")
    assert exported(tree) == {"A", "b"}
    assert public_names(tree) == {"A", "b", "D"}
    assert list(taken(tree)) == [("stepdsl.core.messages", "show")]


def test_every_module_that_defines_a_public_name_has_a_list():
    assert [name for name in sorted(LISTED) if public_names(TREES[name]) and exported(TREES[name]) is None] == []


@pytest.mark.parametrize("importer", sorted(SOURCES))
def test_only_listed_names_are_imported(importer):
    wrong = {
        f"{module}.{name}"
        for module, name in taken(TREES[importer])
        if module in LISTED and name not in (exported(TREES[module]) or ())
    }
    assert wrong == set()
