"""Reads the annotation of a property, without importing the families that it names.

An annotation is one of: `str`, `int`, `bool`, `float`, `Json`, one or several enums (beside the aliases of their
strings), a model, a `Sequence` or a `Mapping[str, …]` of these; `| None` where it may be left out. Enums are imported
by the module that uses them; a name that the module does not have at run time is a model of another family, found on
first use.
"""

from __future__ import annotations

import ast
import inspect
import sys
from enum import Enum
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, cast

__all__ = ["Annotation", "Kind", "Named", "annotations_of", "read", "run_typing_imports_on_demand"]

SCALAR_TYPES: Final[dict[str, type]] = {"str": str, "int": int, "bool": bool, "float": float}


class Kind(Enum):
    """The kinds of values of properties."""

    SCALAR = "a string, number or boolean"
    JSON = "any JSON value"
    ENUM = "a member of an enum"
    OBJECT = "an object"
    SCALARS = "a list of strings or enum members"
    LIST = "a list of objects"
    SCALAR_MAP = "a map of strings"
    MAP = "a map of objects"

    @property
    def is_object(self) -> bool:
        """Whether the values are models."""
        return self in (Kind.OBJECT, Kind.LIST, Kind.MAP)


class Named(NamedTuple):
    """A model by its documented name; the class itself is found on first use."""

    name: str
    """The documented name, such as `Polling.OnError`."""


Member: TypeAlias = type[Any] | Named


class Annotation(NamedTuple):
    """The kind and the types of an annotation: those of the value, or of its members."""

    kind: Kind
    """The kind of the value."""
    member: Member | None
    """The type of the value, or of the members of the list or map; None for any JSON value."""
    enums: tuple[type[Enum], ...] = ()
    """All enums that the values may be of, in the order in which a string is looked up; `member` is the first."""


def read(annotation: str, module: str) -> Annotation:
    """Return the kind and the types of a property's annotation; raise TypeError for one that no property may have."""
    return _read(ast.parse(annotation, mode="eval").body, names_of(sys.modules[module]), annotation)


def _read(node: ast.expr, known: dict[str, Any], text: str) -> Annotation:
    choices = [part for part in _choices(node) if not (_is_none(part) or ast.unparse(part).endswith("Literal"))]
    if len(choices) > 1:
        read = [_read(choice, known, text) for choice in choices]
        enums = tuple(enum for one in read for enum in one.enums)
        if all(one.kind is Kind.ENUM for one in read):
            return Annotation(Kind.ENUM, enums[0], enums)
    elif choices:
        choice = choices[0]
        if isinstance(choice, ast.Subscript):
            outer = ast.unparse(choice.value)
            inner = choice.slice
            if outer == "Sequence":
                part = _read(inner, known, text)
                return Annotation(Kind.LIST if part.kind is Kind.OBJECT else Kind.SCALARS, part.member, part.enums)
            if outer == "Mapping" and isinstance(inner, ast.Tuple) and ast.unparse(inner.elts[0]) == "str":
                part = _read(inner.elts[1], known, text)
                return Annotation(Kind.MAP if part.kind is Kind.OBJECT else Kind.SCALAR_MAP, part.member)
        elif isinstance(choice, (ast.Name, ast.Attribute)):
            return _read_name(ast.unparse(choice), known)
    raise TypeError(f"no property can be annotated {text!r}")


def _read_name(name: str, known: dict[str, Any]) -> Annotation:
    if name == "Json":
        return Annotation(Kind.JSON, None)
    if name in SCALAR_TYPES:
        return Annotation(Kind.SCALAR, SCALAR_TYPES[name])
    first, *rest = name.split(".")
    found: Any = known.get(first)
    for part in rest:
        found = getattr(found, part, None)
    if isinstance(found, type) and issubclass(found, Enum):
        return Annotation(Kind.ENUM, found, (found,))
    return Annotation(Kind.OBJECT, Named(name) if found is None else cast("type[Any]", found))


def _choices(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return [*_choices(node.left), *_choices(node.right)]
    return [node]


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


# -- names that only annotations use --------------------------------------------------------------------------------
# Models refer to other families by imports under `if TYPE_CHECKING:`, so that a family is imported only when one of its
# types is used. `typing.get_type_hints`, `inspect.get_annotations` and `attrs.resolve_types` need the names all the
# same. They look them up in the `__dict__` of the module; when it is first read, these imports are run.

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
