"""The declarations of the builders (`.pyi`), as text that follows from the fields of the models.

For each model: `_XArgs` (the keywords of its opener), `XBuilder` (its properties), `XOpener` (the ways to call it)
and, for a member of a map, `_XMapAdder`. For each property that is a list, a map or a union: its builder and its
opener. They have no logic; `stepdsl.dsl.factory` makes the real classes from the same table.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType

from stepdsl.core.annotations import Kind
from stepdsl.core.docstrings import field_docstring
from stepdsl.core.fields import FIELDS, Field, Fields, undotted
from stepdsl.core.model import Model
from stepdsl.core.provenance import Generation

__all__ = ["declarations", "exports", "public_names", "unions"]

_GENERATIONS = {
    Generation.CORE: " (core only)",
    Generation.CORE2: " (core2)",
    Generation.BOTH: "",
    Generation.SUPERSEDED: " (deprecated in core2)",
}


def unions(models: Mapping[str, type[Model]]) -> dict[str, dict[str, type[Model]]]:
    """Return the members of each union under the names of their adders."""
    found: dict[str, dict[str, type[Model]]] = {}
    for name, union in models.items():
        if union.__stepdsl__.union:
            members = (cls for cls in models.values() if issubclass(cls, union) and not cls.__stepdsl__.abstract)
            found[name] = dict(sorted((FIELDS[cls].adder, cls) for cls in members))
    return found


def declarations(modules: Mapping[str, ModuleType], models: Mapping[str, type[Model]]) -> str:
    """Return the source of `stepdsl/model/declarations.pyi`, without the header."""
    concrete = [cls for cls in models.values() if not cls.__stepdsl__.abstract]
    members = unions(models)
    in_maps = _map_members(concrete, members)
    blocks = [block for cls in concrete for block in _model(FIELDS[cls], cls in in_maps)]
    return _with_imports([_BASES, *blocks, *_containers(concrete, members)], modules)


def public_names(modules: Mapping[str, ModuleType], models: Mapping[str, type[Model]]) -> list[str]:
    """Return the names of all classes of builders and openers."""
    lines = declarations(modules, models).splitlines()
    names = (line.removeprefix("class ").partition("(")[0] for line in lines if line.startswith("class "))
    return sorted(n for n in names if n.endswith(("Builder", "Opener")) and not n.startswith("_") and n not in _GENERIC)


def exports(names: Iterable[str]) -> str:
    """Return the source of `stepdsl/dsl/builders.pyi`, without the header: the names of the declarations."""
    names = list(names)
    imports = [f"    {name} as {name}," for name in names]
    listed = [f'    "{name}",' for name in names]
    return "\n".join(["from stepdsl.model.declarations import (", *imports, ")", "", "__all__ = [", *listed, "]", ""])


_GENERIC = ("Builder", "ListBuilder", "MapBuilder")
_BASES = '''_M = TypeVar("_M")
_M_co = TypeVar("_M_co", covariant=True)
_Opener_co = TypeVar("_Opener_co", covariant=True)
_Value_contra = TypeVar("_Value_contra", contravariant=True)

class _Child(Generic[_Opener_co, _Value_contra]):
    """A property that is opened (`step.polling()`) or assigned a finished object (`step.polling = …`)."""
    def __get__(self, builder: object, owner: type | None = None, /) -> _Opener_co: ...
    def __set__(self, builder: object, value: _Value_contra, /) -> None: ...
class _Adder(Protocol[_Opener_co]):
    """A method that opens a member of a list or map. It is called, never assigned."""
    def __get__(self, builder: object, owner: type | None = None, /) -> _Opener_co: ...
class _Block:
    """What is opened by `with`."""
    def __new__(cls, never: Never, /) -> Self:
        """Refuse the call: builders come from `X.build` and from the openers of other builders."""
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def __bool__(self) -> bool: ...
class Builder(_Block, Generic[_M_co]):
    """Builds one object: assign its properties, open its parts, and take `built` when the block has ended.

    A value is checked at the line that sets it. `"polling" in step` returns whether a property was given or opened. The
    generated declarations list the properties.
    """
    def __call__(self, block: Callable[[Self], object], /) -> _M_co:
        """Run a callback in the block, and return the finished object: `@Step.build(id="…")`.

        Raises ScopeError for a callback that is async, a generator, or that returns something.
        """
    def __contains__(self, name: str, /) -> bool:
        """Return whether a property was given or opened; raise UnknownPropertyError for a name that is none."""
    @property
    def built(self) -> _M_co:
        """The finished object; raises ScopeError before the block has ended."""
class ListBuilder(_Block, Generic[_M]):
    """Adds to a list: by its adders, by `add` or by `extend`."""
    def __call__(self, block: Callable[[Self], object], /) -> None:
        """Run a callback in the block: `@step.layout()`.

        Raises ScopeError for a callback that is async, a generator, or that returns something.
        """
    def add(self, finished: _M, /) -> None:
        """Add a finished object; raise InvalidValueError if the list cannot have it."""
    def extend(self, finished: Iterable[_M], /) -> None:
        """Add finished objects, all or none; raise InvalidValueError if the list cannot have one of them."""
class MapBuilder(_Block, Generic[_M]):
    """Adds to a map, the name first: by its adders, by `add` or by `extend`.

    `"iban" in properties` returns whether the map has a member with a name.
    """
    def __call__(self, block: Callable[[Self], object], /) -> None:
        """Run a callback in the block: `@form.properties()`.

        Raises ScopeError for a callback that is async, a generator, or that returns something.
        """
    def __contains__(self, name: object, /) -> bool:
        """Return whether the map has a member with this name."""
    def add(self, name: str, finished: _M, /) -> None:
        """Add a finished object; raise InvalidValueError if the map cannot have it, ScopeError for a name in use."""
    def extend(self, finished: Mapping[str, _M], /) -> None:
        """Add finished objects under their names, all or none.

        Raises InvalidValueError if the map cannot have one of them, ScopeError for a name in use.
        """'''
"""The generic classes, which `stepdsl.dsl.builder` and `stepdsl.dsl.lists` implement."""


def _map_members(concrete: Iterable[type[Model]], members: Mapping[str, Mapping[str, type[Model]]]) -> set[type[Model]]:
    field = {p.member for cls in concrete for p in FIELDS[cls].by_name.values() if p.kind is Kind.MAP}
    return {cls for union in field for cls in members.get(union.__qualname__, {"": union}).values()}


def _model(fields: Fields, in_map: bool) -> Iterator[str]:
    name, documented = undotted(fields.name), fields.name
    properties = list(fields.by_name.values())
    yield "\n".join(
        [
            f"class _{name}Args(TypedDict, total=False):",
            *(f"    {p.name}: {_given(p)}" for p in properties),
            "    extra: Mapping[str, Any]",
        ]
    )
    body = [f"class {name}Builder(Builder[{documented}]):", *_docstring(fields.cls.__doc__ or "")]
    for field in properties:
        body.append(f"    {field.name}: {_declared(field)}")
        body += _docstring(field_docstring(fields.cls, field.name) + _GENERATIONS[field.generation])
    body += ["    extra: Mapping[str, Any]", *_docstring(field_docstring(Model, "extra"))]
    body.append(f"    def __enter__(self) -> {name}Builder: ...")
    yield "\n".join(body)
    yield _opener(f"{name}Opener", "", name, documented)
    if in_map:
        yield _opener(f"_{name}MapAdder", "name: str, ", name, documented)


def _opener(opener: str, first: str, name: str, documented: str) -> str:
    return "\n".join(
        [
            f"class {opener}(Protocol):",
            "    @overload",
            f"    def __call__(self, {first}block: Callable[[{name}Builder], object], /) -> {documented}: ...",
            "    @overload",
            f"    def __call__(self, {first}finished: {documented}, /) -> {documented}: ...",
            "    @overload",
            f"    def __call__(self, {first}/, **values: Unpack[_{name}Args]) -> {name}Builder: ...",
        ]
    )


def _given(field: Field) -> str:
    """Return the type of a property as a keyword of an opener."""
    none = " | None" if not field.required and field.default is None else ""
    if field.kind is Kind.LIST:
        return f"Iterable[{field.member.__qualname__}]{none}"
    if field.kind is Kind.JSON:
        return "JsonValue"
    return field.annotation


def _declared(field: Field) -> str:
    """Return the type of a property on its builder."""
    if not field.kind.is_object:
        return field.annotation
    suffix = {Kind.LIST: "List", Kind.MAP: "Map", Kind.OBJECT: "" if field.union is None else "Union"}[field.kind]
    return f"_Child[{undotted(field.member.__qualname__)}{suffix}Opener, {_given(field)}]"


def _containers(concrete: Iterable[type[Model]], members: Mapping[str, Mapping[str, type[Model]]]) -> Iterator[str]:
    wanted: dict[str, tuple[Kind, type[Model]]] = {}
    for cls in concrete:
        for field in FIELDS[cls].by_name.values():
            if field.kind in (Kind.LIST, Kind.MAP) or (field.kind is Kind.OBJECT and field.union is not None):
                wanted[f"{field.member.__qualname__} {field.kind.name}"] = (field.kind, field.member)
    for _, (kind, member) in sorted(wanted.items()):
        adders = members.get(member.__qualname__, {FIELDS[member].adder: member})
        yield from {Kind.LIST: _list, Kind.MAP: _map, Kind.OBJECT: _union}[kind](member.__qualname__, adders)


def _list(documented: str, adders: Mapping[str, type[Model]]) -> Iterator[str]:
    name = undotted(documented)
    yield "\n".join(
        [
            f"class {name}ListBuilder(ListBuilder[{documented}]):",
            *_docstring(f"Adds to a list of {documented}: by one of the adders, `add` or `extend`."),
            *_adders(adders, "", "Opener"),
            f"    def __enter__(self) -> {name}ListBuilder: ...",
        ]
    )
    yield _container_opener(f"{name}List", f"Iterable[{documented}]")


def _map(documented: str, adders: Mapping[str, type[Model]]) -> Iterator[str]:
    name = undotted(documented)
    yield "\n".join(
        [
            f"class {name}MapBuilder(MapBuilder[{documented}]):",
            *_docstring(f"Adds to a map of {documented}, the name first: by one of the adders, `add` or `extend`."),
            *_adders(adders, "_", "MapAdder"),
            f"    def __enter__(self) -> {name}MapBuilder: ...",
        ]
    )
    yield _container_opener(f"{name}Map", f"Mapping[str, {documented}]")


def _union(documented: str, adders: Mapping[str, type[Model]]) -> Iterator[str]:
    lines = [
        f"class {undotted(documented)}UnionOpener(Protocol):",
        *_docstring(f"Opens one of the kinds of {documented}."),
    ]
    for adder, cls in adders.items():
        lines += ["    @property", f"    def {adder}(self) -> {undotted(cls.__qualname__)}Opener:"]
        lines += [f"    {line}" for line in _docstring(cls.__doc__ or "")]
    lines.append(f"    def __call__(self, finished: {documented}, /) -> {documented}: ...")
    yield "\n".join(lines)


def _adders(adders: Mapping[str, type[Model]], prefix: str, suffix: str) -> Iterator[str]:
    for adder, cls in adders.items():
        yield f"    {adder}: _Adder[{prefix}{undotted(cls.__qualname__)}{suffix}]"
        yield from _docstring(cls.__doc__ or "")


def _container_opener(name: str, finished: str) -> str:
    return "\n".join(
        [
            f"class {name}Opener(Protocol):",
            "    @overload",
            f"    def __call__(self, /) -> {name}Builder: ...",
            "    @overload",
            f"    def __call__(self, block: Callable[[{name}Builder], object], /) -> None: ...",
            "    @overload",
            f"    def __call__(self, finished: {finished}, /) -> None: ...",
        ]
    )


def _docstring(text: str) -> list[str]:
    lines = inspect.cleandoc(text).splitlines()
    if len(lines) == 1:
        return [f'    """{lines[0]}"""']
    return [f'    """{lines[0]}', *(f"    {line}" if line else "" for line in lines[1:]), '    """']


def _with_imports(blocks: list[str], modules: Mapping[str, ModuleType]) -> str:
    """Return the declarations after the imports of all names that they use."""
    source = "\n".join(blocks)
    used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    homes = dict.fromkeys(("Callable", "Iterable", "Mapping", "Sequence"), "collections.abc")
    homes |= dict.fromkeys(
        ("Any", "Generic", "Never", "Protocol", "Self", "TypeVar", "TypedDict", "Unpack", "overload"), "typing"
    )
    homes |= dict.fromkeys(("Json", "JsonValue"), "stepdsl.core.json") | {"TracebackType": "types"}
    homes |= {name: f"stepdsl.model.{module}" for module, found in modules.items() for name in found.__all__}
    homes |= {name: "stepdsl.model.literals" for name in used if name.endswith("Literal")}
    imports: dict[str, list[str]] = {}
    for name in sorted(used & homes.keys()):
        imports.setdefault(homes[name], []).append(name)
    lines = [f"from {module} import {', '.join(names)}" for module, names in sorted(imports.items())]
    return "\n".join([*lines, "", source, ""])
