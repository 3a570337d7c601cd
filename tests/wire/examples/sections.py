"""Sections and tabs: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    Action,
    ActionBehavior,
    AlertLayout,
    BoxLayout,
    Context,
    DividerLayout,
    FormLayout,
    HeadingLayout,
    LinkBehavior,
    ListLayout,
    ParagraphLayout,
    SectionLayout,
    Size,
    TabsLayout,
)


class SectionLayoutExample:
    """The same SectionLayout, three ways."""

    @staticmethod
    def by_constructors():
        return SectionLayout(
            control="card",
            margin=Size.LG,
            analytics_id="cards",
            tags=["managed"],
            title="Your cards",
            call_to_action=SectionLayout.CallToAction(
                title="Order one", behavior=ActionBehavior(action=Action(url="/cards/order"))
            ),
            components=[
                ListLayout(items=[ListLayout.Item(title="Green card", description="Ends in 1234")]),
                DividerLayout(),
                ParagraphLayout(text="No other cards."),
            ],
        )

    @staticmethod
    def by_blocks():
        with SectionLayout.build() as section:
            section.control = "card"
            section.margin = "lg"
            section.analytics_id = "cards"
            section.tags = ["managed"]
            section.title = "Your cards"
            with section.call_to_action(title="Order one") as call_to_action:
                with call_to_action.behavior.action() as behavior:
                    behavior.action(url="/cards/order")
            with section.components() as components:
                with components.list() as list_:
                    with list_.items() as items:
                        items.item(title="Green card", description="Ends in 1234")
                components.divider()
                components.paragraph(text="No other cards.")
        return section.built

    @staticmethod
    def by_callbacks():
        @SectionLayout.build
        def made(section):
            section.control = "card"
            section.margin = "lg"
            section.analytics_id = "cards"
            section.tags = ["managed"]
            section.title = "Your cards"

            @section.call_to_action
            def _(call_to_action):
                call_to_action.title = "Order one"

                @call_to_action.behavior.action
                def _(behavior):
                    behavior.action(url="/cards/order")

            @section.components
            def _(components):
                @components.list
                def _(list_):
                    @list_.items
                    def _(items):
                        items.item(title="Green card", description="Ends in 1234")

                components.divider()
                components.paragraph(text="No other cards.")

        return made


class SectionLayoutCallToActionExample:
    """The same SectionLayout.CallToAction, three ways."""

    @staticmethod
    def by_constructors():
        return SectionLayout.CallToAction(title="See all", behavior=LinkBehavior(url="https://bar.foo/cards"))

    @staticmethod
    def by_blocks():
        with SectionLayout.CallToAction.build() as call_to_action:
            call_to_action.title = "See all"
            call_to_action.behavior.link(url="https://bar.foo/cards")
        return call_to_action.built

    @staticmethod
    def by_callbacks():
        @SectionLayout.CallToAction.build
        def made(call_to_action):
            call_to_action.title = "See all"

            @call_to_action.behavior.link
            def _(behavior):
                behavior.url = "https://bar.foo/cards"

        return made


class TabsLayoutExample:
    """The same TabsLayout, three ways."""

    @staticmethod
    def by_constructors():
        return TabsLayout(
            control="pills",
            margin="md",
            analytics_id="accounts",
            tags=["wide"],
            items=[
                TabsLayout.Item(title="Euro", components=[FormLayout(schema_id="#eur")]),
                TabsLayout.Item(
                    title="Pound",
                    components=[
                        FormLayout(schema_id="#gbp"),
                        AlertLayout(markdown="Takes a day", context=Context.NEUTRAL),
                    ],
                ),
                TabsLayout.Item(title="None", components=[]),
            ],
        )

    @staticmethod
    def by_blocks():
        with TabsLayout.build() as tabs:
            tabs.control = "pills"
            tabs.margin = "md"
            tabs.analytics_id = "accounts"
            tabs.tags = ["wide"]
            with tabs.items() as items:
                with items.item(title="Euro") as item:
                    with item.components() as components:
                        components.form(schema_id="#eur")
                with items.item(title="Pound") as item:
                    with item.components() as components:
                        components.form(schema_id="#gbp")
                        components.alert(markdown="Takes a day", context="neutral")
                with items.item(title="None") as item:
                    item.components()
        return tabs.built

    @staticmethod
    def by_callbacks():
        @TabsLayout.build
        def made(tabs):
            tabs.control = "pills"
            tabs.margin = "md"
            tabs.analytics_id = "accounts"
            tabs.tags = ["wide"]

            @tabs.items
            def _(items):
                @items.item
                def _(item):
                    item.title = "Euro"

                    @item.components
                    def _(components):
                        components.form(schema_id="#eur")

                @items.item
                def _(item):
                    item.title = "Pound"

                    @item.components
                    def _(components):
                        components.form(schema_id="#gbp")
                        components.alert(markdown="Takes a day", context="neutral")

                @items.item
                def _(item):
                    item.title = "None"
                    item.components()

        return made


class TabsLayoutItemExample:
    """The same TabsLayout.Item, three ways."""

    @staticmethod
    def by_constructors():
        return TabsLayout.Item(
            title="Bank account",
            components=[
                HeadingLayout(text="To a bank", size="sm"),
                BoxLayout(components=[FormLayout(schema_id="#bank")], border=True),
            ],
        )

    @staticmethod
    def by_blocks():
        with TabsLayout.Item.build() as tab:
            tab.title = "Bank account"
            with tab.components() as components:
                components.heading(text="To a bank", size=Size.SM)
                with components.box(border=True) as box:
                    with box.components() as inner_components:
                        inner_components.form(schema_id="#bank")
        return tab.built

    @staticmethod
    def by_callbacks():
        @TabsLayout.Item.build
        def made(tab):
            tab.title = "Bank account"

            @tab.components
            def _(components):
                components.heading(text="To a bank", size="sm")

                @components.box
                def _(box):
                    @box.components
                    def _(inner_components):
                        inner_components.form(schema_id="#bank")

                    box.border = True

        return made


EXAMPLES = {
    "SectionLayout": SectionLayoutExample,
    "SectionLayout.CallToAction": SectionLayoutCallToActionExample,
    "TabsLayout": TabsLayoutExample,
    "TabsLayout.Item": TabsLayoutItemExample,
}
