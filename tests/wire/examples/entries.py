"""Choices, instructions and lists: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    Action,
    ActionBehavior,
    Context,
    DecisionLayout,
    Icon,
    ImageLayout,
    InstructionsLayout,
    ListLayout,
    Media,
    Size,
    SupportingValues,
)


class DecisionLayoutExample:
    """The same DecisionLayout, three ways."""

    @staticmethod
    def by_constructors():
        return DecisionLayout(
            control="filtered",
            margin=Size.XL,
            analytics_id="payee-kind",
            tags=["main"],
            title="Whom do you pay?",
            options=[
                DecisionLayout.Option(
                    title="Myself", action=Action(url="/payees/self"), icon=Icon.Named(name="person")
                ),
                DecisionLayout.Option(
                    title="Somebody else",
                    description="With their IBAN",
                    behavior=ActionBehavior(action=Action()),
                    media=Media.Avatar(content=[Media.Avatar.Content.Uri(uri="urn:wise:icons:people")]),
                ),
            ],
        )

    @staticmethod
    def by_blocks():
        with DecisionLayout.build() as decision:
            decision.control = "filtered"
            decision.margin = "xl"
            decision.analytics_id = "payee-kind"
            decision.tags = ["main"]
            decision.title = "Whom do you pay?"
            with decision.options() as options:
                with options.option(title="Myself") as option:
                    option.action(url="/payees/self")
                    option.icon.named(name="person")
                with options.option(title="Somebody else", description="With their IBAN") as option:
                    with option.behavior.action() as behavior:
                        behavior.action()
                    with option.media.avatar() as media:
                        with media.content() as content:
                            content.uri(uri="urn:wise:icons:people")
        return decision.built

    @staticmethod
    def by_callbacks():
        @DecisionLayout.build
        def made(decision):
            decision.control = "filtered"
            decision.margin = "xl"
            decision.analytics_id = "payee-kind"
            decision.tags = ["main"]
            decision.title = "Whom do you pay?"

            @decision.options
            def _(options):
                @options.option
                def _(option):
                    option.title = "Myself"
                    option.action(url="/payees/self")
                    option.icon.named(name="person")

                @options.option
                def _(option):
                    option.title = "Somebody else"
                    option.description = "With their IBAN"

                    @option.behavior.action
                    def _(behavior):
                        behavior.action()

                    @option.media.avatar
                    def _(media):
                        @media.content
                        def _(content):
                            content.uri(uri="urn:wise:icons:people")

        return made


class DecisionLayoutOptionExample:
    """The same DecisionLayout.Option, three ways."""

    @staticmethod
    def by_constructors():
        return DecisionLayout.Option(
            title="Euro",
            description="Balance of 120.50 EUR",
            additional_text="Free",
            disabled=False,
            action=Action(url="/currencies/eur", data={"currency": "EUR"}),
            behavior=ActionBehavior(action=Action(url="/currencies/eur/2", method="PUT")),
            icon=Icon.Named(name="flag-eu"),
            image=ImageLayout(url="/flags/eu.png", accessibility_description="Flag of Europe", size="xs"),
            media=Media.Avatar(
                content=[
                    Media.Avatar.Content.Uri(uri="urn:wise:currencies:EUR:image"),
                    Media.Avatar.Content.Text(text="€"),
                ]
            ),
            analytics_id="currency-eur",
        )

    @staticmethod
    def by_blocks():
        with DecisionLayout.Option.build() as option:
            option.title = "Euro"
            option.description = "Balance of 120.50 EUR"
            option.additional_text = "Free"
            option.disabled = False
            option.action(url="/currencies/eur", data={"currency": "EUR"})
            with option.behavior.action() as behavior:
                behavior.action(url="/currencies/eur/2", method="PUT")
            option.icon.named(name="flag-eu")
            option.image(url="/flags/eu.png", accessibility_description="Flag of Europe", size="xs")
            with option.media.avatar() as media:
                with media.content() as content:
                    content.uri(uri="urn:wise:currencies:EUR:image")
                    content.text(text="€")
            option.analytics_id = "currency-eur"
        return option.built

    @staticmethod
    def by_callbacks():
        @DecisionLayout.Option.build
        def made(option):
            option.title = "Euro"
            option.description = "Balance of 120.50 EUR"
            option.additional_text = "Free"
            option.disabled = False

            @option.action
            def _(action):
                action.url = "/currencies/eur"
                action.data = {"currency": "EUR"}

            @option.behavior.action
            def _(behavior):
                behavior.action(url="/currencies/eur/2", method="PUT")

            @option.icon.named
            def _(icon):
                icon.name = "flag-eu"

            @option.image
            def _(image):
                image.url = "/flags/eu.png"
                image.accessibility_description = "Flag of Europe"
                image.size = Size.XS

            @option.media.avatar
            def _(media):
                @media.content
                def _(content):
                    content.uri(uri="urn:wise:currencies:EUR:image")
                    content.text(text="€")

            option.analytics_id = "currency-eur"

        return made


class InstructionsLayoutExample:
    """The same InstructionsLayout, three ways."""

    @staticmethod
    def by_constructors():
        return InstructionsLayout(
            control="numbered",
            margin="md",
            analytics_id="photo",
            tags=["do-and-do-not"],
            title="The photo of your passport",
            items=[
                InstructionsLayout.Item(text="Lay it on a dark table", context="positive"),
                InstructionsLayout.Item(text="Do not use a flash", context=Context.NEGATIVE),
            ],
        )

    @staticmethod
    def by_blocks():
        with InstructionsLayout.build() as instructions:
            instructions.control = "numbered"
            instructions.margin = "md"
            instructions.analytics_id = "photo"
            instructions.tags = ["do-and-do-not"]
            instructions.title = "The photo of your passport"
            with instructions.items() as items:
                items.item(text="Lay it on a dark table", context="positive")
                items.item(text="Do not use a flash", context="negative")
        return instructions.built

    @staticmethod
    def by_callbacks():
        @InstructionsLayout.build
        def made(instructions):
            instructions.control = "numbered"
            instructions.margin = "md"
            instructions.analytics_id = "photo"
            instructions.tags = ["do-and-do-not"]
            instructions.title = "The photo of your passport"

            @instructions.items
            def _(items):
                items.item(text="Lay it on a dark table", context="positive")
                items.item(text="Do not use a flash", context="negative")

        return made


class InstructionsLayoutItemExample:
    """The same InstructionsLayout.Item, three ways."""

    @staticmethod
    def by_constructors():
        return InstructionsLayout.Item(text="Photos of screens are refused", context="warning")

    @staticmethod
    def by_blocks():
        with InstructionsLayout.Item.build() as item:
            item.text = "Photos of screens are refused"
            item.context = Context.WARNING
        return item.built

    @staticmethod
    def by_callbacks():
        @InstructionsLayout.Item.build
        def made(item):
            item.text = "Photos of screens are refused"
            item.context = "warning"

        return made


class ListLayoutExample:
    """The same ListLayout, three ways."""

    @staticmethod
    def by_constructors():
        return ListLayout(
            control="compact",
            margin="sm",
            analytics_id="recent",
            tags=["history"],
            title="Recent payments",
            items=[
                ListLayout.Item(
                    title="Mari Maasikas",
                    description="Yesterday",
                    supporting_values=SupportingValues(value="−100 GBP", subvalue="117.30 EUR"),
                ),
                ListLayout.Item(title="Refund", media=Media.Image(uri="/refund.png")),
            ],
        )

    @staticmethod
    def by_blocks():
        with ListLayout.build() as list_:
            list_.control = "compact"
            list_.margin = "sm"
            list_.analytics_id = "recent"
            list_.tags = ["history"]
            list_.title = "Recent payments"
            with list_.items() as items:
                with items.item(title="Mari Maasikas", description="Yesterday") as item:
                    item.supporting_values(value="−100 GBP", subvalue="117.30 EUR")
                with items.item(title="Refund") as item:
                    item.media.image(uri="/refund.png")
        return list_.built

    @staticmethod
    def by_callbacks():
        @ListLayout.build
        def made(list_):
            list_.control = "compact"
            list_.margin = "sm"
            list_.analytics_id = "recent"
            list_.tags = ["history"]
            list_.title = "Recent payments"

            @list_.items
            def _(items):
                @items.item
                def _(item):
                    item.title = "Mari Maasikas"
                    item.description = "Yesterday"
                    item.supporting_values(value="−100 GBP", subvalue="117.30 EUR")

                @items.item
                def _(item):
                    item.title = "Refund"
                    item.media.image(uri="/refund.png")

        return made


class ListLayoutItemExample:
    """The same ListLayout.Item, three ways."""

    @staticmethod
    def by_constructors():
        return ListLayout.Item(
            title="Green card",
            description="Ends in 1234",
            media=Media.Avatar(content=[Media.Avatar.Content.Text(text="GC")]),
            supporting_values=SupportingValues(value="+100 GBP", subvalue="Refund"),
        )

    @staticmethod
    def by_blocks():
        with ListLayout.Item.build() as item:
            item.title = "Green card"
            item.description = "Ends in 1234"
            with item.media.avatar() as media:
                with media.content() as content:
                    content.text(text="GC")
            item.supporting_values(value="+100 GBP", subvalue="Refund")
        return item.built

    @staticmethod
    def by_callbacks():
        @ListLayout.Item.build
        def made(item):
            item.title = "Green card"
            item.description = "Ends in 1234"

            @item.media.avatar
            def _(media):
                @media.content
                def _(content):
                    content.text(text="GC")

            @item.supporting_values
            def _(supporting_values):
                supporting_values.value = "+100 GBP"
                supporting_values.subvalue = "Refund"

        return made


EXAMPLES = {
    "DecisionLayout": DecisionLayoutExample,
    "DecisionLayout.Option": DecisionLayoutOptionExample,
    "InstructionsLayout": InstructionsLayoutExample,
    "InstructionsLayout.Item": InstructionsLayoutItemExample,
    "ListLayout": ListLayoutExample,
    "ListLayout.Item": ListLayoutItemExample,
}
