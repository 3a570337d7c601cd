"""What the package exports, and what it says of names that it does not have."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import stepdsl
import stepdsl.testing
from stepdsl import documented_enums, documented_types
from stepdsl.core.catalog import BUILDERS, UNIONS
from stepdsl.core.model import Model
from stepdsl.core.types import LOADED, arrays, find, keys, members, tags
from tests.models import CONCRETE, Kind, properties

MODELS = Path(stepdsl.__file__).parent / "model"


def run(code: str) -> Any:
    """What a fresh interpreter prints, as JSON."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def model_classes() -> Iterator[tuple[str, type[Any]]]:
    """All model classes and enums in the modules of models, under their qualified names."""
    for info in pkgutil.iter_modules([str(MODELS)]):
        module = importlib.import_module(f"stepdsl.model.{info.name}")
        if hasattr(module, "__all__"):
            yield from classes_below(module, ast.parse((MODELS / f"{info.name}.py").read_text("utf-8")))


def classes_below(owner: Any, node: ast.Module | ast.ClassDef) -> Iterator[tuple[str, type[Any]]]:
    """The classes in the source of a module or class, at any depth."""
    for part in node.body:
        if isinstance(part, ast.ClassDef) and not part.name.startswith("_"):
            cls = getattr(owner, part.name)
            yield cls.__qualname__, cls
            yield from classes_below(cls, part)


MIXINS = {"RefreshOnChange.RefreshableStep", "RefreshOnChange.RefreshTrigger"}
UNIONS_WITHOUT_A_NAME = {"AnyIcon", "AnyMedia", "AnyAvatarContent", "AnySearchResult"}
"""Unions that the documentation names only as a prefix of their members: `Icon.Named`, `Icon.Text`."""


def is_ours(cls: type[Any]) -> bool:
    """Whether a class is there for the library's sake: a carrier, or properties that several types share."""
    return cls.__stepdsl__.unknown or cls.__stepdsl__.mixin


def test_every_model_class_is_documented():
    found = {
        name: cls
        for name, cls in model_classes()
        if issubclass(cls, Model) and (not is_ours(cls) or name in MIXINS) and name not in UNIONS_WITHOUT_A_NAME
    }
    assert dict(documented_types()) == found
    assert all(cls.__qualname__ == name for name, cls in documented_types().items())


def test_every_enum_is_documented():
    found = {name: cls for name, cls in model_classes() if issubclass(cls, Enum)}
    assert dict(documented_enums()) == found
    for enum in documented_enums().values():
        assert issubclass(enum, str)
        assert all(member == member.value for member in enum)
        assert enum.__doc__


def test_nested_types_have_dotted_names():
    assert documented_types()["Polling.OnError"] is stepdsl.Polling.OnError
    assert documented_types()["Navigation.BackBehavior"] is stepdsl.Navigation.BackBehavior
    assert documented_enums()["ColumnsLayout.Bias"] is stepdsl.ColumnsLayout.Bias
    assert documented_enums()["StringSchema.Format"] is stepdsl.StringSchema.Format


def test_the_mappings_cannot_be_changed():
    for mapping in (documented_types(), documented_enums()):
        assert isinstance(mapping, MappingProxyType)


def test_every_union_has_a_carrier_of_what_is_unknown():
    every = {cls for cls in documented_types().values() if not cls.__stepdsl__.abstract}
    unions = {name: cls for name, cls in LOADED.items() if cls.__stepdsl__.union}
    assert set(unions) == {name for name in documented_types() if name in UNIONS} | UNIONS_WITHOUT_A_NAME
    for name, cls in unions.items():
        carrier = getattr(stepdsl, f"Unknown{name.removeprefix('Any')}")
        assert issubclass(carrier, cls)
        assert carrier.__stepdsl__.unknown
        assert list(members(name)) == sorted(members(name))
        discriminated = {*tags(name).values(), *keys(name).values(), *(array for _, array in arrays(name).values())}
        assert discriminated == set(members(name).values())
        assert {documented_types()[member] for member in discriminated} == {
            one for one in every if issubclass(one, cls)
        }


def test_a_list_and_a_tuple_share_their_tag():
    assert tags("Schema")["array"] == "ArraySchema.List"
    assert arrays("Schema") == {"array": ("items", "ArraySchema.Tuple")}
    assert [union for union in UNIONS if arrays(union)] == ["Schema"]


def test_find_returns_a_type_by_its_name():
    assert find("Polling.OnError") is stepdsl.Polling.OnError
    with pytest.raises(LookupError) as caught:
        find("Poling")
    assert str(caught.value) == "no documented type is named 'Poling'"


# -- the package --------------------------------------------------------------------------------------------------

API = {
    *("UNSET", "Unset", "Generation", "documented_enums", "documented_types"),
    *("configure_converter", "make_converter"),
    *("dumps", "loads", "to_dict", "from_dict", "json_schema", "validate"),
    *("check", "Finding", "Severity"),
    *("StepDslError", "InvalidValueError", "UnknownPropertyError", "ScopeError", "WireError"),
    *("UnknownLayout", "UnknownSchema", "UnknownBehavior", "UnknownIcon", "UnknownMedia", "UnknownAvatarContent"),
    *("UnknownSearchResult", "UnknownSearchResponse", "UnknownSearchInitialState", "UnknownLaunchConfig"),
    *("LayoutProperties", "SchemaProperties", "ProvidingProperties", "FieldProperties", "InputProperties"),
    *("AsyncProperties", "RuleProperties", "SuggestingProperties"),
    *("SummaryProperties", "SearchResultProperties", "SubflowProperties"),
    *UNIONS_WITHOUT_A_NAME,
    *("Icon", "Media", "ArraySchema", "SearchResult", "Summary", "RefreshOnChange", "Upload", "Control"),
}


def collection_builders() -> set[str]:
    """The builders of all lists and maps of objects."""
    suffixes = {Kind.LIST: "ListBuilder", Kind.MAP: "MapBuilder"}
    return {
        prop.member.__qualname__.replace(".", "") + suffixes[prop.kind]
        for cls in CONCRETE.values()
        for prop in properties(cls).values()
        if prop.kind in suffixes
    }


def exported() -> set[str]:
    """What the documentation promises under `stepdsl`: the API, the types, and a builder for each that is made."""
    types = {name for name in (*documented_types(), *documented_enums()) if "." not in name}
    builders = {
        f"{name.replace('.', '')}Builder" for name, cls in documented_types().items() if not cls.__stepdsl__.abstract
    }
    return (
        API
        | types
        | builders
        | {"LayoutListBuilder", "SchemaListBuilder", "SchemaMapBuilder", "LinkHandlerListBuilder"}
        | {"AnyAvatarContentListBuilder", "AnySearchResultListBuilder", "DecisionLayoutOptionListBuilder"}
        | {"InstructionsLayoutItemListBuilder", "ListLayoutItemListBuilder", "ReviewLayoutFieldListBuilder"}
        | {"StatusListLayoutItemListBuilder", "SuggestionsValueListBuilder", "TabsLayoutItemListBuilder"}
        | {"ToolbarItemListBuilder"}
        | collection_builders()
        | {name for name in BUILDERS if name.endswith("Opener")}
    )


def test_everything_can_be_imported_by_name():
    for name in exported():
        assert getattr(stepdsl, name) is not None, name


def test_star_import_and_dir_have_all_exports():
    names: dict[str, Any] = {}
    exec("from stepdsl import *", names)
    assert set(names) - {"__builtins__"} == exported()
    assert exported() <= set(dir(stepdsl))


@pytest.mark.slow
def test_dir_lists_all_exports_before_they_are_loaded():
    listed = run("import json, stepdsl; print(json.dumps(dir(stepdsl)))")
    assert listed == sorted(listed)
    assert exported() - set(listed) == set()


STAR = """
import json
names = {}
exec("from stepdsl import *", names)
print(json.dumps(sorted(set(names) - {"__builtins__"})))
"""


@pytest.mark.slow
def test_star_import_brings_everything():
    assert set(run(STAR)) == exported()


@pytest.mark.slow
def test_star_import_brings_the_same_whatever_was_used_before():
    used = "import stepdsl, stepdsl.cli, stepdsl.executor, stepdsl.testing\nstepdsl.StepBuilder, stepdsl.Step()\n"
    assert set(run(used + STAR)) == exported()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Stepp", "module 'stepdsl' has no attribute 'Stepp'; did you mean 'Step'?"),
        ("dump", "module 'stepdsl' has no attribute 'dump'; did you mean 'dumps'?"),
        ("PolingBuilder", "module 'stepdsl' has no attribute 'PolingBuilder'; did you mean 'PollingBuilder'?"),
        ("HedingLayout", "module 'stepdsl' has no attribute 'HedingLayout'; did you mean 'HeadingLayout'?"),
        ("zzz", "module 'stepdsl' has no attribute 'zzz'"),
        ("__no_such__", "module 'stepdsl' has no attribute '__no_such__'"),
    ],
)
def test_an_unknown_name_of_the_package_is_refused(name, text):
    with pytest.raises(AttributeError) as caught:
        getattr(stepdsl, name)
    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("FlowCient", "module 'stepdsl.testing' has no attribute 'FlowCient'; did you mean 'FlowClient'?"),
        ("FlowSesion", "module 'stepdsl.testing' has no attribute 'FlowSesion'; did you mean 'FlowSession'?"),
        ("Step", "module 'stepdsl.testing' has no attribute 'Step'"),
        ("__no_such__", "module 'stepdsl.testing' has no attribute '__no_such__'"),
    ],
)
def test_an_unknown_name_of_the_testing_package_is_refused(name, text):
    with pytest.raises(AttributeError) as caught:
        getattr(stepdsl.testing, name)
    assert str(caught.value) == text


def test_an_abstract_type_has_no_builder():
    assert [
        name
        for name, cls in documented_types().items()
        if cls.__stepdsl__.abstract and hasattr(stepdsl, f"{name}Builder")
    ] == []


def test_an_unknown_name_cannot_be_imported():
    with pytest.raises(ImportError, match="cannot import name 'Stepp' from 'stepdsl'"):
        exec("from stepdsl import Stepp")
    with pytest.raises(ImportError) as caught:
        exec("from stepdsl.testing import FlowCient")
    assert str(caught.value) == "cannot import name 'FlowCient' from 'stepdsl.testing'; did you mean 'FlowClient'?"


def test_the_package_has_the_version_of_its_metadata():
    try:
        installed = importlib.metadata.version("stepdsl")
    except importlib.metadata.PackageNotFoundError:
        assert not hasattr(stepdsl, "__version__")
    else:
        assert stepdsl.__version__ == installed


def test_the_class_of_a_builder_is_made_once():
    assert stepdsl.StepBuilder is stepdsl.StepBuilder
    with stepdsl.Step.build() as step:
        assert type(step) is stepdsl.StepBuilder
    assert stepdsl.PollingOnErrorBuilder.__name__ == "PollingOnErrorBuilder"
