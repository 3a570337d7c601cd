"""Response bodies: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import Action, ActionResponseBody, ErrorResponseBody


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
        return ErrorResponseBody(error="Try again", refresh_url="/pay/refresh", validation=None)

    @staticmethod
    def by_blocks():
        with ErrorResponseBody.build() as body:
            body.error = "Try again"
            body.refresh_url = "/pay/refresh"
            body.validation = None
        return body.built

    @staticmethod
    def by_callbacks():
        @ErrorResponseBody.build
        def made(body):
            body.error = "Try again"
            body.refresh_url = "/pay/refresh"
            body.validation = None

        return made


EXAMPLES = {
    "ActionResponseBody": ActionResponseBodyExample,
    "ErrorResponseBody": ErrorResponseBodyExample,
}
