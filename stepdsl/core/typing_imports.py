"""Names that a module imports for its annotations only, available at run time on demand.

Models refer to other families by imports under `if TYPE_CHECKING:`, so that a family is imported only when one of its
types is used. `typing.get_type_hints`, `inspect.get_annotations` and `attrs.resolve_types` need the names all the
same. They look them up in the `__dict__` of the module; when it is first read, the imports are run.
"""

from __future__ import annotations

import ast
import inspect
from types import ModuleType
from typing import TYPE_CHECKING, Any

__all__ = ["annotations_of", "names_of", "run_typing_imports_on_demand"]

_DONE = "__typing_imports__"

names_of: Any = vars(ModuleType)["__dict__"].__get__
"""Returns the names of a module as they are, without running its typing imports."""


def annotations_of(cls: type[Any]) -> dict[str, Any]:
    """Return the annotations of a class's own attributes as they are written, without running typing imports."""
    written: dict[str, Any] | None = vars(cls).get("__annotations__")
    return inspect.get_annotations(cls) if written is None else written


class _Annotated(ModuleType):
    """A module whose imports under `if TYPE_CHECKING:` run when its `__dict__` is first read from outside."""

    if not TYPE_CHECKING:

        @property
        def __dict__(self):
            """Return the names of the module, those for annotations included."""
            names = names_of(self)
            importing = getattr(names.get("__spec__"), "_initializing", False)  # attrs reads it while it makes a class
            if not importing and _DONE not in names:
                names[_DONE] = True
                _run_typing_imports(self, names)
            return names


def run_typing_imports_on_demand(module: ModuleType) -> None:
    """Let the names that a module imports for its annotations be looked up at run time."""
    if module.__class__ is ModuleType:
        module.__class__ = _Annotated


def _run_typing_imports(module: ModuleType, names: dict[str, Any]) -> None:
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError):  # a module without source
        return
    for statement in tree.body:
        if isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
            imports: list[ast.stmt] = [
                part for part in statement.body if isinstance(part, (ast.Import, ast.ImportFrom))
            ]
            exec(compile(ast.Module(imports, []), module.__file__ or "", "exec"), names)
