"""Imports run downwards only, and nothing is loaded before it is used."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import stepdsl
from stepdsl.model import catalog

PACKAGE = Path(stepdsl.__file__).parent

LAYERS = {
    # each may import itself and these, and nothing else of the package
    "errors": set(),
    "model": {"errors"},
    "dsl": {"errors", "model"},
    "wire": {"errors", "model"},
    "jsonschema": {"errors", "model"},
    "checking": {"errors", "model", "wire"},
    "executor": {"errors", "model", "wire"},
    "server": {"errors", "model", "wire"},
    "testing": {"errors", "model", "wire", "executor"},
}
OUTSIDE = {
    # and these of what does not come with Python
    "errors": set(),
    "model": {"attrs"},
    "dsl": set(),
    "wire": {"cattrs"},
    "jsonschema": set(),
    "checking": {"attrs"},
    "executor": {"attrs", "urllib3"},
    "server": {"attrs"},
}
ADAPTERS = {
    # the modules that each need a framework, which nothing else may import
    "server/flask.py": {"flask", "werkzeug"},
    "server/django.py": {"django"},
    "server/starlette.py": {"starlette"},
}


def sources(layer: str) -> list[Path]:
    return sorted((PACKAGE / layer).rglob("*.py")) or [PACKAGE / f"{layer}.py"]


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that a source imports when it runs, at any depth, `if TYPE_CHECKING` left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from imports(ast.Module(node.orelse, []))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (
                (f"{node.module}.{alias.name}" for alias in node.names)
                if node.module == "stepdsl"
                else [str(node.module)]
            )
        else:
            yield from imports(node)


def test_the_imports_of_a_source_are_seen():
    source = """
import a.b
from stepdsl import wire
from stepdsl.model.base import Model
if TYPE_CHECKING:
    from stepdsl import dsl
else:
    import c
def late():
    import d
"""
    assert list(imports(ast.parse(source))) == ["a.b", "stepdsl.wire", "stepdsl.model.base", "c", "d"]


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_run_downwards(layer):
    allowed = {layer, *LAYERS[layer]}
    wrong = [
        (path.name, name)
        for path in sources(layer)
        for name in imports(ast.parse(path.read_text("utf-8")))
        if name.startswith("stepdsl.") and name.split(".")[1] not in allowed
    ]
    assert wrong == []


@pytest.mark.parametrize("layer", OUTSIDE)
def test_only_these_packages_are_imported(layer):
    allowed = {"stepdsl", *OUTSIDE[layer], *sys.stdlib_module_names}
    wrong = [
        (path.name, name)
        for path in sources(layer)
        for name in imports(ast.parse(path.read_text("utf-8")))
        if name.split(".")[0] not in allowed | ADAPTERS.get(path.relative_to(PACKAGE).as_posix(), set())
    ]
    assert wrong == []


def test_nothing_imports_an_adapter():
    modules = {f"stepdsl.{path.removesuffix('.py').replace('/', '.')}" for path in ADAPTERS}
    assert [
        (path.name, name)
        for path in PACKAGE.rglob("*.py")
        for name in imports(ast.parse(path.read_text("utf-8")))
        if name in modules
    ] == []


FAMILIES = set(catalog.MODULES.values())
SHARED = {"autocomplete", "enums", "unions"}
BASES = {
    # what a family takes its base classes and nested objects from, besides enums and unions
    "arrays": {"schemas"},
    "containers": {"layouts"},
    "entries": {"layouts"},
    "inputs": {"schemas"},
    "responses": {"actions", "behaviors"},
    "schemas": {"refresh"},
    "search": {"layouts"},
    "step": {"actions", "refresh"},
}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_families_import_no_other_family_but_for_bases_and_enums(family):
    names = list(imports(ast.parse((PACKAGE / "model" / f"{family}.py").read_text("utf-8"))))
    used = {name.split(".")[2] for name in names if name.startswith("stepdsl.model.")} & FAMILIES
    assert used - SHARED == BASES.get(family, set())


def loaded(code: str) -> list[str]:
    """The modules that are loaded when a fresh interpreter has run this."""
    code += "\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def parts(modules: list[str], *names: str) -> list[str]:
    return [module for module in modules if module in names or module.startswith(tuple(f"{name}." for name in names))]


@pytest.mark.slow
def test_importing_the_package_loads_next_to_nothing():
    modules = loaded("import stepdsl")
    assert parts(modules, "attrs", "attr", "cattrs", "urllib3", "orjson") == []
    assert parts(modules, "stepdsl") == ["stepdsl", "stepdsl.errors"]


@pytest.mark.slow
def test_importing_the_errors_loads_nothing_else():
    assert parts(loaded("from stepdsl import WireError, InvalidValueError"), "stepdsl") == ["stepdsl", "stepdsl.errors"]


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
    assert parts(modules, "urllib3", "stepdsl.executor", "stepdsl.testing", "difflib") == []
    families = {module.removeprefix("stepdsl.model.") for module in parts(modules, "stepdsl.model")} & FAMILIES
    assert families == {"actions", "refresh", "step", "unions"}


@pytest.mark.slow
def test_reading_a_step_loads_the_families_that_it_holds():
    modules = loaded("""from stepdsl import loads
assert loads('{"layout":[{"type":"heading","text":"x"}]}')""")
    assert "stepdsl.model.layouts" in modules
    assert "stepdsl.model.schemas" not in modules
    assert parts(modules, "urllib3", "stepdsl.dsl") == []
