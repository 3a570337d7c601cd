"""The step and what stands directly on it: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    Action,
    ActionBehavior,
    ButtonLayout,
    ColumnsLayout,
    External,
    HeadingLayout,
    LinkBehavior,
    LinkHandler,
    MarkdownLayout,
    Navigation,
    ObjectSchema,
    ParagraphLayout,
    Polling,
    Step,
    StepError,
    StringSchema,
    Toolbar,
)


class ExternalExample:
    """The same External, three ways."""

    @staticmethod
    def by_constructors():
        return External(url="https://bank.example/login?a=1&b=2")

    @staticmethod
    def by_blocks():
        with External.build() as external:
            external.url = "https://bank.example/login?a=1&b=2"
        return external.built

    @staticmethod
    def by_callbacks():
        @External.build
        def made(external):
            external.url = "https://bank.example/login?a=1&b=2"

        return made


class LinkHandlerExample:
    """The same LinkHandler, three ways."""

    @staticmethod
    def by_constructors():
        return LinkHandler(
            regex_pattern="^https://app\\.example/",
            action=Action(url="/matched"),
            behavior=ActionBehavior(action=Action(url="/matched/2")),
        )

    @staticmethod
    def by_blocks():
        with LinkHandler.build() as handler:
            handler.regex_pattern = "^https://app\\.example/"
            handler.action(url="/matched")
            with handler.behavior.action() as behavior:
                behavior.action(url="/matched/2")
        return handler.built

    @staticmethod
    def by_callbacks():
        @LinkHandler.build
        def made(handler):
            handler.regex_pattern = "^https://app\\.example/"

            @handler.action
            def _(action):
                action.url = "/matched"

            @handler.behavior.action
            def _(behavior):
                behavior.action(url="/matched/2")

        return made


class NavigationExample:
    """The same Navigation, three ways."""

    @staticmethod
    def by_constructors():
        return Navigation(back=Navigation.BackBehavior(action=Action(url="/back")), stack_behavior="replace-current")

    @staticmethod
    def by_blocks():
        with Navigation.build() as navigation:
            with navigation.back() as back:
                back.action(url="/back")
            navigation.stack_behavior = "replace-current"
        return navigation.built

    @staticmethod
    def by_callbacks():
        @Navigation.build
        def made(navigation):
            @navigation.back
            def _(back):
                back.action(url="/back")

            navigation.stack_behavior = "replace-current"

        return made


class NavigationBackBehaviorExample:
    """The same Navigation.BackBehavior, three ways."""

    @staticmethod
    def by_constructors():
        return Navigation.BackBehavior(title="Back to the amount", action=Action(url="/amount", skip_validation=True))

    @staticmethod
    def by_blocks():
        with Navigation.BackBehavior.build() as back:
            back.title = "Back to the amount"
            back.action(url="/amount", skip_validation=True)
        return back.built

    @staticmethod
    def by_callbacks():
        @Navigation.BackBehavior.build
        def made(back):
            back.title = "Back to the amount"

            @back.action
            def _(action):
                action.url = "/amount"
                action.skip_validation = True

        return made


class PollingExample:
    """The same Polling, three ways."""

    @staticmethod
    def by_constructors():
        return Polling(
            url="https://bar.foo/status?id=12345",
            interval=5,
            delay=2,
            timeout=60,
            max_attempts=100,
            on_error=Polling.OnError(action=Action(exit=True, result={"exit-action-data": "EXIT!!!"})),
        )

    @staticmethod
    def by_blocks():
        with Polling.build() as polling:
            polling.url = "https://bar.foo/status?id=12345"
            polling.interval = 5
            polling.delay = 2
            polling.timeout = 60
            polling.max_attempts = 100
            with polling.on_error() as on_error:
                on_error.action(exit=True, result={"exit-action-data": "EXIT!!!"})
        return polling.built

    @staticmethod
    def by_callbacks():
        @Polling.build
        def made(polling):
            polling.url = "https://bar.foo/status?id=12345"
            polling.interval = 5
            polling.delay = 2
            polling.timeout = 60
            polling.max_attempts = 100

            @polling.on_error
            def _(on_error):
                on_error.action(exit=True, result={"exit-action-data": "EXIT!!!"})

        return made


class PollingOnErrorExample:
    """The same Polling.OnError, three ways."""

    @staticmethod
    def by_constructors():
        return Polling.OnError(action=Action(exit=True), behavior=ActionBehavior(action=Action(url="/failed")))

    @staticmethod
    def by_blocks():
        with Polling.OnError.build() as on_error:
            on_error.action(exit=True)
            with on_error.behavior.action() as behavior:
                behavior.action(url="/failed")
        return on_error.built

    @staticmethod
    def by_callbacks():
        @Polling.OnError.build
        def made(on_error):
            @on_error.action
            def _(action):
                action.exit = True

            @on_error.behavior.action
            def _(behavior):
                behavior.action(url="/failed")

        return made


class StepExample:
    """The same Step, three ways."""

    @staticmethod
    def by_constructors():
        return Step(
            id="pay",
            title="Pay",
            description="To a friend",
            control="modal",
            layout=[
                HeadingLayout(text="Pay"),
                ColumnsLayout(left=[ParagraphLayout(text="From")], right=[MarkdownLayout(content="*To*")]),
            ],
            footer=[ButtonLayout(title="Go on", behavior=ActionBehavior(action=Action(url="/pay")))],
            schemas=[
                ObjectSchema(id="#payee", properties={"iban": StringSchema(title="IBAN")}),
                StringSchema(id="#note"),
            ],
            model={"iban": "EE38", "amounts": [1, 2.5, None, True]},
            toolbar=Toolbar(items=[Toolbar.Item(title="Help", behavior=LinkBehavior(url="/help"))]),
            refresh_url="/pay/refresh",
            errors=StepError(error="No such account"),
            external=External(url="https://bank.example"),
            polling=Polling(
                url="/status",
                delay=3,
                max_attempts=10,
                on_error=Polling.OnError(behavior=ActionBehavior(action=Action(exit=True))),
            ),
            link_handlers=[
                LinkHandler(regex_pattern="done$", action=Action(url="/done")),
                LinkHandler(regex_pattern=".*", behavior=ActionBehavior(action=Action())),
            ],
            navigation=Navigation(stack_behavior="remove-all"),
            analytics={"flow": "payment", "größe": "2"},
        )

    @staticmethod
    def by_blocks():
        with Step.build() as step:
            step.id = "pay"
            step.title = "Pay"
            step.description = "To a friend"
            step.control = "modal"
            with step.layout() as layout:
                layout.heading(text="Pay")
                with layout.columns() as columns:
                    with columns.left() as left:
                        left.paragraph(text="From")
                    with columns.right() as right:
                        right.markdown(content="*To*")
            with step.footer() as footer:
                with footer.button() as button:
                    button.title = "Go on"
                    with button.behavior.action() as behavior:
                        behavior.action(url="/pay")
            with step.schemas() as schemas:
                with schemas.obj() as obj:
                    obj.id = "#payee"
                    with obj.properties() as properties:
                        properties.string("iban", title="IBAN")
                schemas.string(id="#note")
            step.model = {"iban": "EE38", "amounts": [1, 2.5, None, True]}
            with step.toolbar() as toolbar:
                with toolbar.items() as items:
                    with items.item(title="Help") as item:
                        item.behavior.link(url="/help")
            step.refresh_url = "/pay/refresh"
            step.errors(error="No such account")
            step.external(url="https://bank.example")
            with step.polling() as polling:
                polling.url = "/status"
                polling.delay = 3
                polling.max_attempts = 10
                with polling.on_error() as on_error:
                    with on_error.behavior.action() as behavior:
                        behavior.action(exit=True)
            with step.link_handlers() as link_handlers:
                with link_handlers.link_handler() as link_handler:
                    link_handler.regex_pattern = "done$"
                    link_handler.action(url="/done")
                with link_handlers.link_handler() as link_handler:
                    link_handler.regex_pattern = ".*"
                    with link_handler.behavior.action() as behavior:
                        behavior.action()
            step.navigation(stack_behavior=Navigation.StackBehavior.REMOVE_ALL)
            step.analytics = {"flow": "payment", "größe": "2"}
        return step.built

    @staticmethod
    def by_callbacks():
        @Step.build
        def made(step):
            step.id = "pay"
            step.title = "Pay"
            step.description = "To a friend"
            step.control = "modal"

            @step.layout
            def _(layout):
                layout.heading(text="Pay")

                @layout.columns
                def _(columns):
                    columns.left(lambda left: left.paragraph(text="From"))
                    columns.right(lambda right: right.markdown(content="*To*"))

            @step.footer
            def _(footer):
                @footer.button
                def _(button):
                    button.title = "Go on"
                    button.behavior.action(lambda behavior: behavior.action(url="/pay"))

            @step.schemas
            def _(schemas):
                schemas.obj(id="#payee").properties(lambda properties: properties.string("iban", title="IBAN"))
                schemas.string(id="#note")

            step.model = {"iban": "EE38", "amounts": [1, 2.5, None, True]}

            @step.toolbar
            def _(toolbar):
                @toolbar.items
                def _(items):
                    items.item(title="Help").behavior.link(url="/help")

            step.refresh_url = "/pay/refresh"

            @step.errors
            def _(errors):
                errors.error = "No such account"

            @step.external
            def _(external):
                external.url = "https://bank.example"

            @step.polling
            def _(polling):
                polling.url = "/status"
                polling.delay = 3
                polling.max_attempts = 10
                polling.on_error(lambda on_error: on_error.behavior.action(lambda behavior: behavior.action(exit=True)))

            @step.link_handlers
            def _(handlers):
                handlers.link_handler(regex_pattern="done$").action(url="/done")

                @handlers.link_handler
                def _(anything):
                    anything.regex_pattern = ".*"
                    anything.behavior.action(lambda behavior: behavior.action())

            @step.navigation
            def _(navigation):
                navigation.stack_behavior = "remove-all"

            step.analytics = {"flow": "payment", "größe": "2"}

        return made


class StepErrorExample:
    """The same StepError, three ways."""

    @staticmethod
    def by_constructors():
        return StepError(
            error="Something is wrong", validation={"iban": "No such account", "address": {"line 1": "Missing"}}
        )

    @staticmethod
    def by_blocks():
        with StepError.build() as error:
            error.error = "Something is wrong"
            error.validation = {"iban": "No such account", "address": {"line 1": "Missing"}}
        return error.built

    @staticmethod
    def by_callbacks():
        @StepError.build
        def made(error):
            error.error = "Something is wrong"
            error.validation = {"iban": "No such account", "address": {"line 1": "Missing"}}

        return made


EXAMPLES = {
    "External": ExternalExample,
    "LinkHandler": LinkHandlerExample,
    "Navigation": NavigationExample,
    "Navigation.BackBehavior": NavigationBackBehaviorExample,
    "Polling": PollingExample,
    "Polling.OnError": PollingOnErrorExample,
    "Step": StepExample,
    "StepError": StepErrorExample,
}
