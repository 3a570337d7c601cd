"""Response bodies: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    Action,
    ActionBehavior,
    ActionResponseBody,
    ButtonLayout,
    DismissBehavior,
    ErrorResponseBody,
    HeadingLayout,
    HttpMethod,
    ModalResponseBody,
    NativeLaunchConfig,
    NoOpResponseBody,
    ParagraphLayout,
    RefreshBehavior,
    SubflowResponseBody,
)


class ActionResponseBodyExample:
    """The same ActionResponseBody, three ways."""

    @staticmethod
    def by_constructors():
        return ActionResponseBody(action=Action(url="/next-step", data="all-ok"))

    @staticmethod
    def by_blocks():
        with ActionResponseBody.build() as body:
            body.action(url="/next-step", data="all-ok")
        return body.built

    @staticmethod
    def by_callbacks():
        @ActionResponseBody.build
        def made(body):
            @body.action
            def _(action):
                action.url = "/next-step"
                action.data = "all-ok"

        return made


class ErrorResponseBodyExample:
    """The same ErrorResponseBody, three ways."""

    @staticmethod
    def by_constructors():
        return ErrorResponseBody(
            error="Try again",
            refresh_url="/pay/refresh",
            validation={"iban": "No such account", "address": {"line 1": "Missing"}},
            analytics={"reason": "bank-refused", "größe": "2"},
        )

    @staticmethod
    def by_blocks():
        with ErrorResponseBody.build() as body:
            body.error = "Try again"
            body.refresh_url = "/pay/refresh"
            body.validation = {"iban": "No such account", "address": {"line 1": "Missing"}}
            body.analytics = {"reason": "bank-refused", "größe": "2"}
        return body.built

    @staticmethod
    def by_callbacks():
        @ErrorResponseBody.build
        def made(body):
            body.error = "Try again"
            body.refresh_url = "/pay/refresh"
            body.validation = {"iban": "No such account", "address": {"line 1": "Missing"}}
            body.analytics = {"reason": "bank-refused", "größe": "2"}

        return made


class ModalResponseBodyExample:
    """The same ModalResponseBody, three ways."""

    @staticmethod
    def by_constructors():
        return ModalResponseBody(
            content=[
                HeadingLayout(text="Saved"),
                ParagraphLayout(text="You can go on tomorrow."),
                ButtonLayout(title="Close", behavior=DismissBehavior()),
            ]
        )

    @staticmethod
    def by_blocks():
        with ModalResponseBody.build() as body:
            with body.content() as content:
                content.heading(text="Saved")
                content.paragraph(text="You can go on tomorrow.")
                with content.button(title="Close") as button:
                    button.behavior.dismiss()
        return body.built

    @staticmethod
    def by_callbacks():
        @ModalResponseBody.build
        def made(body):
            @body.content
            def _(content):
                content.heading(text="Saved")
                content.paragraph(text="You can go on tomorrow.")

                @content.button
                def _(button):
                    button.title = "Close"
                    button.behavior.dismiss()

        return made


class NoOpResponseBodyExample:
    """The same NoOpResponseBody, three ways."""

    @staticmethod
    def by_constructors():
        return NoOpResponseBody()

    @staticmethod
    def by_blocks():
        with NoOpResponseBody.build() as body:
            pass
        return body.built

    @staticmethod
    def by_callbacks():
        @NoOpResponseBody.build
        def made(body):
            pass

        return made


class SubflowResponseBodyExample:
    """The same SubflowResponseBody, three ways."""

    @staticmethod
    def by_constructors():
        return SubflowResponseBody(
            launch_config=NativeLaunchConfig(id="two-factor"),
            referrer_id="pay",
            result_key="proof",
            on_completion=ActionBehavior(action=Action(url="/pay/confirm", method="POST", data={"tries": 1})),
            on_error=RefreshBehavior(),
        )

    @staticmethod
    def by_blocks():
        with SubflowResponseBody.build() as body:
            body.launch_config.native(id="two-factor")
            body.referrer_id = "pay"
            body.result_key = "proof"
            with body.on_completion.action() as on_completion:
                on_completion.action(url="/pay/confirm", method=HttpMethod.POST, data={"tries": 1})
            body.on_error.refresh()
        return body.built

    @staticmethod
    def by_callbacks():
        @SubflowResponseBody.build
        def made(body):
            @body.launch_config.native
            def _(launch_config):
                launch_config.id = "two-factor"

            body.referrer_id = "pay"
            body.result_key = "proof"

            @body.on_completion.action
            def _(on_completion):
                on_completion.action(url="/pay/confirm", method="POST", data={"tries": 1})

            body.on_error.refresh()

        return made


EXAMPLES = {
    "ActionResponseBody": ActionResponseBodyExample,
    "ErrorResponseBody": ErrorResponseBodyExample,
    "ModalResponseBody": ModalResponseBodyExample,
    "NoOpResponseBody": NoOpResponseBodyExample,
    "SubflowResponseBody": SubflowResponseBodyExample,
}
