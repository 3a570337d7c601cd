"""Behaviors and launch configs: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    Action,
    ActionBehavior,
    AlertLayout,
    ButtonLayout,
    Context,
    CopyBehavior,
    DismissBehavior,
    HeadingLayout,
    LinkBehavior,
    ModalBehavior,
    NativeLaunchConfig,
    RefreshBehavior,
    SubflowBehavior,
)


class CopyBehaviorExample:
    """The same CopyBehavior, three ways."""

    @staticmethod
    def by_constructors():
        return CopyBehavior(content="EE38 2200 2210 2014 5685")

    @staticmethod
    def by_blocks():
        with CopyBehavior.build() as behavior:
            behavior.content = "EE38 2200 2210 2014 5685"
        return behavior.built

    @staticmethod
    def by_callbacks():
        @CopyBehavior.build
        def made(behavior):
            behavior.content = "EE38 2200 2210 2014 5685"

        return made


class DismissBehaviorExample:
    """The same DismissBehavior, three ways."""

    @staticmethod
    def by_constructors():
        return DismissBehavior()

    @staticmethod
    def by_blocks():
        with DismissBehavior.build() as behavior:
            pass
        return behavior.built

    @staticmethod
    def by_callbacks():
        @DismissBehavior.build
        def made(behavior):
            pass

        return made


class LinkBehaviorExample:
    """The same LinkBehavior, three ways."""

    @staticmethod
    def by_constructors():
        return LinkBehavior(url="mailto:help@bar.foo?subject=Zahlung%20f%C3%BCr%20Mari")

    @staticmethod
    def by_blocks():
        with LinkBehavior.build() as behavior:
            behavior.url = "mailto:help@bar.foo?subject=Zahlung%20f%C3%BCr%20Mari"
        return behavior.built

    @staticmethod
    def by_callbacks():
        @LinkBehavior.build
        def made(behavior):
            behavior.url = "mailto:help@bar.foo?subject=Zahlung%20f%C3%BCr%20Mari"

        return made


class ModalBehaviorExample:
    """The same ModalBehavior, three ways."""

    @staticmethod
    def by_constructors():
        return ModalBehavior(
            content=[
                HeadingLayout(text="Are you sure?"),
                ButtonLayout(control="primary", title="Yes", behavior=ActionBehavior(action=Action(url="/cancel"))),
                ButtonLayout(title="No", behavior=DismissBehavior()),
            ]
        )

    @staticmethod
    def by_blocks():
        with ModalBehavior.build() as behavior:
            with behavior.content() as content:
                content.heading(text="Are you sure?")
                with content.button(control="primary", title="Yes") as button:
                    with button.behavior.action() as inner_behavior:
                        inner_behavior.action(url="/cancel")
                with content.button(title="No") as button:
                    button.behavior.dismiss()
        return behavior.built

    @staticmethod
    def by_callbacks():
        @ModalBehavior.build
        def made(behavior):
            @behavior.content
            def _(content):
                content.heading(text="Are you sure?")

                @content.button
                def _(button):
                    button.control = "primary"
                    button.title = "Yes"

                    @button.behavior.action
                    def _(inner_behavior):
                        inner_behavior.action(url="/cancel")

                @content.button
                def _(button):
                    button.title = "No"
                    button.behavior.dismiss()

        return made


class NativeLaunchConfigExample:
    """The same NativeLaunchConfig, three ways."""

    @staticmethod
    def by_constructors():
        return NativeLaunchConfig(id="scan-card", payload={"sides": ["front", "back"], "flash": None})

    @staticmethod
    def by_blocks():
        with NativeLaunchConfig.build() as launch:
            launch.id = "scan-card"
            launch.payload = {"sides": ["front", "back"], "flash": None}
        return launch.built

    @staticmethod
    def by_callbacks():
        @NativeLaunchConfig.build
        def made(launch):
            launch.id = "scan-card"
            launch.payload = {"sides": ["front", "back"], "flash": None}

        return made


class RefreshBehaviorExample:
    """The same RefreshBehavior, three ways."""

    @staticmethod
    def by_constructors():
        return RefreshBehavior()

    @staticmethod
    def by_blocks():
        with RefreshBehavior.build() as behavior:
            pass
        return behavior.built

    @staticmethod
    def by_callbacks():
        @RefreshBehavior.build
        def made(behavior):
            pass

        return made


class SubflowBehaviorExample:
    """The same SubflowBehavior, three ways."""

    @staticmethod
    def by_constructors():
        return SubflowBehavior(
            launch_config=NativeLaunchConfig(id="scan-passport", payload={"country": "EE"}),
            referrer_id="open-account",
            result_key="passport",
            on_completion=ActionBehavior(action=Action(url="/passport")),
            on_error=ModalBehavior(content=[AlertLayout(markdown="We could not read it", context="negative")]),
        )

    @staticmethod
    def by_blocks():
        with SubflowBehavior.build() as behavior:
            behavior.launch_config.native(id="scan-passport", payload={"country": "EE"})
            behavior.referrer_id = "open-account"
            behavior.result_key = "passport"
            with behavior.on_completion.action() as on_completion:
                on_completion.action(url="/passport")
            with behavior.on_error.modal() as on_error:
                with on_error.content() as content:
                    content.alert(markdown="We could not read it", context=Context.NEGATIVE)
        return behavior.built

    @staticmethod
    def by_callbacks():
        @SubflowBehavior.build
        def made(behavior):
            @behavior.launch_config.native
            def _(launch_config):
                launch_config.id = "scan-passport"
                launch_config.payload = {"country": "EE"}

            behavior.referrer_id = "open-account"
            behavior.result_key = "passport"

            @behavior.on_completion.action
            def _(on_completion):
                on_completion.action(url="/passport")

            @behavior.on_error.modal
            def _(on_error):
                @on_error.content
                def _(content):
                    content.alert(markdown="We could not read it", context="negative")

        return made


EXAMPLES = {
    "CopyBehavior": CopyBehaviorExample,
    "DismissBehavior": DismissBehaviorExample,
    "LinkBehavior": LinkBehaviorExample,
    "ModalBehavior": ModalBehaviorExample,
    "NativeLaunchConfig": NativeLaunchConfigExample,
    "RefreshBehavior": RefreshBehaviorExample,
    "SubflowBehavior": SubflowBehaviorExample,
}
