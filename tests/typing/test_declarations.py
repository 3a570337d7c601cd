"""The generated declarations of the builders against the builders themselves, and the generator."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import stepdsl
from stepdsl import documented_types
from stepdsl.core import extensions
from stepdsl.core.model import Model
from stepdsl.dsl import builders, codegen
from stepdsl.dsl.builder import Builder
from stepdsl.dsl.lists import ListBuilder, MapBuilder
from stepdsl.model import declarations
from tests import models
from tests.models import description, members, properties

DECLARATIONS = Path(stepdsl.__file__).parent / "model" / "declarations.pyi"
EXPORTS = Path(stepdsl.__file__).parent / "dsl" / "builders.pyi"


def classes() -> Iterator[ast.ClassDef]:
    for node in ast.parse(DECLARATIONS.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node


CLASSES = {node.name: node for node in classes()}
BUILDERS = [name for name, node in CLASSES.items() if node.bases and ast.unparse(node.bases[0]).startswith("Builder[")]
COLLECTIONS = [
    name
    for name, node in CLASSES.items()
    if node.bases and ast.unparse(node.bases[0]).startswith(("ListBuilder[", "MapBuilder["))
]
UNIONS = [name for name in CLASSES if name.endswith("UnionOpener")]
CONCRETE = [cls for cls in documented_types().values() if not cls.__stepdsl__.abstract]


def declared(name: str) -> dict[str, str]:
    """The annotated names of a class, each with the docstring below it."""
    body = CLASSES[name].body
    found = {}
    for node, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign):
            assert isinstance(node.target, ast.Name)
            text = below.value if isinstance(below, ast.Expr) else ast.Constant("")
            found[node.target.id] = str(ast.literal_eval(text))
    return found


def flat(name: str) -> str:
    return name.replace(".", "")


def words(text: str | None) -> list[str]:
    return (text or "").split()


def test_every_type_has_a_builder_an_opener_and_keywords():
    assert sorted(BUILDERS) == sorted(f"{flat(cls.__qualname__)}Builder" for cls in CONCRETE)
    for cls in CONCRETE:
        assert {f"{flat(cls.__qualname__)}Opener", f"_{flat(cls.__qualname__)}Args"} <= CLASSES.keys()


@pytest.mark.parametrize("cls", CONCRETE, ids=lambda cls: cls.__qualname__)
def test_a_builder_has_the_declared_properties(cls):
    name = f"{flat(cls.__qualname__)}Builder"
    built = getattr(builders, name)
    assert built.__name__ == name
    assert issubclass(built, Builder)
    assert words(built.__doc__) == words(cls.__doc__) == words(ast.get_docstring(CLASSES[name]))
    in_builder = declared(name)
    assert list(in_builder) == [*properties(cls), "extra"]
    assert list(in_builder) == list(declared(f"_{flat(cls.__qualname__)}Args"))
    for field, text in in_builder.items():
        documented = description(cls if field != "extra" else Model, field)
        assert words(text)[: len(words(documented))] == words(documented)


@pytest.mark.parametrize("cls", CONCRETE, ids=lambda cls: cls.__qualname__)
def test_a_builder_s_properties_are_described(cls):
    built = getattr(builders, f"{flat(cls.__qualname__)}Builder")
    for field in properties(cls):
        assert words(getattr(built, field).__doc__) == words(description(cls, field)), field


@pytest.mark.parametrize("cls", CONCRETE, ids=lambda cls: cls.__qualname__)
def test_the_declared_properties_of_a_builder_can_be_read(cls):
    builder = cls.build()
    for name in declared(f"{flat(cls.__qualname__)}Builder"):
        field = properties(cls).get(name)
        if field is None:
            assert builder.extra == {}
        elif field.kind.is_object:
            assert callable(getattr(builder, name))
        elif field.required:
            with pytest.raises(stepdsl.UnknownPropertyError, match=r": not set yet$"):
                getattr(builder, name)
        else:
            assert getattr(builder, name) is field.default


@pytest.mark.parametrize("name", COLLECTIONS)
def test_the_builder_of_a_list_or_map_has_the_declared_adders(name):
    built = getattr(builders, name)
    assert built.__name__ == name
    assert issubclass(built, ListBuilder if name.endswith("ListBuilder") else MapBuilder)
    adders = declared(name)
    assert tuple(adders) == built._adders
    for adder, text in adders.items():
        docstring, _, names = getattr(built, adder).__doc__.rpartition("\n\nProperties: ")
        assert words(docstring) == words(text)
        assert names.endswith(", extra.")


def test_there_is_a_builder_for_each_list_and_map():
    wanted = set()
    for cls in CONCRETE:
        for field in properties(cls).values():
            if field.kind.name in ("LIST", "MAP"):
                wanted.add(f"{flat(field.member.__qualname__)}{field.kind.name.capitalize()}Builder")
    assert sorted(COLLECTIONS) == sorted(wanted)


@pytest.mark.parametrize("name", UNIONS)
def test_the_opener_of_a_union_has_the_declared_kinds(name):
    union = name.removesuffix("UnionOpener")
    kinds = [node.name for node in CLASSES[name].body if isinstance(node, ast.FunctionDef)]
    assert kinds == [*members(models.UNIONS[union]), "__call__"]


def test_a_union_s_opener_offers_its_kinds():
    with stepdsl.ButtonLayout.build(title="x") as button:
        assert list(dir(button.behavior)) == sorted(members(stepdsl.Behavior))
        button.behavior.action().action()


def test_what_checkers_accept_can_be_imported():
    (names,) = [
        ast.literal_eval(node.value)
        for node in ast.parse(EXPORTS.read_text("utf-8")).body
        if isinstance(node, ast.Assign)
    ]
    assert {"StepBuilder", "StepOpener"} <= set(names)
    assert [name for name in names if not hasattr(builders, name)] == []
    assert [name for name in names if not hasattr(stepdsl, name)] == []


@pytest.mark.parametrize("name", ["PolingBuilder", "step", "Step", "_StepArgs", "HelpMapBuilderBuilder"])
def test_an_unknown_builder_is_refused(name):
    with pytest.raises(AttributeError) as caught:
        getattr(builders, name)
    assert str(caught.value) == f"module 'stepdsl.dsl.builders' has no attribute {name!r}"


# -- the generator -------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_generated_files_are_fresh():
    command = [sys.executable, "-m", "stepdsl.dsl.codegen", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=codegen.ROOT.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package that the generator writes to."""
    copied = tmp_path / "stepdsl"
    shutil.copytree(codegen.ROOT, copied, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(codegen, "ROOT", copied)
    return copied


def generated(package: Path) -> dict[str, str]:
    return {
        str(path.relative_to(package)): path.read_text("utf-8")
        for path in (
            package / "core" / "catalog.py",
            package / "model" / "literals.py",
            package / "model" / "declarations.pyi",
            package / "dsl" / "builders.pyi",
        )
    }


def test_fresh_files_stay_as_they_are(package, capsys):
    before = generated(package)
    assert all(
        text.startswith("# Generated by `python -m stepdsl.dsl.codegen`; do not edit.\n") for text in before.values()
    )
    assert codegen.main(["--check"]) == 0
    assert codegen.main([]) == 0
    assert capsys.readouterr().out == ""
    assert generated(package) == before


def test_stale_files_are_reported_and_repaired(package, capsys):
    fresh = generated(package)
    for name, text in fresh.items():
        lines = text.splitlines(keepends=True)
        (package / name).write_text("".join([*lines[:-1], "stale\n", lines[-1]]), "utf-8")
    stale = generated(package)

    assert codegen.main(["--check"]) == 1
    reported = capsys.readouterr().out.splitlines()
    assert [line for line in reported if line.startswith(("+", "-"))] == [
        line for name in fresh for line in (f"--- stepdsl/{name}", f"+++ stepdsl/{name} (fresh)", "-stale")
    ]
    assert reported[-1] == "stale: run python -m stepdsl.dsl.codegen"
    assert generated(package) == stale  # a check changes nothing

    assert codegen.main([]) == 0
    assert capsys.readouterr().out.splitlines() == [f"wrote stepdsl/{name}" for name in fresh]
    assert generated(package) == fresh
    assert codegen.main(["--check"]) == 0


def test_missing_files_are_written(package, capsys):
    fresh = generated(package)
    (package / "dsl" / "builders.pyi").unlink()
    (package / "model" / "declarations.pyi").unlink()
    assert codegen.main(["--check"]) == 1
    capsys.readouterr()
    assert codegen.main([]) == 0
    wrote = capsys.readouterr().out.splitlines()
    assert sorted(wrote) == sorted(f"wrote stepdsl/{name}" for name in fresh if name.endswith(".pyi"))
    assert generated(package) == fresh


# -- at run time ---------------------------------------------------------------------------------------------------


def test_a_star_import_of_the_builders_gives_all_of_them():
    names: dict[str, object] = {}
    exec("from stepdsl.dsl.builders import *", names)
    assert {"StepBuilder", "StepOpener", "LayoutListBuilder", "BehaviorUnionOpener"} <= names.keys()


def test_the_declarations_have_the_same_classes_at_run_time():
    assert declarations.StepBuilder is builders.StepBuilder is stepdsl.StepBuilder
    assert declarations.StepOpener is builders.StepOpener is stepdsl.StepOpener
    assert (declarations.Builder, declarations.ListBuilder, declarations.MapBuilder) == (
        Builder,
        ListBuilder,
        MapBuilder,
    )


def test_an_unknown_declaration_is_refused():
    with pytest.raises(AttributeError) as caught:
        getattr(declarations, "PolingBuilder")  # noqa: B009  # checkers know that there is none
    assert str(caught.value) == "module 'stepdsl.model.declarations' has no attribute 'PolingBuilder'"
    with pytest.raises(AttributeError) as caught:
        extensions.builder_type("PolingBuilder")
    assert str(caught.value) == "there is no builder 'PolingBuilder'"


def test_openers_are_of_the_declared_types():
    with stepdsl.ButtonLayout.build(title="x") as button:
        assert type(button.behavior) is builders.BehaviorUnionOpener
        assert type(button.behavior.link) is builders.LinkBehaviorOpener
        button.behavior.link(url="/x")
    with stepdsl.Step.build() as step:
        assert type(step.polling) is builders.PollingOpener
        assert type(step.layout) is builders.LayoutListOpener
    with pytest.raises(
        TypeError, match=r"^StepOpener: not called by authors; it is the type of a property of a builder$"
    ):
        builders.StepOpener()
