"""Actions, and the behavior that performs one: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import Action, ActionBehavior


class ActionExample:
    """The same Action, three ways."""

    @staticmethod
    def by_constructors():
        return Action(
            id="submit",
            url="/submit",
            method="PUT",
            exit=True,
            result={"status": "done"},
            data={"source": "form", "tries": [1, 2.5, None]},
            skip_validation=True,
            timeout=30,
        )

    @staticmethod
    def by_blocks():
        with Action.build() as action:
            action.id = "submit"
            action.url = "/submit"
            action.method = "PUT"
            action.exit = True
            action.result = {"status": "done"}
            action.data = {"source": "form", "tries": [1, 2.5, None]}
            action.skip_validation = True
            action.timeout = 30
        return action.built

    @staticmethod
    def by_callbacks():
        @Action.build
        def made(action):
            action.id = "submit"
            action.url = "/submit"
            action.method = "PUT"
            action.exit = True
            action.result = {"status": "done"}
            action.data = {"source": "form", "tries": [1, 2.5, None]}
            action.skip_validation = True
            action.timeout = 30

        return made


class ActionBehaviorExample:
    """The same ActionBehavior, three ways."""

    @staticmethod
    def by_constructors():
        return ActionBehavior(action=Action(url="/next"))

    @staticmethod
    def by_blocks():
        with ActionBehavior.build() as behavior:
            behavior.action(url="/next")
        return behavior.built

    @staticmethod
    def by_callbacks():
        @ActionBehavior.build
        def made(behavior):
            @behavior.action
            def _(action):
                action.url = "/next"

        return made


EXAMPLES = {
    "Action": ActionExample,
    "ActionBehavior": ActionBehaviorExample,
}
