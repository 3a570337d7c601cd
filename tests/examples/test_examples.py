"""The examples of docs/examples: each is run and compared with its JSON, is of the generation that it names, has no
mistakes that `check` finds, and is accepted by the type checkers."""

from __future__ import annotations

import ast
import json
import re
import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import stepdsl
from stepdsl import ActionResponseBody, AutocompleteHint, Generation, Step, check, documented_types, dumps, loads
from stepdsl.core.model import Model
from tests.examples.walk import properties, walk

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "examples"
GENERATOR = FOLDER / "generate.py"
PATHS = {
    str(path.relative_to(FOLDER).with_suffix("")): path
    for path in sorted([*FOLDER.glob("*.py"), *FOLDER.glob("responses/*.py")])
    if path != GENERATOR
}
CORE = json.loads((ROOT / "tests" / "facts" / "core.json").read_text("utf-8"))["types"].keys()

every_example = pytest.mark.parametrize("name", PATHS)

TOPICS = {
    "login form": ("login", {"FormLayout.schema_id", "ObjectSchema.required", "StringSchema.control"}),
    "registration with autocomplete": (
        "registration",
        {"StringSchema.autocomplete_hint", "StringSchema.autofill_key", "Step.footer"},
    ),
    "preselected currency": ("currency", {"OneOfSchema.default", "ConstSchema.value"}),
    "alternative sections": ("bank_account", {"OneOfSchema.schemas", "ObjectSchema.properties", "Step.model"}),
    "repeatable list": ("shareholders", {"Summary.Provider.provides_title", "Summary.Summariser.default_title"}),
    "list of choices": ("tax_residencies", {"ArraySchema.List.max_items", "OneOfSchema.schemas"}),
    "tuple": ("price_range", {"ArraySchema.Tuple.items"}),
    "file": ("proof_of_address", {"StringSchema.persist_async", "BlobSchema.accepts"}),
    "several files": ("receipts", {"ArraySchema.List.items", "PersistAsync.schema", "BlobSchema.accepts"}),
    "card token": ("card", {"PersistAsync.id_property", "StringSchema.display_format"}),
    "IBAN check": ("iban_check", {"StringSchema.validation_async", "ValidateAsync.url"}),
    "refresh on change": ("country", {"Step.refresh_url", "OneOfSchema.refresh_step_on_change", "Step.model"}),
    "decision of core": ("decision", {"DecisionLayout.Option.action", "DecisionLayout.Option.icon"}),
    "decision of core2": ("decision_with_media", {"DecisionLayout.Option.behavior", "DecisionLayout.Option.media"}),
    "review": ("review", {"ReviewLayout.call_to_action"}),
    "search of core": ("search", {"SearchLayout.empty_message"}),
    "search of core2": ("search_with_start", {"SearchLayout.initial_state"}),
    "status list": ("verification", {"StatusListLayout.Item.status", "Polling.interval", "Polling.OnError.action"}),
    "waiting": ("waiting", {"LoadingIndicatorLayout.size", "Polling.delay", "Polling.OnError.behavior"}),
    "external": ("bank_approval", {"External.url", "LinkHandler.action", "Polling.url"}),
    "external of core2": ("identity_app", {"External.url", "LinkHandler.behavior"}),
    "success": ("success", {"HeadingLayout.control", "ImageLayout.url", "Action.exit", "Action.result"}),
    "errors on load": ("errors_on_load", {"StepError.error", "StepError.validation"}),
    "columns": ("compare_plans", {"ColumnsLayout.left", "ColumnsLayout.right", "ColumnsLayout.bias"}),
    "dashboard": ("dashboard", {"BoxLayout.components", "HeadingLayout.size", "ListLayout.items"}),
    "all-of": ("delivery", {"AllOfSchema.schemas", "FormLayout.schema_id"}),
    "carried over": ("carried_over", {"ConstSchema.hidden", "ObjectSchema.hidden", "Step.model"}),
    "date of birth": (
        "date_of_birth",
        {"StringSchema.minimum", "StringSchema.maximum", "StringSchema.format", "StringSchema.validation_messages"},
    ),
    "amounts": ("amounts", {"NumberSchema.suggestions", "IntegerSchema.suggestions", "NumberSchema.minimum"}),
    "phone": ("phone", {"StringSchema.display_format", "StringSchema.pattern"}),
    "terms": ("terms", {"MarkdownLayout.content", "BooleanSchema.title", "InstructionsLayout.items"}),
    "modal": ("modals", {"ModalLayout.content", "ModalBehavior.content"}),
    "tabs and sections": ("settings", {"TabsLayout.items", "SectionLayout.components"}),
    "toolbar and footer": ("order", {"Step.toolbar", "Step.footer"}),
    "navigation": ("navigation", {"Navigation.back", "Navigation.stack_behavior"}),
    "subflow": ("subflow", {"SubflowBehavior.launch_config", "NativeLaunchConfig.payload"}),
    "action response": ("responses/next_action", {"ActionResponseBody.action"}),
    "error response": ("responses/field_errors", {"ErrorResponseBody.validation"}),
    "search response": ("responses/companies", {"SearchResponseBody.results"}),
}
"""What the examples have to show: where, and which properties are set there."""


def run(name: str) -> Any:
    """The object that an example makes."""
    return runpy.run_path(str(PATHS[name]))["body" if name.startswith("responses/") else "step"]


def docstring(name: str) -> str:
    return ast.get_docstring(ast.parse(PATHS[name].read_text("utf-8"))) or ""


def fact(name: str, kind: str) -> str:
    found = re.search(rf"^{kind}: (.+)$", docstring(name), re.MULTILINE)
    assert found is not None, f"{name}.py does not say its {kind}"
    return found[1]


def used(found: Model) -> set[str]:
    """The properties of an object and of all its parts: `Step.id`, `Polling.OnError.action`."""
    names = {
        f"{type(one.object).__qualname__}.{prop.name}" for one in walk(found) for prop, _ in properties(one.object)
    }
    return names | {f"{type(one.object).__qualname__}.extra" for one in walk(found) if one.object.extra}


# -- what an example is ----------------------------------------------------------------------------------------------


def test_the_documentation_has_enough_examples():
    assert len([name for name in PATHS if not name.startswith("responses/")]) >= 28


@every_example
def test_an_example_makes_its_json(name):
    made = run(name)
    assert isinstance(made, Step) or name.startswith("responses/")
    text = PATHS[name].with_suffix(".json").read_bytes().decode()
    assert dumps(made, indent=2) + "\n" == text
    assert loads(text, type(made)) == made


def test_every_json_has_an_example():
    found = {str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.json")}
    assert found == PATHS.keys()


@every_example
def test_an_example_imports_from_stepdsl_only(name):
    imports = [
        node
        for node in ast.walk(ast.parse(PATHS[name].read_text("utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert [getattr(node, "module", None) for node in imports] == ["stepdsl"]


@every_example
def test_an_example_has_a_complete_docstring(name):
    title, text, facts = docstring(name).split("\n\n")
    assert len(title.splitlines()) == 1
    assert title.endswith(".")
    assert len(re.findall(r"[.;:]\s|\.$", text)) >= 2
    assert [line.partition(": ")[0] for line in facts.splitlines()] == ["Shows", "Generation"]
    assert fact(name, "Generation") in ("core", "core2")


def test_ids_of_steps_are_unique():
    ids = [made.id for made in map(run, PATHS) if isinstance(made, Step)]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_shown(topic):
    name, needed = TOPICS[topic]
    assert needed - used(run(name)) == set()


def test_every_layout_schema_behavior_and_medium_is_shown():
    shown = {type(one.object).__qualname__ for name in PATHS for one in walk(run(name))}
    unions = (stepdsl.Layout, stepdsl.Schema, stepdsl.Behavior, stepdsl.AnyMedia, stepdsl.AnyIcon)
    documented = {
        name for name, cls in documented_types().items() if issubclass(cls, unions) and not cls.__stepdsl__.abstract
    }
    assert documented - shown == set()


# -- the generation that it names ------------------------------------------------------------------------------------


def of_another_generation(found: Model, claimed: str) -> list[str]:
    """What an example of a generation should not have."""
    wrong = [Generation.CORE2] if claimed == "core" else [Generation.CORE, Generation.SUPERSEDED]
    strange = []
    for one in walk(found):
        if claimed == "core" and type(one.object).__qualname__ not in CORE:
            strange.append(one.path)
        for prop, value in properties(one.object):
            if prop.generation in wrong or (
                prop.name == "autocomplete_hint"
                and any(isinstance(hint, AutocompleteHint) is not (claimed == "core") for hint in value)
            ):
                strange.append(f"{one.path}.{prop.name}")
    return strange


@every_example
def test_an_example_uses_the_generation_that_it_names(name):
    made, claimed = run(name), fact(name, "Generation")
    assert of_another_generation(made, claimed) == []
    if claimed == "core2":
        assert of_another_generation(made, "core"), "nothing in it is of core2"


@pytest.mark.parametrize(
    ("made", "claimed", "strange"),
    [
        (Step(footer=[]), "core", ["Step.footer"]),
        (Step(layout=[stepdsl.DividerLayout()]), "core", ["Step.layout[0]"]),
        (
            Step(layout=[stepdsl.ButtonLayout(title="Go on", action=stepdsl.Action(url="/"))]),
            "core2",
            ["Step.layout[0].action"],
        ),
        (
            Step(schemas=[stepdsl.StringSchema(autocomplete_hint=[stepdsl.AutocompleteToken.GIVEN_NAME])]),
            "core",
            ["Step.schemas[0].autocomplete_hint"],
        ),
        (
            Step(schemas=[stepdsl.StringSchema(autocomplete_hint=[AutocompleteHint.GIVEN_NAME])]),
            "core2",
            ["Step.schemas[0].autocomplete_hint"],
        ),
    ],
)
def test_a_property_of_another_generation_is_found(made, claimed, strange):
    assert of_another_generation(made, claimed) == strange


@every_example
def test_check_finds_nothing_in_an_example(name):
    made = run(name)
    if isinstance(made, Step):
        for target in (None, fact(name, "Generation")):
            assert [str(found) for found in check(made, generation=target)] == []


# -- the page and the generator --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def generator() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(GENERATOR)))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__")))


def test_the_generated_files_are_up_to_date(generator, capsys):
    assert generator.main(["--check"]) == 0, capsys.readouterr().out


def test_the_page_has_every_example(generator):
    page = (FOLDER / "index.md").read_text("utf-8")
    assert page.startswith("<!-- Generated by `python docs/examples/generate.py` from the examples; do not edit. -->\n")
    for name in PATHS:
        title = docstring(name).partition("\n")[0].removesuffix(".")
        row = next(line for line in page.splitlines() if line.startswith(f"| [{title}]"))
        assert row.split(" | ")[1:3] == [fact(name, "Shows"), fact(name, "Generation")]
        assert f"{{download}}`py <{name}.py>`" in row
        assert f"{{download}}`json <{name}.json>`" in row
        assert f"```{{literalinclude}} {name}.py\n" in page
        assert f"```{{literalinclude}} {name}.json\n" in page


def test_stale_files_are_reported_and_written(generator, copy, capsys):
    (copy / "gone.json").write_text("{}\n")
    (copy / "login.json").write_text("{}\n")
    (copy / "index.md").unlink()
    assert generator.main(["--check"], copy) == 1
    reported = capsys.readouterr().out
    assert reported.startswith(
        "docs/examples/gone.json: there is no such example any more\n--- docs/examples/index.md\n"
    )
    assert "--- docs/examples/login.json\n+++ docs/examples/login.json (fresh)\n" in reported
    assert reported.endswith("stale: run python docs/examples/generate.py\n")
    assert generator.main([], copy) == 0
    assert capsys.readouterr().out == "wrote docs/examples/index.md\nwrote docs/examples/login.json\n"
    assert not (copy / "gone.json").exists()
    assert (copy / "login.json").read_bytes() == (FOLDER / "login.json").read_bytes()
    assert generator.main(["--check"], copy) == 0


def test_an_example_in_no_group_is_reported(generator, copy):
    (copy / "login.py").rename(copy / "sign_in.py")
    with pytest.raises(SystemExit) as ended:
        generator.main(["--check"], copy)
    assert str(ended.value) == (
        "sign_in.py is in no group: name it in GROUPS\nGROUPS names 'login', but there is no such file"
    )


@pytest.mark.parametrize("text", ["", '"""Title."""\n', '"""Title.\n\nText.\n\nGeneration: core\n"""\n'])
def test_an_incomplete_docstring_is_reported(generator, copy, text):
    (copy / "login.py").write_text(text)
    with pytest.raises(SystemExit) as ended:
        generator.main(["--check"], copy)
    assert str(ended.value) == "login.py: a docstring has a title, a text, and the lines Shows: and Generation:"


def test_a_response_may_have_no_function():
    assert run("responses/next_action") == ActionResponseBody(
        action=stepdsl.Action(url="/transfers/20417/receipt", data={"approved": True})
    )
