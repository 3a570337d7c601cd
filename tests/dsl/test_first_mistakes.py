"""What newcomers type first with builders, the whole line that they read, and the code that it advises."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Final

import pytest

import stepdsl
from stepdsl import (
    Action,
    ActionBehavior,
    ArraySchema,
    BoxLayout,
    ButtonLayout,
    ConstSchema,
    External,
    HeadingLayout,
    Icon,
    InvalidValueError,
    Layout,
    LinkBehavior,
    ListLayout,
    ObjectSchema,
    OneOfSchema,
    Polling,
    Schema,
    ScopeError,
    Size,
    Step,
    StringSchema,
    UnknownPropertyError,
    documented_types,
    from_dict,
)


class Lazy:
    """A translation: it becomes text when it is shown."""

    def __init__(self, text: str | None = None) -> None:
        self.text = text

    def __str__(self) -> str:
        if self.text is None:
            raise AssertionError("an error must not look up translations")
        return self.text


NAMES: Final[dict[str, Any]] = {
    **{cls.__name__: cls for cls in (Action, ActionBehavior, External, HeadingLayout, Icon, Layout, LinkBehavior)},
    **{cls.__name__: cls for cls in (ListLayout, ObjectSchema, Polling, Schema, Size, Step, StringSchema)},
    "from_dict": from_dict,
    "dt": dt,
    "Lazy": Lazy,
    "waiting": {"url": "/x", "delay": 5, "maxAttempts": 3, "onError": {"action": {"exit": True}}},
}


def build(typed: str) -> Step:
    """Run code in the open block of a step, with `layout`, `schemas`, `form` and `properties` opened in it."""
    with Step.build() as step:
        layout = step.layout()
        schemas = step.schemas()
        form = schemas.obj(id="#form")
        properties = form.properties()
        opened = {"step": step, "layout": layout, "schemas": schemas, "form": form, "properties": properties}
        exec(typed, {**NAMES, **opened})
    return step.built


FORM = ObjectSchema(id="#form", properties={})


def form_of(**properties: Any) -> Step:
    return Step(schemas=[ObjectSchema(id="#form", properties=properties)])


def page_of(*layout: Any, **values: Any) -> Step:
    return Step(**{"layout": layout, "schemas": [FORM], **values})


def button(behavior: Any) -> Step:
    return page_of(ButtonLayout(title="Go", behavior=behavior))


POLLING = Polling(url="/x", delay=5, max_attempts=3, on_error=Polling.OnError(action=Action(exit=True)))
REST = "delay=5, max_attempts=3, on_error=Polling.OnError(action=Action(exit=True))"

BUILT = "; write .built to get the finished object"
LAYOUTS = (
    "alert, box, button, columns, decision, divider, form, heading, image, instructions, list, loading_indicator "
    "and 9 more"
)
SCHEMAS = "all_of, blob, boolean, const, integer, list, number, obj, one_of, string, tuple"
BEHAVIORS = "action, copy, dismiss, link, modal, refresh, subflow"
NAMED_OR_TEXT = "; write Icon.Named(name='person') or Icon.Text(text='person')"

MISTAKES: list[tuple[str, type[Exception], str]] = [
    # a value without a name
    (
        'layout.heading("Hello")',
        InvalidValueError,
        "Step.layout[0].heading: expected a HeadingLayout, got 'Hello'; write heading(text='Hello')",
    ),
    (
        "layout.heading(Size.LG)",
        InvalidValueError,
        "Step.layout[0].heading: expected a HeadingLayout, got a Size; write heading(text='lg')",
    ),
    (
        'layout.heading("y" * 80)',
        InvalidValueError,
        f"Step.layout[0].heading: expected a HeadingLayout, got '{'y' * 56}…; write heading(text=…)",
    ),
    (
        "layout.heading(3)",
        InvalidValueError,
        "Step.layout[0].heading: expected a HeadingLayout, got 3",
    ),
    (
        'layout.button("Continue", "/x")',
        TypeError,
        "Step.layout[0].button: takes keywords, a callback or a finished object, got 2 values without names; "
        "write button(title='Continue', …)",
    ),
    (
        "layout.heading(3, 4)",
        TypeError,
        "Step.layout[0].heading: takes keywords, a callback or a finished object, got 2 values without names",
    ),
    (
        "layout.button(title='Go').behavior.link('/x')",
        InvalidValueError,
        "Step.layout[0].button.behavior: expected a LinkBehavior, got '/x'; write behavior.link(url='/x')",
    ),
    (
        "properties.string('x').icon.named('person')",
        InvalidValueError,
        "Step.schemas[0].obj.properties.x.icon: expected an Icon.Named, got 'person'; write icon.named(name='person')",
    ),
    ("Step.build('Pay')", InvalidValueError, "Step: expected a Step, got 'Pay'; write Step.build(title='Pay')"),
    (
        "Polling.build('/x')",
        InvalidValueError,
        "Polling: expected a Polling, got '/x'; write Polling.build(url='/x')",
    ),
    (
        "step.polling('/x', 5)",
        TypeError,
        "Step.polling: takes keywords, a callback or a finished object, got 2 values without names; "
        "write polling(url='/x', …)",
    ),
    # the name of a member of a map
    (
        'properties.string(title="x")',
        TypeError,
        'Step.schemas[0].obj.properties: the name of the member comes first; write string("name", title=…)',
    ),
    (
        'properties.string(name="user", title="x")',
        TypeError,
        'Step.schemas[0].obj.properties: the name of the member comes first; write string("user", title=…)',
    ),
    (
        "properties.string()",
        TypeError,
        'Step.schemas[0].obj.properties: the name of the member comes first; write string("name")',
    ),
    (
        'properties.string("x", "Title")',
        InvalidValueError,
        "Step.schemas[0].obj.properties.x: expected a StringSchema, got 'Title'; write string('x', title='Title')",
    ),
    (
        'properties.string("x", "Title", "Help")',
        TypeError,
        "Step.schemas[0].obj.properties.x: takes keywords, a callback or a finished object, got 2 values without "
        "names; write string('x', title='Title', …)",
    ),
    # a dict in place of an object
    (
        "step.polling(waiting)",
        InvalidValueError,
        "Step.polling: expected a Polling, got a dict; write from_dict(…, Polling)",
    ),
    (
        "step.polling = waiting",
        InvalidValueError,
        "Step.polling: expected a Polling, got a dict; write from_dict(…, Polling)",
    ),
    (
        'layout.add({"type": "heading", "text": "x"})',
        InvalidValueError,
        "Step.layout[0]: expected a Layout, got a dict; write from_dict(…, Layout)",
    ),
    (
        'properties.add("x", {"type": "string"})',
        InvalidValueError,
        "Step.schemas[0].obj.properties.x: expected a Schema, got a dict; write from_dict(…, Schema)",
    ),
    # a builder, or a class, in place of an object
    (
        'step.polling(Polling.build(url="x"))',
        InvalidValueError,
        f"Step.polling: expected a Polling, got a PollingBuilder{BUILT}",
    ),
    (
        'step.polling = Polling.build(url="x")',
        InvalidValueError,
        f"Step.polling: expected a Polling, got a PollingBuilder{BUILT}",
    ),
    (
        'layout.heading(HeadingLayout.build(text="x"))',
        InvalidValueError,
        f"Step.layout[0].heading: expected a HeadingLayout, got a HeadingLayoutBuilder{BUILT}",
    ),
    (
        'layout.add(HeadingLayout.build(text="x"))',
        InvalidValueError,
        f"Step.layout[0]: expected a Layout, got a HeadingLayoutBuilder{BUILT}",
    ),
    (
        "step.polling(Polling)",
        InvalidValueError,
        "Step.polling: expected a Polling, got the class Polling; write Polling(…)",
    ),
    (
        "Step.build(id='x').built()",
        TypeError,
        "'Step' object is not callable: it is built already; write .built without ()",
    ),
    # methods of Python's containers
    *(
        (
            f"layout.{typed}",
            UnknownPropertyError,
            f"Step.layout.{name}: no such member; write {method}(…), or one of the adders: {LAYOUTS}",
        )
        for typed, name, method in (
            ('append(HeadingLayout(text="x"))', "append", "add"),
            ('insert(0, HeadingLayout(text="x"))', "insert", "add"),
            ('extend_all([HeadingLayout(text="x")])', "extend_all", "extend"),
        )
    ),
    (
        'properties.update({"x": StringSchema()})',
        UnknownPropertyError,
        "Step.schemas[0].obj.properties.update: no such member; write extend(…), or one of the adders: " + SCHEMAS,
    ),
    (
        'properties["x"] = StringSchema()',
        ScopeError,
        "Step.schemas[0].obj.properties['x']: members are added by a call, add('x', …)",
    ),
    (
        'layout[0] = HeadingLayout(text="x")',
        ScopeError,
        "Step.layout[0]: members are added by a call, add(…)",
    ),
    # an adder of the list or map inside
    (
        'layout.box().heading(text="x")',
        UnknownPropertyError,
        "Step.layout[0].box.heading: no such property; open components: "
        "write `with ….components() as components:`, then components.heading(…)",
    ),
    (
        'schemas.one_of().const(value="x")',
        UnknownPropertyError,
        "Step.schemas[1].one_of.const: no such property; open schemas: "
        "write `with ….schemas() as schemas:`, then schemas.const(…)",
    ),
    (
        'step.heading(text="x")',
        UnknownPropertyError,
        "Step.heading: no such property; open layout: write `with ….layout() as layout:`, then layout.heading(…)",
    ),
    (
        'form.string("x")',
        UnknownPropertyError,
        "Step.schemas[0].obj.string: no such property; open properties: "
        "write `with ….properties() as properties:`, then properties.string(…)",
    ),
    # names of JSON
    (
        'properties.string("x", required=True)',
        UnknownPropertyError,
        "Step.schemas[0].obj.properties.x.required: no such property; "
        "required belongs to the object: ObjectSchema(required=['x'])",
    ),
    ("schemas.array()", UnknownPropertyError, "Step.schemas.array: no such member; write list(…) or tuple(…)"),
    ("schemas.object()", UnknownPropertyError, "Step.schemas.object: no such member; write obj(…)"),
    ("schemas.oneOf()", UnknownPropertyError, "Step.schemas.oneOf: no such member; write one_of(…)"),
    # one of several types
    (
        'properties.string("x", icon="person")',
        InvalidValueError,
        f"Step.schemas[0].obj.properties.x.icon: expected an AnyIcon, got 'person'{NAMED_OR_TEXT}",
    ),
    (
        'properties.string("x").icon("person")',
        InvalidValueError,
        f"Step.schemas[0].obj.properties.x.icon: expected an AnyIcon, got 'person'{NAMED_OR_TEXT}",
    ),
    (
        'layout.button(title="Go", behavior=Action(url="/x"))',
        InvalidValueError,
        "Step.layout[0].button.behavior: expected a Behavior, got an Action; write ActionBehavior(action=…)",
    ),
    (
        'layout.button(title="Go").behavior(url="/x")',
        ScopeError,
        "Step.layout[0].button.behavior: write the kind to open: behavior.link(url=…)",
    ),
    (
        'layout.button(title="Go").behavior(action=Action(url="/x"))',
        ScopeError,
        "Step.layout[0].button.behavior: write the kind to open: behavior.action(action=…)",
    ),
    *(
        (
            f'layout.button(title="Go").behavior({given})',
            ScopeError,
            f"Step.layout[0].button.behavior: write the kind to open: one of {BEHAVIORS}",
        )
        for given in ("", "uri='/x'", "extra={}", "lambda link: None")
    ),
    (
        'layout.button(title="Go").behavior("/x", "_blank")',
        TypeError,
        "Step.layout[0].button.behavior: takes a finished object, got 2 values without names; "
        f"write the kind to open: one of {BEHAVIORS}",
    ),
    (
        'schemas.list().items(title="x")',
        ScopeError,
        f"Step.schemas[1].list.items: write the kind to open: one of {SCHEMAS}",
    ),
    *(
        (
            typed,
            ScopeError,
            "Step.layout[0].button.behavior: opened by a call of one kind; "
            f"write `with ….behavior.action() as behavior:`; there are {BEHAVIORS}",
        )
        for typed in (
            'with layout.button(title="Go").behavior as behavior: pass',
            'layout.button(title="Go").behavior.url = "/x"',
        )
    ),
    *(
        (
            typed,
            ScopeError,
            "Step.layout[0].button.behavior: opened by a call; write `with ….behavior.link() as behavior:`",
        )
        for typed in (
            'with layout.button(title="Go").behavior.link as link: pass',
            'layout.button(title="Go").behavior.link.url = "/x"',
        )
    ),
    # openers that are not called, or called in another way
    ("step.polling.url", ScopeError, "Step.polling: opened by a call; write `with ….polling() as polling:`"),
    (
        "with step.footer as footer: pass",
        ScopeError,
        "Step.footer: opened by a call; write `with ….footer() as footer:`",
    ),
    *(
        (
            f"step.footer({given})",
            TypeError,
            "Step.footer: takes a callback, or one list of finished objects, got 2 values; write footer([…])",
        )
        for given in ("1, 2", 'HeadingLayout(text="a"), HeadingLayout(text="b")')
    ),
    (
        'step.footer(heading="x")',
        TypeError,
        "Step.footer: takes a callback, or one list of finished objects, got keywords; "
        "write `with ….footer() as footer:`",
    ),
    (
        'form.properties("x", StringSchema())',
        TypeError,
        "Step.schemas[0].obj.properties: takes a callback, or one dict of finished objects, got 2 values; "
        "write properties({…})",
    ),
    (
        "form.properties(x=StringSchema(), y=StringSchema())",
        TypeError,
        "Step.schemas[0].obj.properties: takes a callback, or one dict of finished objects, got keywords; "
        "write properties({'x': …, 'y': …})",
    ),
    # values that are no text
    (
        "layout.heading(text=Lazy())",
        InvalidValueError,
        "Step.layout[0].heading.text: expected a string, got a Lazy; write str(…)",
    ),
    (
        "layout.heading(Lazy())",
        InvalidValueError,
        "Step.layout[0].heading: expected a HeadingLayout, got a Lazy",
    ),
    (
        "properties.string(Lazy())",
        InvalidValueError,
        "Step.schemas[0].obj.properties: the name of a member: expected a string, got a Lazy; write str(…)",
    ),
    (
        "layout.heading(text=dt.date(2026, 1, 31))",
        InvalidValueError,
        "Step.layout[0].heading.text: expected a string, got a date; write ….isoformat()",
    ),
    (
        'properties.const("x", value=dt.date(2026, 1, 31))',
        InvalidValueError,
        "Step.schemas[0].obj.properties.x.value: expected a JSON value, got a date; write ….isoformat()",
    ),
    (
        "layout.heading(text=dt.timedelta(seconds=5))",
        InvalidValueError,
        "Step.layout[0].heading.text: expected a string, got a timedelta",
    ),
    (
        "step.polling(delay=dt.timedelta(seconds=5))",
        InvalidValueError,
        "Step.polling.delay: expected an integer, got a timedelta; write int(….total_seconds())",
    ),
]

ADVISED: list[tuple[str, Step]] = [
    ("layout.heading(text='Hello')", page_of(HeadingLayout(text="Hello"))),
    (
        "layout.button(title='Continue', action=Action(url='/x'))",
        page_of(ButtonLayout(title="Continue", action=Action(url="/x"))),
    ),
    ("layout.button(title='Go').behavior.link(url='/x')", button(LinkBehavior(url="/x"))),
    ("layout.button(title='Go').behavior(LinkBehavior(url='/x'))", button(LinkBehavior(url="/x"))),
    (
        "layout.button(title='Go').behavior.action(action=Action(url='/x'))",
        button(ActionBehavior(action=Action(url="/x"))),
    ),
    (
        "layout.button(title='Go', behavior=ActionBehavior(action=Action(url='/x')))",
        button(ActionBehavior(action=Action(url="/x"))),
    ),
    (
        "with layout.button(title='Go').behavior.action() as behavior: behavior.action(url='/x')",
        button(ActionBehavior(action=Action(url="/x"))),
    ),
    (
        "with layout.button(title='Go').behavior.link() as behavior: behavior.url = '/x'",
        button(LinkBehavior(url="/x")),
    ),
    (
        "properties.string('x').icon.named(name='person')",
        form_of(x=StringSchema(icon=Icon.Named(name="person"))),
    ),
    (
        "properties.string('x', icon=Icon.Named(name='person'))",
        form_of(x=StringSchema(icon=Icon.Named(name="person"))),
    ),
    ("properties.string('x').icon(Icon.Text(text='person'))", form_of(x=StringSchema(icon=Icon.Text(text="person")))),
    ('properties.string("name", title="x")', form_of(name=StringSchema(title="x"))),
    ('properties.string("name")', form_of(name=StringSchema())),
    ("properties.string('x', title='Title')", form_of(x=StringSchema(title="Title"))),
    (f"step.polling(url='/x', {REST})", page_of(polling=POLLING)),
    ("step.polling(from_dict(waiting, Polling))", page_of(polling=POLLING)),
    ("step.polling = from_dict(waiting, Polling)", page_of(polling=POLLING)),
    (f"step.polling(Polling.build(url='/x', {REST}).built)", page_of(polling=POLLING)),
    (f"step.polling = Polling.build(url='/x', {REST}).built", page_of(polling=POLLING)),
    (f"step.polling(Polling(url='/x', {REST}))", page_of(polling=POLLING)),
    (f"with step.polling({REST}) as polling: polling.url = '/x'", page_of(polling=POLLING)),
    ("step.polling = Step.build(polling=from_dict(waiting, Polling)).built.polling", page_of(polling=POLLING)),
    (
        'layout.add(from_dict({"type": "heading", "text": "x"}, Layout))',
        page_of(HeadingLayout(text="x")),
    ),
    ('properties.add("x", from_dict({"type": "string"}, Schema))', form_of(x=StringSchema())),
    ('layout.heading(HeadingLayout.build(text="x").built)', page_of(HeadingLayout(text="x"))),
    ('layout.add(HeadingLayout.build(text="x").built)', page_of(HeadingLayout(text="x"))),
    ('layout.add(HeadingLayout(text="x"))', page_of(HeadingLayout(text="x"))),
    ('layout.extend([HeadingLayout(text="x")])', page_of(HeadingLayout(text="x"))),
    ('properties.extend({"x": StringSchema()})', form_of(x=StringSchema())),
    ('properties.add("x", StringSchema())', form_of(x=StringSchema())),
    (
        'with layout.box().components() as components: components.heading(text="x")',
        page_of(BoxLayout(components=[HeadingLayout(text="x")])),
    ),
    (
        'with schemas.one_of().schemas() as schemas: schemas.const(value="x")',
        page_of(schemas=[FORM, OneOfSchema(schemas=[ConstSchema(value="x")])]),
    ),
    ('with step.layout() as layout: layout.heading(text="x")', page_of(HeadingLayout(text="x"))),
    ('with form.properties() as properties: properties.string("x")', form_of(x=StringSchema())),
    (
        "step.schemas().add(ObjectSchema(required=['x'], properties={'x': StringSchema()}))",
        page_of(schemas=[FORM, ObjectSchema(required=["x"], properties={"x": StringSchema()})]),
    ),
    (
        'schemas.list(add_item_title="Add", edit_item_title="Edit").items.string()',
        page_of(schemas=[FORM, ArraySchema.List(items=StringSchema(), add_item_title="Add", edit_item_title="Edit")]),
    ),
    ("schemas.tuple(items=[])", page_of(schemas=[FORM, ArraySchema.Tuple(items=[])])),
    ("schemas.obj(properties={})", page_of(schemas=[FORM, ObjectSchema(properties={})])),
    ("schemas.one_of(schemas=[])", page_of(schemas=[FORM, OneOfSchema(schemas=[])])),
    ("with step.footer() as footer: footer.add(HeadingLayout(text='x'))", page_of(footer=[HeadingLayout(text="x")])),
    (
        "step.footer([HeadingLayout(text='a'), HeadingLayout(text='b')])",
        page_of(footer=[HeadingLayout(text="a"), HeadingLayout(text="b")]),
    ),
    (
        "form.properties({'x': StringSchema(), 'y': StringSchema()})",
        form_of(x=StringSchema(), y=StringSchema()),
    ),
    ("layout.heading(text=str(Lazy('Hello')))", page_of(HeadingLayout(text="Hello"))),
    ("layout.heading(text=dt.date(2026, 1, 31).isoformat())", page_of(HeadingLayout(text="2026-01-31"))),
    (
        "properties.const('x', value=dt.date(2026, 1, 31).isoformat())",
        form_of(x=ConstSchema(value="2026-01-31")),
    ),
    (
        f"step.polling(url='/x', {REST.replace('5', 'int(dt.timedelta(seconds=5).total_seconds())')})",
        page_of(polling=POLLING),
    ),
]


@pytest.mark.parametrize(("typed", "error", "text"), MISTAKES, ids=[typed for typed, _, _ in MISTAKES])
def test_a_mistake_is_explained(typed, error, text):
    with pytest.raises(error) as caught:
        build(typed)
    assert str(caught.value) == text


@pytest.mark.parametrize(("typed", "built"), ADVISED, ids=[typed for typed, _ in ADVISED])
def test_the_advised_code_works(typed, built):
    assert build(typed) == built


def test_the_advice_for_a_root_works():
    assert Step.build(title="Pay").built == Step(title="Pay")
    with Polling.build(url="/x") as polling:
        polling.delay = 5
        polling.max_attempts = 3
        polling.on_error(action=Action(exit=True))
    assert polling.built == POLLING


BUTTON = "button = layout.button(title='Go', action=Action(url='/x'))"
ONLY_BUTTON = page_of(ButtonLayout(title="Go", action=Action(url="/x")))

UNHARMED: list[tuple[str, str, Step]] = [
    ("", 'layout.heading("Hello")', page_of()),
    ("", "layout.heading(3, 4)", page_of()),
    ("", 'layout.add({"type": "heading"})', page_of()),
    ("", "layout.heading(text=Lazy())", page_of()),
    ("", 'layout.append(HeadingLayout(text="x"))', page_of()),
    ("", 'layout[0] = HeadingLayout(text="x")', page_of()),
    ("", "properties.string()", page_of()),
    ("", 'properties.string("x", "Title")', page_of()),
    ("", 'properties.string("x", required=True)', page_of()),
    ("", 'properties["x"] = StringSchema()', page_of()),
    ("", "step.polling(waiting)", page_of()),
    ("", "step.polling = waiting", page_of()),
    ("", "with step.polling as polling: pass", page_of()),
    ("", "step.footer(1, 2)", page_of()),
    ("", 'step.footer(heading="x")', page_of()),
    ("", "form.properties(x=StringSchema())", page_of()),
    (BUTTON, "button.behavior()", ONLY_BUTTON),
    (BUTTON, 'button.behavior("/x", "_blank")', ONLY_BUTTON),
    (BUTTON, 'button.behavior.url = "/x"', ONLY_BUTTON),
    (BUTTON, "with button.behavior.link as link: pass", ONLY_BUTTON),
]


@pytest.mark.parametrize(("before", "typed", "built"), UNHARMED, ids=[typed for _, typed, _ in UNHARMED])
def test_a_mistake_that_is_caught_changes_nothing(before, typed, built):
    assert build(f"{before}\ntry:\n  {typed}\nexcept Exception:\n  pass\nelse:\n  assert False") == built


# -- classes that are called ----------------------------------------------------------------------------------------

CLASSES: list[tuple[str, str]] = [
    ("StepBuilder", "not called by authors; write `with Step.build() as …:`"),
    (
        "PollingOnErrorBuilder",
        "not called by authors; write `with Polling.OnError.build() as …:`, or open it in another builder",
    ),
    ("LayoutListBuilder", "not called by authors; open it in another builder: `with ….layout() as layout:`"),
    ("SchemaMapBuilder", "not called by authors; open it in another builder: `with ….properties() as properties:`"),
    ("PollingOpener", "not called by authors; it is the type of a property of a builder"),
    ("LayoutListOpener", "not called by authors; it is the type of a property of a builder"),
    ("BehaviorUnionOpener", "not called by authors; it is the type of a property of a builder"),
]


def text_of_call(name: str) -> str:
    with pytest.raises(TypeError) as caught:
        getattr(stepdsl, name)()
    return str(caught.value)


@pytest.mark.parametrize(("name", "text"), CLASSES)
def test_a_class_of_builders_or_openers_is_not_called(name, text):
    assert text_of_call(name) == f"{name}: {text}"


@pytest.mark.parametrize("name", [name for name in dir(stepdsl) if name.endswith("Builder")])
def test_the_builder_that_is_advised_in_place_of_a_class_exists(name):
    found = re.search(r"`with (.*)\.(\w+)\(\) as ", text_of_call(name))
    assert found is not None
    documented, opener = found.groups()
    if opener == "build":
        assert type(operator.attrgetter(documented)(stepdsl).build()).__name__ == name
    else:
        others = [cls.build() for cls in documented_types().values() if hasattr(cls, "build")]
        openers = [getattr(other, opener) for other in others if hasattr(other, opener)]
        opened = [one() for one in openers if type(one).__name__ == f"{name.removesuffix('Builder')}Opener"]
        assert documented == "…"
        assert name in {type(one).__name__ for one in opened}


# -- callbacks --------------------------------------------------------------------------------------------------------


def no_argument() -> None:
    raise AssertionError("not called")


def two_arguments(step: Any, layout: Any) -> None:
    raise AssertionError("not called")


async def asynchronous(step: Any) -> None:
    step.title = "x"


def generator(step: Any) -> Iterator[None]:
    step.title = "x"
    yield


async def asynchronous_generator(step: Any) -> AsyncIterator[None]:
    step.title = "x"
    yield


HEADING = HeadingLayout(text="x")
EXTERNAL = External(url="/x")
ONE_ARGUMENT = "a callback takes one argument, its builder, got "
NOTHING = "a callback returns nothing, got "
BY_ITS_BUILDER = "; give values by its builder"

CALLBACKS: list[tuple[str, Any, type[Exception], str]] = [
    ("no argument", no_argument, TypeError, f"{ONE_ARGUMENT}no_argument() -> 'None'"),
    (
        "two arguments",
        two_arguments,
        TypeError,
        f"{ONE_ARGUMENT}two_arguments(step: 'Any', layout: 'Any') -> 'None'",
    ),
    ("a lambda without argument", lambda: None, TypeError, f"{ONE_ARGUMENT}<lambda>()"),
    ("a keyword", lambda step, *, title: None, TypeError, f"{ONE_ARGUMENT}<lambda>(step, *, title)"),
    ("async", asynchronous, ScopeError, "a callback is called at once, it cannot be async"),
    ("a generator", generator, ScopeError, "a callback is called at once, it cannot be a generator"),
    (
        "an async generator",
        asynchronous_generator,
        ScopeError,
        "a callback is called at once, it cannot be async",
    ),
    ("returns a list", lambda step: [HEADING], ScopeError, f"{NOTHING}a list{BY_ITS_BUILDER}"),
    ("returns a list of calls", lambda step: [step.layout()], ScopeError, f"{NOTHING}a list{BY_ITS_BUILDER}"),
    ("returns a dict", lambda step: {"id": "x"}, ScopeError, f"{NOTHING}a dict{BY_ITS_BUILDER}"),
    ("returns a string", lambda step: "x", ScopeError, f"{NOTHING}'x'{BY_ITS_BUILDER}"),
    ("returns an object", lambda step: HEADING, ScopeError, f"{NOTHING}a HeadingLayout{BY_ITS_BUILDER}"),
    (
        "returns an object that is equal to an added one",
        lambda step: (step.external(External(url="/x")), EXTERNAL)[1],
        ScopeError,
        f"{NOTHING}an External{BY_ITS_BUILDER}",
    ),
    ("returns a step", lambda step: Step(id="x"), ScopeError, f"{NOTHING}a Step{BY_ITS_BUILDER}"),
    (
        "returns a tuple with a value in it",
        lambda step: (step.layout(), "x"),
        ScopeError,
        f"{NOTHING}a tuple{BY_ITS_BUILDER}",
    ),
    ("returns an opener", lambda step: step.polling, ScopeError, f"{NOTHING}a PollingOpener{BY_ITS_BUILDER}"),
]


@pytest.mark.parametrize(
    ("callback", "error", "text"), [row[1:] for row in CALLBACKS], ids=[row[0] for row in CALLBACKS]
)
def test_a_callback_is_refused(callback, error, text):
    with pytest.raises(error) as caught:
        Step.build(callback)
    assert str(caught.value) == f"Step: {text}"
    with pytest.raises(error) as caught:
        Step.build()(callback)
    assert str(caught.value) == f"Step: {text}"


PARTS: list[tuple[str, Callable[[Any], Any]]] = [
    ("Step.external", lambda step: step.external),
    ("Step.external", lambda step: step.external()),
    ("Step.layout", lambda step: step.layout),
    ("Step.layout", lambda step: step.layout()),
    ("Step.layout[0].heading", lambda step: step.layout().heading),
    ("Step.layout[0].box.components", lambda step: step.layout().box(components=[]).components),
]


@pytest.mark.parametrize(("path", "part"), PARTS)
def test_a_callback_of_a_part_is_refused_with_the_path_of_the_part(path, part):
    with Step.build() as step:
        with pytest.raises(TypeError) as caught:
            part(step)(lambda: None)
    assert str(caught.value) == f"{path}: a callback takes one argument, its builder, got <lambda>()"
    assert step.built.external is None


def test_the_advice_for_callbacks_works():
    def one_argument(step: Any) -> None:
        step.layout().add(HEADING)

    assert Step.build(one_argument) == Step(layout=[HEADING])
    assert Step.build(lambda step: step.layout().add(HEADING)) == Step(layout=[HEADING])


def test_a_class_is_no_callback():
    with pytest.raises(InvalidValueError, match=r"^Step: expected a Step, got the class dict$"):
        Step.build(dict)  # type: ignore[arg-type]


def test_a_type_error_inside_a_callback_is_not_changed():
    error = TypeError("of the callback")

    def raises(step: Any) -> None:
        raise error

    def calls_with_too_many(step: Any) -> None:
        no_argument(step)  # type: ignore[call-arg]

    with pytest.raises(TypeError) as caught:
        Step.build(raises)
    assert caught.value is error
    assert caught.value.__cause__ is None
    with pytest.raises(TypeError) as caught:
        Step.build(calls_with_too_many)
    assert str(caught.value) == "no_argument() takes 0 positional arguments but 1 was given"


def test_a_type_error_of_a_function_without_signature_is_not_changed():
    with pytest.raises(TypeError, match=r"^'StepBuilder' object is not iterable$"):
        Step.build(max)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^getattr expected at least 2 arguments, got 1$"):
        Step.build(getattr)  # type: ignore[arg-type]


ACCEPTED: list[tuple[str, Callable[[Any], object], Step]] = [
    ("nothing", lambda step: None, Step()),
    ("a call", lambda step: step.external(url="/x"), Step(external=EXTERNAL)),
    ("a tuple of calls", lambda step: (step.layout(), step.external(url="/x")), Step(external=EXTERNAL)),
    ("no calls in a tuple", lambda step: (), Step()),
    ("an added object", lambda step: step.external(EXTERNAL), Step(external=EXTERNAL)),
    (
        "an added object, deep below",
        lambda step: step.layout().box().components().heading(HEADING),
        Step(layout=[BoxLayout(components=[HEADING])]),
    ),
    (
        "an added object in a map, after a call",
        lambda step: (step.layout(), step.schemas().obj().properties().string("x", StringSchema(title="X"))),
        Step(schemas=[ObjectSchema(properties={"x": StringSchema(title="X")})]),
    ),
    ("an object that was added by add", lambda step: (step.layout().add(HEADING), HEADING), Step(layout=[HEADING])),
    ("a function without signature", operator.methodcaller("external", url="/x"), Step(external=EXTERNAL)),
]


@pytest.mark.parametrize(("callback", "built"), [row[1:] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_a_callback_is_accepted(callback, built):
    assert Step.build(callback) == built
    assert Step.build()(callback) == built


def test_a_member_is_not_assigned_by_attribute():
    with ObjectSchema.build() as form, form.properties() as properties:
        with pytest.raises(ScopeError, match=r"^ObjectSchema\.properties\.iban: .* by a call, add\('iban', …\)$"):
            properties.iban = StringSchema()  # type: ignore[attr-defined]
    with Step.build() as step, step.layout() as layout:
        with pytest.raises(ScopeError, match=r"^Step\.layout\.title: members are added by a call, add\(…\)$"):
            layout.title = HeadingLayout(text="x")  # type: ignore[attr-defined]


def test_the_error_for_a_text_beside_keywords_names_the_keyword():
    text = "Step.layout[0].heading: takes a finished object or keywords, not both; write heading(text='Hello', size=…)"
    with pytest.raises(TypeError, match=f"^{re.escape(text)}$"), Step.build() as step, step.layout() as layout:
        layout.heading("Hello", size="lg")  # type: ignore[call-overload]
