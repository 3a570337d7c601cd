"""Mistakes that type checkers report, one in each numbered line; the lines marked "unseen" are found at run time only.

Never imported: it is read by the checkers alone.
"""

from stepdsl import (
    Action,
    ActionBehavior,
    AlertLayout,
    ArraySchema,
    BoxLayout,
    ButtonLayout,
    ConstSchema,
    Context,
    Control,
    HeadingLayout,
    Icon,
    LayoutListBuilder,
    LinkHandler,
    Media,
    Navigation,
    ObjectSchema,
    ParagraphLayout,
    Polling,
    PollingBuilder,
    SchemaMapBuilder,
    Size,
    Step,
    StepBuilder,
    StringSchema,
    Summary,
    UnknownLayout,
    dumps,
    from_dict,
    loads,
)
from stepdsl.executor import PollingExecutor
from stepdsl.testing import FlowClient, WsgiTransport
from stepdsl.testing.plugin import MakeClient

with Step.build() as step:
    with step.polling() as p:
        p.interval = "x"  # 1 wrong type
        p.intervall = 5  # 2 misspelt property
        p.url = None  # 3 None for a required one
        with p.on_error() as e:
            with e.action() as a:
                a.exit = "yes"  # 4 no boolean
    step.polling = 3  # 5 no finished object
    step.polling(url=3)  # 6 wrong type of a keyword
    step.polling(urll="x")  # 7 misspelt keyword
    step.external(Polling(url="/", interval=1, max_attempts=1, on_error=Polling.OnError()))  # 8 wrong finished object
    with step.layout() as layout:
        layout.headin(text="x")  # 9 unknown adder
        layout.heading(txt="x")  # 10 misspelt property of a member
        layout.heading(text=3)  # 11 wrong type in a member
        layout.add(StringSchema())  # 12 wrong member
        layout.extend([HeadingLayout(text="x"), Action()])  # 13 wrong member among others
        layout.heading = 3  # 14 an adder is called, not assigned
        layout.paragraph(HeadingLayout(text="x"))  # 15 a finished object of another kind
    with step.schemas() as schemas:
        with schemas.obj(id="#s") as obj:
            with obj.properties() as props:
                props.string("x", title=3)  # 16 wrong type in a member of a map
                props.string(title="x")  # 17 a member without a name
                props.strin("x")  # 18 unknown adder of a map
                props.add("x", HeadingLayout(text=""))  # 19 wrong member of a map
    step.layout = [StringSchema()]  # 20 a list of wrong members
    step.layout = HeadingLayout(text="x")  # 21 no list
    step.model = object()  # 22 no JSON
    step.polling(lambda q: q.urll)  # 23 misspelt property in a callback
    step.polling(lambda q: setattr(q, "urll", 3))  # 24 unseen: setattr takes any name
made = step.built
made.title = "y"  # 25 a built object is frozen
if made.polling:
    made.polling.interval = 3  # 26 and so are its parts
Polling(url="x", interval=1)  # 27 keywords are missing
Polling(url="x", interval=1, max_attempts=3, on_error=None)  # 28 None for a required one in a constructor
Polling(url="x", intervall=1, max_attempts=3, on_error=Polling.OnError())  # 29 misspelt keyword of a constructor
Step.build(lambda s: s.titel)  # 30 misspelt property in a callback of the root
HeadingLayout("x")  # 31 keywords only
HeadingLayout(text="x", size="huge")  # 32 no value of the enum
made.layout.append(HeadingLayout(text="x"))  # 33 lists cannot be changed
Step(model={1: 2})  # 34 a key that is no string
step.polling().on_error().action().urll = 3  # 35 misspelt property at the end of a chain
if step.polling():  # 36 unseen: `if` in place of `with`
    pass
Step(layout=[ParagraphLayout(text="x"), StringSchema()])  # 37 wrong member in a constructor

# values
HeadingLayout(text=None)  # 38 None for a required string
HeadingLayout(text="x", tags="abc", align=Size.LG)  # 39 a member of another enum
AlertLayout(markdown="x", context="warn")  # 40 misspelt value
StringSchema(autocomplete_hint=["mail"])  # 41 misspelt value in a list
Step(analytics={"a": 1})  # 42 wrong value in a map
Action(timeout=2.5)  # 43 no integer
ButtonLayout(title="x", behavior=Action())  # 44 an action is no behavior
Navigation(back=Action())  # 45 wrong object
ObjectSchema(properties={"a": HeadingLayout(text="x")})  # 46 wrong member of a map in a constructor
ObjectSchema(properties=[StringSchema()])  # 47 no map
LinkHandler(action=Action())  # 48 a keyword is missing
UnknownLayout()  # 49 an unknown layout has a tag
ConstSchema(value=object())  # 50 no JSON in a constructor
Step(extra=5)  # 51 no mapping

# builders
with HeadingLayout.build() as heading:
    heading.size = "huge"  # 52 no value of the enum in a builder
    heading.align = Context.WARNING  # 53 a member of another enum in a builder
    heading.tags = "x", 1  # 54 a list of other things
    heading.text = 5  # 55 no string
    del heading.nothing  # 56 no such property
with step.polling as wrong:  # 57 an opener without its call
    pass
step.polling.url = "/"  # 58 an opener without its call, assigned through
step.layout.heading(text="x")  # 59 a list's opener without its call
Step.build(titel="x")  # 60 misspelt keyword of the root
Step.build(polling=3)  # 61 wrong object as a keyword
print(Step.build(title="x").built.titel)  # 62 misspelt property of a built object
Polling.OnError.build(action=ActionBehavior(action=Action()))  # 63 wrong object as a keyword of an opener
step.polling(on_error=None)  # 64 None for a required one as a keyword of an opener
step.polling(Polling)  # 65 the class in place of an object
step.errors("x")  # 66 neither callback nor object
with step.schemas() as more:
    more.string("x")  # 67 members of lists have no name
    more.const(valeu=1)  # 68 misspelt keyword of an adder
    with more.obj() as inner:
        inner.properties().string("a", titel="x")  # 69 misspelt keyword of a map's adder
        inner.properties().add(StringSchema())  # 70 a member without a name, finished
        inner.properties().extend([StringSchema()])  # 71 no map of members
        inner.properties = {"a": Action()}  # 72 a map of wrong members
        inner.required = "a", 1  # 73 names are strings
with step.layout() as parts:
    with parts.button(title="x") as button:
        button.behavior.acton()  # 74 misspelt kind
        button.behavior()  # 75 the kind is missing
        button.behavior(Action())  # 76 an action is no behavior
        button.behavior.action(action=3)  # 77 wrong type below a union
        button.behavior = Action()  # 78 an action is no behavior, assigned
    parts.box(components=[Action()])  # 79 wrong members as a keyword
    parts.box(components=HeadingLayout(text="x"))  # 80 no list as a keyword
    parts.add()  # 81 nothing to add
    parts.extend(HeadingLayout(text="x"))  # 82 no list to add

# what was built, and the wire
made.extra["x"] = 1  # 83 extra properties cannot be changed
made.layout = ()  # 84 nor the list itself
del made.title  # 85 unseen by mypy: nor can a property be deleted
print(BoxLayout(components=[]).components[0].text)  # 86 a layout may have no text
dumps(made, indent="2")  # 87 a number of spaces
loads(5)  # 88 no text
loads("{}", type=5)  # 89 no type
print(loads("{}", Action).layout)  # 90 an action has no layout
print(from_dict({}, type=Action).titel)  # 91 neither has it that property
number: int = loads("{}")  # 92 what is read is a step
print(made.polling.url)  # 93 polling may be absent
print(Step(layout=(HeadingLayout(text="x"),)).layout[0].text)  # 94 what a list holds is any layout

# the executor
PollingExecutor("https://bar.foo")  # 95 keywords only
PollingExecutor(base_uri="https://bar.foo")  # 96 misspelt keyword
PollingExecutor().run(step)  # 97 a builder is no step
print(PollingExecutor().run(made).result)  # 98 not every outcome has a result

# the whole API
with step.layout() as whole:
    whole.decision(options=[Action()])  # 99 wrong members as a keyword of a layout of entries
    whole.decision().options().item(title="x")  # 100 the adder is named after the type
    whole.media().media.avatr()  # 101 misspelt kind of media
    whole.media(media=Icon.Named(name="x"))  # 102 an icon is no medium
    whole.status_list().items().item(title="x", status="finished")  # 103 no value of the enum
    whole.search(title="x", method="GET", url="/").initial_state.action()  # 104 no kind of initial state
with step.schemas() as fields:
    fields.list(items=[StringSchema()])  # 105 a list has one schema for all items
    fields.tuple(items=StringSchema())  # 106 a tuple has one for each
    fields.blob(source="disk")  # 107 no source of files
    fields.string(validation_async=Summary.Provider())  # 108 another type
    fields.string(summary=Summary.Summariser())  # 109 only a list sums up
    fields.integer(default="1")  # 110 no integer
    fields.string(autocomplete_hint=["given_name"])  # 111 neither spelling
    fields.list().items.string(titel="x")  # 112 misspelt keyword below a single union
ArraySchema.List(items=StringSchema(), add_item_title="x")  # 113 a keyword is missing
Media.Avatar(content=[Media.Image(uri="x")])  # 114 an image is no content of an avatar
print(Control.Layout.Button.PRIMRY)  # 115 misspelt constant
ButtonLayout(title="x", action=Action(), control=5)  # 116 no string
Icon(name="x")  # 117 the name of two kinds of icon, none itself

# builders, callbacks and decorators
StepBuilder()  # 118 builders come from `build` and from openers
LayoutListBuilder()  # 119 so do the builders of lists
StepBuilder(title="x")  # 120 a builder takes no keywords


def poll(polling: PollingBuilder) -> None:
    polling.url = "/"


def add_footer(layout: LayoutListBuilder) -> None:
    layout.paragraph(text="x")


def add_fields(properties: SchemaMapBuilder) -> None:
    properties.string("x")


Step.build()(poll)  # 121 a callback for another builder
Step.build(poll)  # 122 a callback for another builder, given to the root
step.layout(poll)  # 123 a callback for another builder, given to the opener of a list
step.layout()(add_fields)  # 124 the builder of a map, not of a list
step.polling(url="/")(add_footer)  # 125 a callback for the builder of a list
add_footer(step.layout)  # 126 an opener is no builder
add_fields(step.schemas())  # 127 a list is no map
step.polling.nope()  # 128 an opener has no properties
step.polling().nope()  # 129 no such property
print(1 in step)  # 130 the name of a property is a string
print("heading" in step.layout())  # 131 members of lists have no name


@Step.build(id="x")
def bank(step: StepBuilder) -> None:
    @step.layout()
    def items(layout: LayoutListBuilder) -> None:
        layout.heading(text="x")

    items.heading(text="x")  # 132 the decorator of a list returns nothing

    @step.polling(url="/", interval=1, max_attempts=1)
    def waiting(polling: PollingBuilder) -> None:
        polling.on_error().action(exit=True)

    waiting.interval = 2  # 133 the decorator of an object returns it finished


bank.title = "x"  # 134 so does the decorator of a root
print(bank.built)  # 135 a finished step, no builder


@Step.build(id=3)  # 136 wrong type of a keyword of a decorator
def _(step: StepBuilder) -> None:
    step.title = "x"


@step.layout().alert(markdown="x")  # 137 a function for another builder
def _(layout: LayoutListBuilder) -> None:
    add_footer(layout)


dumps(Step.build(id="x"))  # 138 a builder, not what it has built
dumps({"id": "x"})  # 139 no object of the library
loads("{}", str)  # 140 no type of the library
FlowClient(8000)  # 141 a number is no server
FlowClient(Step())  # 142 a step is no server
FlowClient(lambda: [b""])  # 143 an application takes parameters
WsgiTransport("https://bar.foo")  # 144 a URL is no application


def clients(flow_client: MakeClient) -> None:
    flow_client(8000)  # 145 a number is no server
    flow_client("https://bar.foo", strickt=False)  # 146 a misspelt keyword
