"""What type checkers accept: the documented ways to write a step. Checked by mypy and pyright, and run as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, assert_never, assert_type
from wsgiref.types import StartResponse, WSGIEnvironment

import urllib3
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from fastapi import FastAPI
from flask import Flask
from starlette.applications import Starlette

import stepdsl
from stepdsl import (
    UNSET,
    Action,
    ActionBehavior,
    ActionBuilder,
    AlertLayout,
    AlertLayoutBuilder,
    Behavior,
    BoxLayout,
    ButtonLayout,
    ColumnsLayout,
    ConstSchema,
    Context,
    ErrorResponseBody,
    ExternalBuilder,
    HeadingLayout,
    HeadingLayoutBuilder,
    HttpMethod,
    InvalidValueError,
    Layout,
    LayoutListBuilder,
    LinkHandler,
    Navigation,
    ObjectSchema,
    ObjectSchemaBuilder,
    OneOfSchema,
    ParagraphLayout,
    Polling,
    PollingBuilder,
    PollingOnErrorBuilder,
    Schema,
    SchemaListBuilder,
    SchemaMapBuilder,
    Size,
    Step,
    StepBuilder,
    StringSchema,
    StringSchemaBuilder,
    UnknownBehavior,
    UnknownLayout,
    UnknownSchema,
    Unset,
    WireError,
    documented_enums,
    documented_types,
    dumps,
    from_dict,
    loads,
    to_dict,
)
from stepdsl.executor import (
    Attempt,
    Cancelled,
    Exited,
    Failed,
    NextStep,
    Outcome,
    PollingExecutor,
    Trigger,
    Unhandled,
)
from stepdsl.server.wsgi import endpoint
from stepdsl.testing import AsgiTransport, FlowClient, ScriptedTransport, WsgiTransport
from stepdsl.testing.plugin import MakeClient

# -- three ways, one result --------------------------------------------------------------------------------------------

with Step.build() as step:
    with step.layout():
        pass
    with step.polling() as polling:
        polling.url = "https://bar.foo/status?id=12345"
        polling.interval = 5
        polling.max_attempts = 100
        with polling.on_error() as on_error:
            with on_error.action() as action:
                action.exit = True
                action.result = {"exit-action-data": "EXIT!!!"}
waiting = step.built


@Step.build
def waiting_too(step: StepBuilder) -> None:
    @step.polling
    def _(polling: PollingBuilder) -> None:
        polling.url = "https://bar.foo/status?id=12345"
        polling.interval = 5
        polling.max_attempts = 100
        polling.on_error(lambda e: e.action(exit=True, result={"exit-action-data": "EXIT!!!"}))


also_waiting = Step(
    polling=Polling(
        url="https://bar.foo/status?id=12345",
        interval=5,
        max_attempts=100,
        on_error=Polling.OnError(action=Action(exit=True, result={"exit-action-data": "EXIT!!!"})),
    ),
)
assert waiting == waiting_too == also_waiting

assert_type(step, StepBuilder)
assert_type(polling, PollingBuilder)
assert_type(on_error, PollingOnErrorBuilder)
assert_type(action, ActionBuilder)
assert_type(waiting, Step)
assert_type(waiting_too, Step)
assert_type(waiting.polling, Polling | None)

# -- everything at once ------------------------------------------------------------------------------------------------

with Step.build(id="x", title="y", model={"a": [1, {"b": None}]}) as step2:
    step2.polling = Polling(url="/x", interval=1, max_attempts=2, on_error=Polling.OnError(action=Action(exit=True)))
    step2.refresh_url = None
    step2.analytics = {"flow": "payment"}
    step2.extra = {"newer": [1, 2]}
    step2.model = [1, "a", {"b": [None, True, 2.5]}]
    step2.errors(error="x", validation={"a": "b"})
    step2.navigation().back(title="back").action(url="/back")
    with step2.layout() as layout:
        assert_type(layout, LayoutListBuilder)
        layout.heading(text="h")
        layout.heading(text="h", size="lg", margin=Size.XS, tags=("a", "b"))
        with layout.columns() as columns:
            columns.bias = "left"
            columns.bias = ColumnsLayout.Bias.RIGHT
            with columns.left() as left:
                with left.box(border=True) as box:
                    with box.components() as inner:
                        inner.paragraph(text="deep")
            columns.right().extend(ParagraphLayout(text=str(i)) for i in range(3))
        layout.add(HeadingLayout(text="z"))
        layout.add(UnknownLayout(type="chart", extra={"rows": []}))
        with layout.alert(context=Context.WARNING) as alert:
            alert.markdown = "careful"
            alert.context = "negative"
            alert.context = None
        layout.button(title="t").behavior.action(lambda b: b.action(lambda a: setattr(a, "url", "/x")))
        with layout.button(title="t") as button:
            with button.behavior.action() as behavior:
                behavior.action(url="/", method=HttpMethod.POST, timeout=5)
        layout.button(title="t").behavior(UnknownBehavior(type="call"))
        layout.button(title="t").behavior.action(ActionBehavior(action=Action()))
        layout.button(title="t").behavior = ActionBehavior(action=Action())
        made_heading = layout.paragraph(ParagraphLayout(text="finished"))
        assert_type(made_heading, ParagraphLayout)
        layout.loading_indicator(size="xl")
        layout.markdown(content="*x*")

        @layout.alert
        def _(alert: stepdsl.AlertLayoutBuilder) -> None:
            alert.markdown = "x"

    with step2.schemas() as schemas:
        assert_type(schemas, SchemaListBuilder)
        with schemas.obj(id="#s") as obj:
            obj.required = ["n"]
            obj.display_order = ("p", "n")
            with obj.properties() as properties:
                assert_type(properties, SchemaMapBuilder)
                properties.string("username", title="User")
                properties.string("p", StringSchema(title="x"))
                properties.string("n", lambda s: setattr(s, "min_length", 3))
                properties.add("q", ConstSchema(value=1))
                properties.extend({f"r{i}": StringSchema() for i in range(3)})
                with properties.string("t") as text:
                    assert_type(text, StringSchemaBuilder)
                    text.format = "date"
                    text.format = StringSchema.Format.EMAIL
                    text.autocomplete_hint = ["home", "email"]
                    text.help(markdown="?")
                    text.alert = AlertLayout(markdown="!")
                with properties.obj("address", title="A") as address:
                    with address.properties() as address_properties:
                        address_properties.string("line1")
                with properties.one_of("c") as one_of:
                    with one_of.schemas() as alternatives:
                        alternatives.const(title="x", value="v")
                        alternatives.const(value=None)
        schemas.string(title="IBAN", validation_messages={"pattern": "x"})
        schemas.extend([UnknownSchema(type="date"), StringSchema()])
    step2.layout(lambda more: more.heading(text="more"))
    step2.layout([HeadingLayout(text="z")])
    step2.footer = [HeadingLayout(text="z"), ParagraphLayout(text="z")]
    step2.link_handlers().link_handler(regex_pattern="x").action(url="/z")
    step2.external = None


@Step.build
def two(step: StepBuilder) -> None:
    @step.polling
    def _(polling: PollingBuilder) -> None:
        polling.url, polling.interval, polling.max_attempts = "/x", 1, 2
        polling.on_error().action(exit=True)

    @step.external
    def _(external: ExternalBuilder) -> None:
        external.url = "x"

    @step.layout
    def _(layout: LayoutListBuilder) -> None:
        for text in ("a", "b"):
            layout.paragraph(text=text)


# -- decorators with keywords, helpers, and what is there already ------------------------------------------------------


def add_footer(layout: LayoutListBuilder) -> None:
    layout.divider()
    layout.paragraph(text="Questions?")


def add_iban(properties: SchemaMapBuilder) -> None:
    if "iban" not in properties:
        properties.string("iban", title="IBAN")


@Step.build(id="x")
def three(step: StepBuilder) -> None:
    if "polling" not in step:

        @step.polling(url="/x", interval=1, max_attempts=2)
        def polling(polling: PollingBuilder) -> None:
            polling.on_error().action(exit=True)

        assert_type(polling, Polling)

    @step.layout()
    def layout(layout: LayoutListBuilder) -> None:
        assert_type(layout.heading(text="x"), HeadingLayoutBuilder)

        @layout.alert(context="warning")
        def alert(alert: AlertLayoutBuilder) -> None:
            alert.markdown = "x"

        assert_type(alert, AlertLayout)
        add_footer(layout)

    assert_type(layout, None)

    @step.schemas().obj(id="#s")
    def form(form: ObjectSchemaBuilder) -> None:
        @form.properties().string("iban")
        def iban(iban: StringSchemaBuilder) -> None:
            iban.title = "IBAN"

        assert_type(iban, StringSchema)
        with form.properties() as properties:
            add_iban(properties)
            assert_type("iban" in properties, bool)
        form.properties(add_iban)

    assert_type(form, ObjectSchema)
    step.footer(add_footer)
    assert_type("polling" in step, bool)


assert_type(three, Step)
assert three.footer is not None
assert three.id == "x"
assert_type(Step.build(lambda s: (s.errors(error="x"), s.layout(add_footer))), Step)

# -- each standalone type ----------------------------------------------------------------------------------------------

assert_type(StringSchema.build(title="x").built, StringSchema)
assert_type(Action.build(lambda a: setattr(a, "url", "/")), Action)
assert_type(ActionBehavior.build(lambda b: b.action()), ActionBehavior)
assert_type(Polling.OnError.build().action(exit=True), ActionBuilder)
with HeadingLayout.build(text="x") as heading:
    heading.align = "center"
assert_type(heading.built, HeadingLayout)

# -- constructors ------------------------------------------------------------------------------------------------------

Step(layout=[HeadingLayout(text="x"), ButtonLayout(title="x", action=Action())], schemas=(StringSchema(),))
Step(model={"a": [1, {"b": None}]}, extra={"newer": 1})
Step(model=UNSET, title=None, polling=None)
AlertLayout(markdown="x", context="warning", margin=Size.LG)
BoxLayout(components=[BoxLayout(components=[])])
ObjectSchema(properties={"a": StringSchema(), "b": ConstSchema(value=[1])}, display_order=["a"])
OneOfSchema(schemas=[ConstSchema(value=1), StringSchema()], default={"a": 1})
LinkHandler(regex_pattern="x", behavior=UnknownBehavior(type="call", extra={"number": "1"}))
Navigation(stack_behavior="remove-all", back=Navigation.BackBehavior(action=Action()))
Action(method=HttpMethod.GET)
Action(method="BREW")
ErrorResponseBody(validation=None)


class Data(TypedDict):
    a: int


data: Data = {"a": 1}
Step(model=data)
inferred = {"a": 1, "b": [1, 2]}
Step(model=inferred)
numbers = [1, 2, 3]
Action(data=numbers)
subclasses: list[HeadingLayout] = [HeadingLayout(text="x")]
Step(layout=subclasses)

# -- reading -----------------------------------------------------------------------------------------------------------

result = Action(result={"k": {"v": 1}}).result
if result is not UNSET:
    print(result["k"]["v"])
unset: Unset = UNSET
assert_type(waiting.layout, Sequence[Layout])
assert_type(waiting.schemas, Sequence[Schema])
assert_type(waiting.analytics, Mapping[str, str] | None)
assert_type(waiting.extra, Mapping[str, Any])
assert_type(ButtonLayout(title="x", action=Action()).behavior, Behavior | None)
assert waiting.polling is not None
assert_type(waiting.polling.max_attempts, int)
assert_type(waiting.polling.on_error, Polling.OnError)


def title_of(step: Step) -> str | None:
    for part in step.layout:
        match part:
            case AlertLayout(markdown=markdown):
                return markdown
            case HeadingLayout(text=text):
                return text
            case _:
                pass
    return step.title


# -- the wire ----------------------------------------------------------------------------------------------------------

assert_type(dumps(waiting), str)
assert_type(dumps(waiting, indent=2), str)
assert_type(to_dict(waiting), dict[str, Any])
assert_type(loads(dumps(waiting)), Step)
assert_type(loads(b"{}"), Step)
assert_type(loads("{}", Action), Action)
assert_type(loads("{}", type=Action), Action)
assert_type(loads('{"type":"x"}', Layout), Layout)
assert_type(loads('{"action":{}}', Polling.OnError), Polling.OnError)
assert_type(from_dict({}), Step)
assert_type(from_dict({}, Action), Action)
assert_type(from_dict({}, type=Action), Action)

try:
    loads("[]")
except WireError as error:
    assert_type(error.problems, tuple[tuple[str, str], ...])
try:
    Action(url="\ud800")
except InvalidValueError as error:
    assert_type(error.path, str)
    assert_type(error.problems, tuple[tuple[str, str], ...])

assert_type(documented_types(), Mapping[str, type])
print(documented_enums()["Size"])
warning: str = stepdsl.Context.WARNING

# -- the executor ---------------------------------------------------------------------------------------------------


def follow(step: Step) -> str:
    executor = PollingExecutor(base_url="https://bar.foo", headers={"Authorization": "x"}, timeout=5, open_url=print)
    outcome = executor.run(step)
    assert_type(outcome, Outcome)
    assert_type(outcome.trigger, Trigger)
    assert_type(outcome.attempts, tuple[Attempt, ...])
    match outcome:
        case NextStep(step=step):
            return step.title or ""
        case Exited(result=result):
            return str(result)
        case Failed(status=status, body=body, reason=reason):
            assert_type(status, int | None)
            assert_type(body, ErrorResponseBody | None)
            return reason
        case Unhandled(behavior=behavior):
            assert_type(behavior, Behavior)
            return ""
        case Cancelled():
            return ""
        case _:
            assert_never(outcome)


# -- the whole API -------------------------------------------------------------------------------------------------

with Step.build(id="whole", title="Whole", refresh_url="/refresh") as whole:
    with whole.layout() as parts:
        with parts.decision(title="How?") as decision:
            with decision.options() as options:
                with options.option(title="By card", additional_text="2 %") as option:
                    option.behavior.link(url="https://bar.foo")
                    with option.media.avatar() as avatar:
                        with avatar.content() as content:
                            content.uri(uri="urn:wise:icons:card")
                            content.text(text="C")
                options.option(
                    title="By transfer", action=Action(url="/transfer"), icon=stepdsl.Icon.Named(name="bank")
                )
        parts.button(title="More", control=stepdsl.Control.Layout.Button.PRIMARY).behavior.modal(content=[])
        parts.media().media.image(uri="urn:wise:illustrations:globe", accessibility_description="A globe")
        with parts.search(title="Bank", method=stepdsl.HttpMethod.GET, url="/banks", param="q") as search:
            with search.initial_state.results() as initial:
                with initial.results() as results:
                    results.action(title="Bar", value=Action(url="/bar"))
                    results.search(title="More").value(method="GET", url="/banks", param="q", query="more")
        parts.status_list().items().item(title="Sent", status="done").icon.text(text="1")
        parts.review(call_to_action=stepdsl.ReviewLayout.CallToAction(title="Edit", action=Action(url="/"))).fields()
        parts.tabs().items().item(title="One").components().divider()
    with whole.schemas() as roots:
        with roots.obj(id="#whole").properties() as fields:
            with fields.list("children", add_item_title="Add", edit_item_title="Edit") as children:
                children.items.string(title="Name", autocomplete_hint=["name", "given-name"])
                children.summary(default_title="Child", default_icon=stepdsl.Icon.Text(text="C"))
            with fields.tuple("range") as pair:
                with pair.items() as ends:
                    ends.integer(minimum=0)
                    ends.number(maximum=1.5)
            with fields.string("file", summary=stepdsl.Summary.Provider(provides_title=True)) as file:
                with file.persist_async(url="/files", param="file", id_property="id") as persist:
                    persist.schema.blob(accepts=["image/*"], source=stepdsl.Upload.Source.FILE, max_size=10)
            fields.boolean("agreed", default=False, refresh_step_on_change=True)
            fields.string("iban").validation_async(url="/iban", param="iban", method="POST")
            fields.add("both", stepdsl.AllOfSchema(schemas=[StringSchema(source="camera")]))
            with fields.string("city").suggestions().values() as values:
                values.value(label="Tartu", value="TRT")
    whole.toolbar().items().item(title="Help").behavior.subflow(referrer_id="whole").launch_config.native(id="help")

tuple_of: stepdsl.Schema = stepdsl.ArraySchema.Tuple(items=[stepdsl.BooleanSchema()])
with stepdsl.Media.Avatar.build() as face:
    face.content().text(text="AB")
assert_type(face.built, stepdsl.Media.Avatar)
with stepdsl.SearchResponseBody.build() as found:
    found.results().action(title="Bar", value=Action(url="/bar"))
assert_type(loads("{}", stepdsl.AnyIcon), stepdsl.AnyIcon)


def initials(icon: stepdsl.AnyIcon) -> str:
    match icon:
        case stepdsl.Icon.Named(name=name):
            return name
        case stepdsl.Icon.Text(text=text):
            return text
        case _:
            return ""


# -- the servers that a headless client takes -------------------------------------------------------------------------


def plain_wsgi(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    return [b""]


async def plain_asgi(scope: dict[str, Any], receive: Any, send: Any) -> None:
    pass


def clients() -> list[FlowClient]:
    """Django would need settings, so this is not called."""
    return [
        FlowClient(Flask("bank")),
        FlowClient(WSGIHandler()),
        FlowClient(ASGIHandler()),
        FlowClient(FastAPI()),
        FlowClient(Starlette()),
        FlowClient(plain_wsgi),
        FlowClient(plain_asgi),
        FlowClient(endpoint(lambda environ: Step())),
        FlowClient("https://bar.foo"),
        FlowClient(urllib3.PoolManager()),
        FlowClient(ScriptedTransport([])),
        FlowClient(WsgiTransport(plain_wsgi)),
        FlowClient(AsgiTransport(plain_asgi)),
        FlowClient(AsgiTransport(ASGIHandler())),
    ]


def clients_of_the_fixture(flow_client: MakeClient) -> list[FlowClient]:
    return [
        flow_client(Flask("bank")),
        flow_client("https://bar.foo", clock=None, headers={"Accept": "x"}, strict=False, check=False),
    ]
