"""Imports run downwards only, the folders contain what their names say, and nothing is loaded before it is used."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

import pytest

import stepdsl
from stepdsl.core import catalog
from stepdsl.core.model import Model, Namespace

PACKAGE = Path(stepdsl.__file__).parent
ROOT = Path(__file__).resolve().parents[2]

BELOW = {
    # The table in docs/architecture.md: each layer may import itself, these, and nothing else of the package. That
    # applies to all imports: at the top, inside functions, and under `if TYPE_CHECKING`.
    "errors": set(),
    "headers": set(),
    "core": {"errors"},
    "model": {"errors", "core"},
    "dsl": {"errors", "core", "model"},
    "wire": {"errors", "core", "model"},
    "jsonschema": {"errors", "core", "model"},
    "validation": {"errors", "core", "model"},
    "pydantic": {"errors", "core", "model", "wire", "jsonschema"},
    "executor": {"errors", "headers", "core", "model", "wire"},
    "checking": {"errors", "core", "model", "wire", "validation"},
    "server": {"errors", "headers", "core", "model", "wire", "validation", "checking"},
    "rendering": {"errors", "core", "model", "validation", "checking"},
    "testing": {
        *("errors", "headers", "core", "model", "wire", "executor", "server"),
        *("validation", "checking", "rendering"),
    },
    "demo": {"core", "model", "wire", "executor", "server"},
    "cli": {"errors", "core", "jsonschema", "checking", "rendering", "demo"},
    "__main__": {"cli"},
}
"""`stepdsl/__init__.py` is above all of them: it connects the layers, and may import each."""

OUTSIDE = {
    # and these of what does not come with Python
    "core": {"attrs"},
    "wire": {"cattrs"},
    "executor": {"attrs", "urllib3"},
    "checking": {"attrs"},
    "server": {"attrs"},
    "rendering": {"attrs"},
    "validation": {"jsonschema_rs"},
    "testing": {"attrs", "urllib3", "pytest", "hypothesis"},
    "demo": {"urllib3"},
    "pydantic": {"pydantic_core"},
}
ADAPTERS = {
    # the modules that each need a framework; no other module imports them
    "server/flask.py": {"flask", "werkzeug"},
    "server/django.py": {"asgiref", "django"},
    "server/starlette/": {"fastapi", "starlette"},
    "server/wsgi": {"multipart"},
}


def sources(layer: str) -> list[Path]:
    folder = PACKAGE / layer
    return sorted([*folder.rglob("*.py"), *folder.rglob("*.pyi")]) if folder.is_dir() else [PACKAGE / f"{layer}.py"]


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that a source imports, at any depth, those under `if TYPE_CHECKING` included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            # The parts of a package, where it may be one that is imported from it.
            split = node.module in ("stepdsl", *(f"stepdsl.{layer}" for layer in BELOW))
            names = [f"{node.module}.{alias.name}" for alias in node.names] if split else [str(node.module)]
            yield from names
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            (name, *_) = node.args
            if isinstance(name, ast.Constant):
                yield str(name.value)
            elif isinstance(name, ast.JoinedStr) and isinstance(name.values[0], ast.Constant):
                yield ast.unparse(name)[2:-1]


def imported(path: Path) -> list[str]:
    return list(imports(ast.parse(path.read_text("utf-8"))))


def test_all_imports_of_a_source_are_found():
    source = """
import a.b
from stepdsl import wire
from stepdsl.core import catalog
from stepdsl.core.model import Model
if TYPE_CHECKING:
    from stepdsl import dsl
else:
    import c
def late():
    import d
    importlib.import_module("stepdsl.wire")
    importlib.import_module(f"stepdsl.model.{module}")
"""
    assert set(imports(ast.parse(source))) == {
        *("a.b", "stepdsl.wire", "stepdsl.core.catalog", "stepdsl.core.model", "stepdsl.dsl", "c", "d"),
        "stepdsl.model.{module}",
    }


def test_every_module_belongs_to_a_layer():
    found = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in PACKAGE.rglob("*.py")}
    assert found - {"__init__"} == BELOW.keys()


def test_the_architecture_page_has_the_imports_of_each_layer():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = [row.split("|") for row in page.splitlines() if row.startswith("| `") and row.count("|") == 4]
    table = {re.sub(r"/|\.py", "", name).strip(" `"): set(re.findall(r"`(\w+)`", used)) for _, name, _, used, _ in rows}
    assert table == BELOW


def test_the_picture_in_contributing_has_each_layer_below_those_that_it_imports():
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    picture = page.split("## Layers")[1].split("```")[1]
    lines = [line.split(" · ") for line in picture.split("\n") if line]
    above: set[str] = set()
    for line in lines:
        assert {layer: BELOW[layer] - above for layer in line} == {layer: set() for layer in line}
        above.update(line)
    assert above == BELOW.keys() - {"__main__"}


LOOK_UP = {("types.py", "stepdsl.model.{module}")}
"""The one look-up by name: `core.types` finds a type in the module that the generated catalog names."""


@pytest.mark.parametrize("layer", BELOW)
def test_modules_import_only_lower_layers(layer):
    allowed = {layer, *BELOW[layer]}
    wrong = {
        (path.name, name)
        for path in sources(layer)
        for name in imported(path)
        if name.startswith("stepdsl.") and name.split(".")[1] not in allowed
    }
    assert wrong == (LOOK_UP if layer == "core" else set())


@pytest.mark.parametrize("layer", BELOW)
def test_only_these_packages_are_imported(layer):
    allowed = {"stepdsl", *OUTSIDE.get(layer, set()), *sys.stdlib_module_names}
    wrong = [
        (path.name, name)
        for path in sources(layer)
        for name in imported(path)
        if name.split(".")[0] not in allowed | framework_of(path)
    ]
    assert wrong == ([("jsontext.py", "orjson")] if layer == "wire" else [])


def framework_of(path: Path) -> set[str]:
    """The packages that a module of an adapter needs."""
    name = path.relative_to(PACKAGE).as_posix()
    return next((needed for adapter, needed in ADAPTERS.items() if name.startswith(adapter)), set())


def test_nothing_imports_an_adapter_except_itself():
    adapters = tuple(f"stepdsl.{path.removesuffix('.py').replace('/', '.')}" for path in ADAPTERS)
    assert [
        (path.name, name)
        for path in PACKAGE.rglob("*.py")
        if not framework_of(path)
        for name in imported(path)
        if name.startswith(adapters)
    ] == []


def graph(layer: str) -> Mapping[str, set[str]]:
    """The modules of a layer, each with the modules of the same layer that it imports."""
    names = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in sources(layer)}
    found = {name.removesuffix(".__init__"): set(imported(path)) for name, path in names.items()}
    parents = {name: {n if n in found else n.rpartition(".")[0] for n in used} for name, used in found.items()}
    return {name: (used & found.keys()) - {name} for name, used in parents.items()}


@pytest.mark.parametrize("layer", sorted(set(BELOW) - {"model"}))
def test_no_module_imports_itself_through_others(layer):
    left = dict(graph(layer))
    while ready := [name for name, used in left.items() if not used & left.keys()]:
        for name in ready:
            del left[name]
    assert left == {}


FAMILIES = set(catalog.MODULES.values())


def test_the_catalog_lists_the_modules_of_the_model():
    modules = {path.stem for path in (PACKAGE / "model").glob("*.py")}
    assert modules == FAMILIES | {"__init__", "declarations", "literals"}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_a_family_has_only_documented_types(family):
    """Classes that are models or enums, classes that only have these or constants in them, and imports."""
    module = importlib.import_module(f"stepdsl.model.{family}")
    for node in ast.parse((PACKAGE / "model" / f"{family}.py").read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            assert is_type_or_namespace(getattr(module, node.name), node), node.name
        else:
            text = ast.unparse(node)
            allowed = isinstance(node, (ast.Expr, ast.ImportFrom)) or text.startswith(("__all__", "if TYPE_CHECKING"))
            assert allowed or (isinstance(node, ast.AnnAssign) and "TypeAlias" in text), text


def is_type_or_namespace(cls: type, node: ast.ClassDef) -> bool:
    no_methods = not any(isinstance(part, ast.FunctionDef) for part in node.body)
    if issubclass(cls, (Model, Enum)):
        return no_methods
    return no_methods and cls.__bases__ == (Namespace,)


def test_the_machinery_has_no_documented_type():
    for path in (PACKAGE / "core").glob("*.py"):
        module = importlib.import_module(f"stepdsl.core.{path.stem}")
        own = [v for v in vars(module).values() if isinstance(v, type) and v.__module__ == module.__name__]
        assert [cls for cls in own if issubclass(cls, Model) and cls is not Model] == []


BASES = {
    # the families that a family imports when it is loaded, for base classes; enums and unions are not counted
    "schemas": {"features"},
    "responses": {"actions"},
    "search": {"layouts"},
    "step": {"features"},
}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_a_family_loads_no_other_family_but_for_base_classes_and_enums(family):
    tree = ast.parse((PACKAGE / "model" / f"{family}.py").read_text("utf-8"))
    at_run_time = ast.Module([node for node in tree.body if not isinstance(node, ast.If)], [])
    used = {name.split(".")[2] for name in imports(at_run_time) if name.startswith("stepdsl.model.")} & FAMILIES
    assert used - {"autocomplete", "enums", "unions"} == BASES.get(family, set())


def loaded(code: str) -> list[str]:
    """The modules that are loaded when a fresh interpreter has run this."""
    code += "\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def parts(modules: list[str], *names: str) -> list[str]:
    return [module for module in modules if module in names or module.startswith(tuple(f"{name}." for name in names))]


LIGHT = ["stepdsl", "stepdsl.core", "stepdsl.core.extensions", "stepdsl.errors"]


@pytest.mark.slow
def test_importing_the_package_loads_only_the_light_modules():
    modules = loaded("import stepdsl")
    assert parts(modules, "attrs", "attr", "cattrs", "urllib3", "orjson", "inspect") == []
    assert parts(modules, "stepdsl") == LIGHT


@pytest.mark.slow
def test_importing_the_errors_loads_nothing_else():
    assert parts(loaded("from stepdsl import WireError, InvalidValueError"), "stepdsl") == LIGHT


BLOCKS = """
from stepdsl import Step, dumps
with Step.build() as step:
    with step.polling() as polling:
        polling.url, polling.interval, polling.max_attempts = "/", 5, 100
        polling.on_error().action(exit=True)
made = step.built
"""
EMPTY_LAYOUT = BLOCKS.replace("    with step.polling", "    with step.layout():\n        pass\n    with step.polling")
CONSTRUCTORS = """
from stepdsl import Action, Polling, Step, dumps
on_error = Polling.OnError(action=Action(exit=True))
made = Step(polling=Polling(url="/", interval=5, max_attempts=100, on_error=on_error))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "code", [CONSTRUCTORS, BLOCKS, EMPTY_LAYOUT], ids=["constructors", "blocks", "blocks with an empty layout"]
)
def test_the_first_step_loads_no_other_family(code):
    modules = loaded(code + "assert dumps(made)")
    assert parts(modules, "urllib3", "stepdsl.executor", "stepdsl.testing", "difflib", "pydantic") == []
    families = {module.removeprefix("stepdsl.model.") for module in parts(modules, "stepdsl.model")} & FAMILIES
    assert families == {"actions", "features", "step", "unions"}


@pytest.mark.slow
def test_reading_a_step_loads_the_families_that_it_has():
    modules = loaded("""from stepdsl import loads
assert loads('{"layout":[{"type":"heading","text":"x"}]}')""")
    assert "stepdsl.model.layouts" in modules
    assert "stepdsl.model.schemas" not in modules
    assert parts(modules, "urllib3", "stepdsl.dsl") == []
