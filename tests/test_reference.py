"""The reference in docs/reference: generated from the models, complete, and with valid links."""

from __future__ import annotations

import importlib.util
import inspect
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import stepdsl
from stepdsl import Control, Generation, documented_enums, documented_types
from stepdsl.core import catalog
from stepdsl.core.annotations import Kind
from stepdsl.core.docstrings import field_docstring
from stepdsl.core.fields import FIELDS
from stepdsl.core.provenance import Source
from stepdsl.core.types import members
from tests.pages import ROOT, blocks, broken_links

FOLDER = ROOT / "docs" / "reference"
PAGES = sorted(FOLDER.glob("*.md"))
TYPES: dict[str, type[Any]] = {**documented_types()}
ENUMS = dict(documented_enums())
UNIONS = {name: getattr(stepdsl, name) for name in catalog.UNIONS}
CARRIERS = {name: getattr(stepdsl, name) for name in catalog.MODULES if name.startswith("Unknown")}
MODELS = {**TYPES, **UNIONS, **CARRIERS}
CONCRETE = {name: cls for name, cls in MODELS.items() if not cls.__stepdsl__.union}


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_reference", ROOT / "docs" / "generate_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


generator: Any = load_generator()


class Section:
    """The text under the heading of a class."""

    def __init__(self, page: str, text: str) -> None:
        self.page = page
        self.text = text
        lines = [line for line in text.splitlines() if line.startswith("|")]
        self.rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]

    @property
    def by_name(self) -> dict[str, list[str]]:
        """The rows by the content of their first cells."""
        found = {row[0].strip("`"): row for row in self.rows}
        assert len(found) == len(self.rows)
        return found


def in_italics(source: Source, note: str = "") -> str:
    """How the reference prints a source and a note."""
    text = f"{source.value} {note}".strip()
    return f"*{text}*" if text else ""


def sections() -> Iterator[tuple[str, Section]]:
    for page in PAGES:
        _, *parts = re.split(r"^## ", page.read_text("utf-8"), flags=re.MULTILINE)
        for part in parts:
            name, _, text = part.partition("\n")
            if page.name != "index.md":
                yield name, Section(page.name, text)


SECTIONS = dict(sections())


def plain(text: str) -> str:
    """A cell or paragraph without its links, in one line."""
    return " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text.replace("\\|", "|")).split())


# -- the generator ---------------------------------------------------------------------------------------------------


def test_the_reference_is_fresh(capsys):
    assert generator.main(["--check"]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out == ""


def test_stale_pages_are_reported_and_rewritten(tmp_path, capsys):
    folder = tmp_path / "reference"
    assert generator.main([], folder) == 0
    assert "wrote docs/reference/layouts.md" in capsys.readouterr().out
    assert sorted(path.name for path in folder.iterdir()) == [page.name for page in PAGES]
    assert generator.main(["--check"], folder) == 0

    layouts = folder / "layouts.md"
    layouts.write_text(layouts.read_text("utf-8").replace("gets more attention than a paragraph", "is louder"), "utf-8")
    (folder / "carousels.md").write_text("old")
    capsys.readouterr()
    assert generator.main(["--check"], folder) == 1
    output = capsys.readouterr().out
    assert "-A highlighted message that is louder (core, core2)." in output
    assert "+A highlighted message that gets more attention than a paragraph (core, core2)." in output
    assert "docs/reference/carousels.md: this page is not in FAMILIES" in output
    assert output.endswith("stale: run python docs/generate_reference.py\n")

    assert generator.main([], folder) == 0
    assert generator.main(["--check"], folder) == 0


def test_a_module_on_no_page_ends_the_generator():
    modules = generator.modules_of_types()
    with pytest.raises(SystemExit) as refused:
        generator.check_families({**modules, "carousels": modules["layouts"]})
    assert str(refused.value) == (
        "stepdsl/model/carousels.py is on no page of the reference; add it to FAMILIES of docs/generate_reference.py"
    )


def test_a_page_of_a_module_that_is_gone_ends_the_generator():
    modules = generator.modules_of_types()
    del modules["media"]
    with pytest.raises(SystemExit) as refused:
        generator.check_families(modules)
    assert str(refused.value) == (
        "FAMILIES of docs/generate_reference.py names 'media', but stepdsl/model/ has no such module"
    )


# -- it is complete --------------------------------------------------------------------------------------------------


def test_no_name_has_two_sections():
    headings = [name for name, _ in sections() if name != "Base classes"]
    assert sorted(set(headings)) == sorted(headings)


def test_every_public_class_is_described():
    bases = {row[0].strip("`") for name, section in sections() if name == "Base classes" for row in section.rows}
    assert set(catalog.MODULES) - bases <= set(SECTIONS)
    assert {*MODELS, *ENUMS} <= set(SECTIONS)
    index = (FOLDER / "index.md").read_text("utf-8")
    assert [name for name in {*MODELS, *ENUMS} if f"[`{name}`]" not in index] == []


@pytest.mark.parametrize("name", CONCRETE)
def test_every_property_has_its_row(name):
    definition = FIELDS[MODELS[name]]
    rows = SECTIONS[name].by_name
    assert list(rows) == sorted(definition.by_name, key=lambda one: one not in inspect.get_annotations(MODELS[name]))
    for field in definition.by_name.values():
        _, wire, kind, note, meaning = rows[field.name]
        assert wire == f"`{field.wire}`"
        assert ("required" in note) == field.required
        assert ("default" in note) == (not field.required and field.default not in (None, stepdsl.UNSET))
        assert ("core2" in note.split(", ")) == (field.generation is Generation.CORE2)
        assert ("deprecated in core2" in note) == (field.generation is Generation.SUPERSEDED)
        assert plain(meaning) == plain(
            f"{field_docstring(definition.cls, field.name)} {in_italics(field.source, field.note)}"
        )
        members_of_kind = field.enums or ((field.member,) if field.kind.value != "any JSON value" else ())
        assert re.findall(r"`([^`]+)`", kind) == [member.__qualname__ for member in members_of_kind]


@pytest.mark.parametrize("name", ENUMS)
def test_every_member_of_an_enum_has_its_row(name):
    shown = {member: (wire.strip("`"), plain(meaning)) for member, (_, wire, meaning) in SECTIONS[name].by_name.items()}
    assert shown == {m.name: (m.value, field_docstring(ENUMS[name], m.name)) for m in ENUMS[name]}


@pytest.mark.parametrize("name", {**MODELS, **ENUMS})
def test_every_section_begins_with_its_docstring(name):
    docstring = " ".join((inspect.getdoc({**MODELS, **ENUMS}[name]) or "").split())
    assert plain(SECTIONS[name].text).startswith(docstring)


@pytest.mark.parametrize("name", UNIONS)
def test_every_member_of_a_union_has_its_row(name):
    rows = SECTIONS[name].rows
    assert [plain(row[2]).strip("`") for row in rows[:-1]] == list(members(name).values())
    assert plain(rows[-1][2]) == f"`Unknown{name.removeprefix('Any')}`"
    if "- Used in" in SECTIONS[name].text:
        assert [row[0].strip("`") for row in rows] == [*members(name), ""]


def test_a_section_says_how_its_type_is_recognised_and_opened():
    def facts(name: str) -> list[str]:
        return [plain(line) for line in SECTIONS[name].text.splitlines() if line.startswith("- ")]

    assert facts("LoadingIndicatorLayout") == [
        '- On the wire: `"type": "loading-indicator"`',
        "- Builder: `LoadingIndicatorLayoutBuilder`, opened by `layout.loading_indicator(…)`",
        "- Used in: every property that takes a `Layout`",
    ]
    assert facts("OneOfSchema")[:2] == [
        "- On the wire: recognised by the property `oneOf`; it has no `type`",
        "- Builder: `OneOfSchemaBuilder`, "
        'opened by `schemas.one_of(…)`, `list.items.one_of(…)`, `properties.one_of("…", …)`',
    ]
    assert facts("ArraySchema.Tuple")[0] == '- On the wire: `"type": "array"`, with an array as `items`'
    assert facts("Icon.Named")[0] == "- On the wire: recognised by the property `name`"
    assert facts("Polling.OnError") == [
        "- Builder: `PollingOnErrorBuilder`, opened by `polling.on_error(…)`",
        "- Used in: `Polling.on_error`",
    ]
    assert facts("RefreshOnChange.RefreshableStep") == ["- Part of: `Step`"]
    assert facts("UnknownIcon") == [
        "- Used in: every property that takes an `AnyIcon`. There is no adder for it; pass the finished object"
    ]
    assert "- `Upload.Source` is `BlobSchema.Source`: allowed source of a file." in facts("Upload")


def test_every_builder_is_named():
    shown = {name for section in SECTIONS.values() for name in re.findall(r"Builder: `(\w+)`", section.text)}
    objects = [name for name in catalog.BUILDERS if not name.endswith(("ListBuilder", "MapBuilder", "Opener"))]
    assert shown == {*objects} | {
        "ArraySchemaListBuilder"  # of ArraySchema.List
    }


BUILDER_OF_LISTS = re.compile(r"^- Builder of (lists|maps): `(\w+)`, opened by (.+)$", re.MULTILINE)


def test_every_builder_of_lists_and_maps_is_named_once():
    shown = [name for section in SECTIONS.values() for _, name, _ in BUILDER_OF_LISTS.findall(section.text)]
    wanted = [name for name in catalog.BUILDERS if name.endswith(("ListBuilder", "MapBuilder"))]
    assert sorted([*shown, "ArraySchemaListBuilder"]) == wanted  # that of ArraySchema.List is in the test above


@pytest.mark.parametrize("name", CONCRETE)
def test_the_section_of_a_member_names_the_builder_of_each_list_and_map(name):
    cls = CONCRETE[name]
    for field in FIELDS[cls].by_name.values():
        if field.kind in (Kind.LIST, Kind.MAP):
            kind = "lists" if field.kind is Kind.LIST else "maps"
            found = BUILDER_OF_LISTS.findall(SECTIONS[field.member.__qualname__].text)
            ((builder, calls),) = [(builder, calls) for of, builder, calls in found if of == kind]
            assert type(getattr(cls.build(), field.name)()) is getattr(stepdsl, builder)
            if field.name in inspect.get_annotations(cls):
                assert f"`{generator.variable(cls)}.{field.name}()`" in calls.split(", ")


def test_a_section_names_the_builders_of_its_lists_and_maps():
    assert BUILDER_OF_LISTS.findall(SECTIONS["Schema"].text) == [
        ("lists", "SchemaListBuilder", "`step.schemas()`, `all_of.schemas()`, `tuple.items()`, `one_of.schemas()`"),
        ("maps", "SchemaMapBuilder", "`object.properties()`"),
    ]
    assert BUILDER_OF_LISTS.findall(SECTIONS["Toolbar.Item"].text) == [
        ("lists", "ToolbarItemListBuilder", "`toolbar.items()`")
    ]
    assert BUILDER_OF_LISTS.findall(SECTIONS["Polling"].text) == []


def test_the_rule_for_the_names_of_builders_has_true_examples():
    index = (FOLDER / "index.md").read_text("utf-8")
    rule = index[index.index("## Names of builders") : index.index("## [Step and features]")]
    named = set(re.findall(r"`(\w+(?:Builder|Opener))`", rule))
    suffixes = {name for name in named if name.startswith("X")}
    assert suffixes == {
        *("XBuilder", "XOpener", "XListBuilder", "XListOpener", "XMapBuilder", "XMapOpener", "XUnionOpener")
    }
    assert named - suffixes - set(catalog.BUILDERS) == set()
    step = stepdsl.Step.build()
    assert type(step.layout) is stepdsl.LayoutListOpener
    assert type(step.layout()) is stepdsl.LayoutListBuilder
    assert type(stepdsl.Polling.build().on_error()) is stepdsl.PollingOnErrorBuilder
    assert type(stepdsl.ObjectSchema.build().properties()) is stepdsl.SchemaMapBuilder
    assert type(stepdsl.ButtonLayout.build().behavior) is stepdsl.BehaviorUnionOpener
    assert type(stepdsl.ArraySchema.List.build()) is stepdsl.ArraySchemaListBuilder


def test_every_name_of_a_builder_follows_the_rule():
    types = [name.replace(".", "") for name in {*TYPES, *UNIONS}]
    endings = ("Builder", "Opener", "ListBuilder", "ListOpener", "MapBuilder", "MapOpener", "UnionOpener")
    assert set(catalog.BUILDERS) <= {f"{name}{ending}" for name in types for ending in endings}


def test_the_example_of_the_rule_works():
    names: dict[str, Any] = {}
    for block in blocks(FOLDER / "index.md"):
        if block.language == "python":
            exec(compile(block.text, "index.md", "exec", dont_inherit=True), names)
    footer = (stepdsl.DividerLayout(), stepdsl.ParagraphLayout(text="Questions? Call us."))
    assert names["step"].built == stepdsl.Step(
        layout=[stepdsl.HeadingLayout(text="Your orders"), *footer], footer=footer
    )


def test_a_section_names_the_groups_of_which_one_must_be_given():
    found = {name: cls.__stepdsl__.any_of for name, cls in MODELS.items() if cls.__stepdsl__.any_of}
    assert len(found) > 3
    for name, groups in found.items():
        for group in groups:
            assert f"At least one of {' and '.join(f'`{one}`' for one in group)} is required." in SECTIONS[name].text


def controls(cls: type) -> Iterator[tuple[type, str, str]]:
    for name, value in vars(cls).items():
        if isinstance(value, type):
            yield from controls(value)
        elif name.isupper():
            yield cls, name, value


def test_every_control_has_its_row():
    found = list(controls(Control))
    assert ("PRIMARY", "primary") in [(name, value) for _, name, value in found]
    for cls, name, value in found:
        row = SECTIONS[cls.__qualname__].by_name[name]
        assert row == [f"`{name}`", f"`{value}`", field_docstring(cls, name)]


# -- it says something -----------------------------------------------------------------------------------------------


def says_more_than(name: str, text: str) -> bool:
    """Whether a description is there, is a sentence, and is more than the words of the name."""
    own = set(re.findall("[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()))
    words = set(re.findall("[a-z]+", text.lower())) - {"a", "an", "of", "the", "this"}
    return bool(words - own) and text[0].isupper() and text.rstrip().endswith((".", "…", "…)", '."', ".`"))


@pytest.mark.parametrize("name", CONCRETE)
def test_every_property_is_described(name):
    texts = {one: field_docstring(CONCRETE[name], one) for one in FIELDS[CONCRETE[name]].by_name}
    assert {one: text for one, text in texts.items() if not says_more_than(one, text or " ")} == {}


@pytest.mark.parametrize("name", {**MODELS, **ENUMS})
def test_every_type_is_described(name):
    assert says_more_than(name, inspect.getdoc({**MODELS, **ENUMS}[name]) or " ")


def test_every_member_of_an_enum_and_every_control_is_described():
    found: list[tuple[type, str]] = [(enum, member.name) for enum in ENUMS.values() for member in enum]
    found += [(cls, name) for cls, name, _ in controls(Control)]
    assert [(cls, name) for cls, name in found if not says_more_than("", field_docstring(cls, name) or " ")] == []


def test_a_docstring_that_only_repeats_the_name_is_found():
    assert says_more_than("title", "Title of the step.")
    assert not says_more_than("title", "The title.")
    assert not says_more_than("call_to_action", "Call to action.")
    assert not says_more_than("on_error", " ")
    assert not says_more_than("on_error", "what happens then.")
    assert not says_more_than("on_error", "What happens then")


@pytest.mark.parametrize("name", {**TYPES, **ENUMS})
def test_every_type_says_its_generation(name):
    assert re.search(r"\bcore2?\b", inspect.getdoc({**TYPES, **ENUMS}[name]) or "")


NAME_ONLY = ["CopyBehavior", "DismissBehavior", "LinkBehavior", "ModalBehavior", "RefreshBehavior", "ModalLayout"]
NAME_ONLY += ["SectionLayout", "TabsLayout", "ModalResponseBody", "NoOpResponseBody", "SearchLayoutResponseBody"]
NAME_ONLY += ["SearchResultsResponseBody", "SearchInitialLayoutConfig", "SearchInitialResultsConfig", "Suggestions"]
NAME_ONLY += ["Toolbar", "SearchResponse", "SearchInitialState"]
NO_TAG = ["DividerLayout", "MediaLayout", "ListLayout", "Media.Avatar", "Media.Image"]
NO_TAG += ["Media.Avatar.Content.Uri", "Media.Avatar.Content.Text", "AnyMedia", "AnyAvatarContent"]


@pytest.mark.parametrize("name", NAME_ONLY)
def test_a_section_says_that_only_the_name_of_its_type_was_seen(name):
    """tests/model/test_later_facts.py compares the source of each property."""
    assert MODELS[name].__stepdsl__.source is Source.NAME_ONLY
    assert "- Source: *Only the name was seen on a page.*" in SECTIONS[name].text
    own = [row for row in SECTIONS[name].rows if len(row) == 5 and row[0].strip("`") in MODELS[name].__annotations__]
    assert [row[0] for row in own if not row[4].endswith(" *Seen on no page.*")] == []


@pytest.mark.parametrize("name", NO_TAG)
def test_a_section_says_that_no_tag_of_its_type_was_seen(name):
    assert re.search("wire tag (was|were) seen on no page", MODELS[name].__stepdsl__.source.value)
    assert f"- Source: *{MODELS[name].__stepdsl__.source.value}*" in SECTIONS[name].text


def test_a_section_has_a_source_if_no_page_describes_the_type():
    assert {name for name in MODELS if "- Source: " in SECTIONS[name].text} == {
        name for name, cls in MODELS.items() if cls.__stepdsl__.source is not Source.PAGE
    }


@pytest.mark.parametrize("name", {**MODELS, **ENUMS})
def test_docstrings_are_without_sources(name):
    """The fields and the options of a model have them instead. Enums have no such metadata."""
    cls: type[Any] = {**MODELS, **ENUMS}[name]
    texts = {one: field_docstring(cls, one) for one in (FIELDS[cls].by_name if name in MODELS else cls.__members__)}
    if name in MODELS:
        texts["the class"] = inspect.getdoc(cls) or ""
    assert {
        one: text for one, text in texts.items() if re.search(r"\b(on no page|(was|were) seen|deduced)\b", text)
    } == {}


def test_the_index_explains_every_source():
    index = (FOLDER / "index.md").read_text("utf-8")
    for source in Source:
        assert (f"| {source.value} | {field_docstring(Source, source.name)} |" in index) == (source is not Source.PAGE)


# -- links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_has_a_target(page: Path) -> None:
    assert broken_links(page) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_first_line_says_how_the_page_is_made(page: Path) -> None:
    first = page.read_text("utf-8").splitlines()[0]
    assert first == "<!-- Generated by `python docs/generate_reference.py` from the models; do not edit. -->"


def test_types_are_linked():
    shown = SECTIONS["DecisionLayout.Option"].by_name
    assert shown["behavior"][2] == "[`Behavior`](behaviors.md#behavior)"
    assert shown["image"][2] == "[`ImageLayout`](#imagelayout)"
    assert "[`ListLayout`](#listlayout)" in SECTIONS["DecisionLayout"].text
    assert (
        SECTIONS["StringSchema"].by_name["format"][2] == "[`StringSchema.Format`](enumerations.md#stringschemaformat)"
    )


# -- docstrings of constants -----------------------------------------------------------------------------------------


class Signal(StrEnum):
    """An enum."""

    STOP = "stop"
    """Wait."""
    GO = "go"
    LEFT = RIGHT = "turn"
    """Two targets have no docstring of their own."""


def test_a_docstring_below_a_plain_assignment_is_found():
    assert field_docstring(Signal, "STOP") == "Wait."
    assert field_docstring(Signal, "GO") == ""
    assert field_docstring(Signal, "LEFT") == ""
    assert field_docstring(Control.Layout.Button, "PRIMARY") == "The main action."
