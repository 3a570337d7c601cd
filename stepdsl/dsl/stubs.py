"""The declarations of the builders (`.pyi`), as text that follows from the models.

For each model: `XArgs` (the keywords of its opener), `XBuilder` (its properties), `XOpener` (the ways to call it) and,
for a member of a map, `XMapAdder`. For each property that holds many objects, or one of a union: the builders of the
list or map and their openers. They hold no logic; `stepdsl.dsl` makes the real classes from the same table.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType

from stepdsl.model.annotations import Kind
from stepdsl.model.base import Model
from stepdsl.model.definition import DEFINITIONS, Definition, Property, flat
from stepdsl.model.docstrings import property_docstring
from stepdsl.model.generation import Generation

_TYPING = ("Any", "Protocol", "TypedDict", "Unpack", "overload")
_ABC = ("Callable", "Iterable", "Mapping", "Sequence")
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
            found[name] = dict(sorted((DEFINITIONS[cls].adder, cls) for cls in members))
    return found


def generate(modules: Mapping[str, ModuleType], models: Mapping[str, type[Model]]) -> dict[str, str]:
    """Return the source of each declaration file, without the header, under the name of its family."""
    concrete = [cls for cls in models.values() if not cls.__stepdsl__.abstract]
    files: dict[str, list[str]] = {}
    homes: dict[str, str] = {}
    in_maps = _map_members(concrete, unions(models))
    for cls in concrete:
        home = cls.__module__.rpartition(".")[2]
        blocks = [*_model(DEFINITIONS[cls], cls in in_maps)]
        files.setdefault(home, []).extend(blocks)
        homes.update(dict.fromkeys(_defined(blocks), home))
    collections = list(_collections(concrete, unions(models)))
    files["collections"] = collections
    homes.update(dict.fromkeys(_defined(collections), "collections"))
    sources = {home: _with_imports(home, blocks, homes, modules) for home, blocks in sorted(files.items())}
    exported = [name for name in sorted(homes) if name.endswith(("Builder", "Opener"))]
    sources["__init__"] = "\n".join(
        [
            '"""The builders, declared from the models; the classes are made when they are first used."""',
            "",
            *(f"from stepdsl.dsl.builders.{homes[name]} import {name} as {name}" for name in exported),
            "",
            "__all__ = [",
            *(f'    "{name}",' for name in exported if name.endswith("Builder")),
            "]",
            "",
        ]
    )
    return sources


def builder_names(modules: Mapping[str, ModuleType], models: Mapping[str, type[Model]]) -> list[str]:
    """Return the names of all classes of builders."""
    sources = generate(modules, models)
    classes = (line for source in sources.values() for line in source.splitlines() if line.startswith("class "))
    names = (line.removeprefix("class ").partition("(")[0] for line in classes)
    return sorted(name for name in names if name.endswith("Builder"))


def _map_members(concrete: Iterable[type[Model]], members: Mapping[str, Mapping[str, type[Model]]]) -> set[type[Model]]:
    held = {p.member for cls in concrete for p in DEFINITIONS[cls].properties.values() if p.kind is Kind.MAP}
    return {cls for union in held for cls in members.get(union.__qualname__, {"": union}).values()}


def _model(definition: Definition, in_map: bool) -> Iterator[str]:
    name, documented = flat(definition.name), definition.name
    properties = list(definition.properties.values())
    yield "\n".join(
        [
            f"class {name}Args(TypedDict, total=False):",
            *(f"    {p.name}: {_given(p)}" for p in properties),
            "    extra: Mapping[str, Any]",
        ]
    )
    body = [f"class {name}Builder(Builder[{documented}]):", *_docstring(definition.cls.__doc__ or "")]
    for held in properties:
        body.append(f"    {held.name}: {_declared(held)}")
        body += _docstring(property_docstring(definition.cls, held.name) + _GENERATIONS[held.generation])
    body += ["    extra: Mapping[str, Any]", *_docstring(property_docstring(Model, "extra"))]
    body.append(f"    def __enter__(self) -> {name}Builder: ...")
    yield "\n".join(body)
    yield _opener(f"{name}Opener", "", name, documented)
    if in_map:
        yield _opener(f"{name}MapAdder", "name: str, ", name, documented)


def _opener(opener: str, first: str, name: str, documented: str) -> str:
    return "\n".join(
        [
            f"class {opener}(Protocol):",
            "    @overload",
            f"    def __call__(self, {first}block: Callable[[{name}Builder], object], /) -> {documented}: ...",
            "    @overload",
            f"    def __call__(self, {first}finished: {documented}, /) -> {documented}: ...",
            "    @overload",
            f"    def __call__(self, {first}/, **values: Unpack[{name}Args]) -> {name}Builder: ...",
        ]
    )


def _given(held: Property) -> str:
    """Return the type of a property as a keyword of an opener."""
    none = " | None" if not held.required and held.default is None else ""
    if held.kind is Kind.LIST:
        return f"Iterable[{held.member.__qualname__}]{none}"
    if held.kind is Kind.JSON:
        return "JsonValue"
    return held.annotation


def _declared(held: Property) -> str:
    """Return the type of a property on its builder."""
    if not held.kind.holds_objects:
        return held.annotation
    suffix = {Kind.LIST: "List", Kind.MAP: "Map", Kind.OBJECT: "" if held.union is None else "Union"}[held.kind]
    return f"Child[{flat(held.member.__qualname__)}{suffix}Opener, {_given(held)}]"


def _collections(concrete: Iterable[type[Model]], members: Mapping[str, Mapping[str, type[Model]]]) -> Iterator[str]:
    wanted: dict[str, tuple[Kind, type[Model]]] = {}
    for cls in concrete:
        for held in DEFINITIONS[cls].properties.values():
            if held.kind in (Kind.LIST, Kind.MAP) or (held.kind is Kind.OBJECT and held.union is not None):
                wanted[f"{held.member.__qualname__} {held.kind.name}"] = (held.kind, held.member)
    for _, (kind, member) in sorted(wanted.items()):
        adders = members.get(member.__qualname__, {DEFINITIONS[member].adder: member})
        yield from {Kind.LIST: _list, Kind.MAP: _map, Kind.OBJECT: _union}[kind](member.__qualname__, adders)


def _list(documented: str, adders: Mapping[str, type[Model]]) -> Iterator[str]:
    name = flat(documented)
    yield "\n".join(
        [
            f"class {name}ListBuilder(ListBuilder[{documented}]):",
            *_docstring(f"Adds to a list of {documented}: by one of the adders, `add` or `extend`."),
            *_adders(adders, "Opener"),
            f"    def __enter__(self) -> {name}ListBuilder: ...",
        ]
    )
    yield _collection_opener(f"{name}List", f"Iterable[{documented}]")


def _map(documented: str, adders: Mapping[str, type[Model]]) -> Iterator[str]:
    name = flat(documented)
    yield "\n".join(
        [
            f"class {name}MapBuilder(MapBuilder[{documented}]):",
            *_docstring(f"Adds to a map of {documented}, the name first: by one of the adders, `add` or `extend`."),
            *_adders(adders, "MapAdder"),
            f"    def __enter__(self) -> {name}MapBuilder: ...",
        ]
    )
    yield _collection_opener(f"{name}Map", f"Mapping[str, {documented}]")


def _union(documented: str, adders: Mapping[str, type[Model]]) -> Iterator[str]:
    lines = [f"class {flat(documented)}UnionOpener(Protocol):", *_docstring(f"Opens one of the kinds of {documented}.")]
    for adder, cls in adders.items():
        lines += ["    @property", f"    def {adder}(self) -> {flat(cls.__qualname__)}Opener:"]
        lines += [f"    {line}" for line in _docstring(cls.__doc__ or "")]
    lines.append(f"    def __call__(self, finished: {documented}, /) -> {documented}: ...")
    yield "\n".join(lines)


def _adders(adders: Mapping[str, type[Model]], suffix: str) -> Iterator[str]:
    for adder, cls in adders.items():
        yield f"    {adder}: Adder[{flat(cls.__qualname__)}{suffix}]"
        yield from _docstring(cls.__doc__ or "")


def _collection_opener(name: str, finished: str) -> str:
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
    import inspect

    lines = inspect.cleandoc(text).splitlines()
    if len(lines) == 1:
        return [f'    """{lines[0]}"""']
    return [f'    """{lines[0]}', *(f"    {line}" if line else "" for line in lines[1:]), '    """']


def _defined(blocks: Iterable[str]) -> Iterator[str]:
    for block in blocks:
        yield block.removeprefix("class ").partition("(")[0]


def _with_imports(home: str, blocks: list[str], homes: Mapping[str, str], modules: Mapping[str, ModuleType]) -> str:
    """Return the blocks of a file behind the imports of all names that they use."""
    tree = ast.parse("\n".join(blocks))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    models = {name: f"stepdsl.model.{module}" for module, found in modules.items() for name in found.__all__}
    generic = {
        "Builder": "stepdsl.dsl.builder",
        "Json": "stepdsl.model.values",
        "JsonValue": "stepdsl.model.values",
        "ListBuilder": "stepdsl.dsl.collections",
        "MapBuilder": "stepdsl.dsl.collections",
        "Adder": "stepdsl.dsl.declarations",
        "Child": "stepdsl.dsl.declarations",
    }
    sources: dict[str, list[str]] = {}
    for name in sorted(used):
        if name in _ABC:
            source = "collections.abc"
        elif name in _TYPING:
            source = "typing"
        elif name.endswith("Literal"):
            source = "stepdsl.model.literals"
        elif homes.get(name) == home:
            continue
        elif name in homes:
            source = f"stepdsl.dsl.builders.{homes[name]}"
        else:
            source = models.get(name) or generic.get(name, "")
        if source:
            sources.setdefault(source, []).append(name)
    imports = [f"from {source} import {', '.join(names)}" for source, names in sorted(sources.items())]
    return "\n".join([*imports, "", *blocks, ""])
