"""Layouts: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    Action,
    ActionBehavior,
    AlertLayout,
    BoxLayout,
    ButtonLayout,
    ColumnsLayout,
    HeadingLayout,
    LoadingIndicatorLayout,
    MarkdownLayout,
    ParagraphLayout,
)


class AlertLayoutExample:
    """The same AlertLayout, three ways."""

    @staticmethod
    def by_constructors():
        return AlertLayout(
            control="banner",
            margin="lg",
            analytics_id="late",
            tags=["notice", "top"],
            markdown="This takes *two days*.",
            context="warning",
        )

    @staticmethod
    def by_blocks():
        with AlertLayout.build() as alert:
            alert.control = "banner"
            alert.margin = "lg"
            alert.analytics_id = "late"
            alert.tags = ["notice", "top"]
            alert.markdown = "This takes *two days*."
            alert.context = "warning"
        return alert.built

    @staticmethod
    def by_callbacks():
        @AlertLayout.build
        def made(alert):
            alert.control = "banner"
            alert.margin = "lg"
            alert.analytics_id = "late"
            alert.tags = ["notice", "top"]
            alert.markdown = "This takes *two days*."
            alert.context = "warning"

        return made


class BoxLayoutExample:
    """The same BoxLayout, three ways."""

    @staticmethod
    def by_constructors():
        return BoxLayout(
            control="card",
            margin="sm",
            analytics_id="summary",
            tags=["raised"],
            components=[HeadingLayout(text="Summary"), BoxLayout(components=[])],
            border=True,
            width="md",
        )

    @staticmethod
    def by_blocks():
        with BoxLayout.build() as box:
            box.control = "card"
            box.margin = "sm"
            box.analytics_id = "summary"
            box.tags = ["raised"]
            with box.components() as components:
                components.heading(text="Summary")
                with components.box() as inner:
                    inner.components()
            box.border = True
            box.width = "md"
        return box.built

    @staticmethod
    def by_callbacks():
        @BoxLayout.build
        def made(box):
            box.control = "card"
            box.margin = "sm"
            box.analytics_id = "summary"
            box.tags = ["raised"]

            @box.components
            def _(components):
                @components.heading
                def _(heading):
                    heading.text = "Summary"

                @components.box
                def _(inner):
                    @inner.components
                    def _(nothing):
                        pass

            box.border = True
            box.width = "md"

        return made


class ButtonLayoutExample:
    """The same ButtonLayout, three ways."""

    @staticmethod
    def by_constructors():
        return ButtonLayout(
            control="primary",
            margin="xs",
            analytics_id="pay",
            tags=["sticky"],
            title="Pay",
            action=Action(url="/pay"),
            behavior=ActionBehavior(action=Action(url="/pay/2")),
            context="positive",
            disabled=False,
            pin_order=1,
        )

    @staticmethod
    def by_blocks():
        with ButtonLayout.build() as button:
            button.control = "primary"
            button.margin = "xs"
            button.analytics_id = "pay"
            button.tags = ["sticky"]
            button.title = "Pay"
            button.action(url="/pay")
            with button.behavior.action() as behavior:
                behavior.action(url="/pay/2")
            button.context = "positive"
            button.disabled = False
            button.pin_order = 1
        return button.built

    @staticmethod
    def by_callbacks():
        @ButtonLayout.build
        def made(button):
            button.control = "primary"
            button.margin = "xs"
            button.analytics_id = "pay"
            button.tags = ["sticky"]
            button.title = "Pay"

            @button.action
            def _(action):
                action.url = "/pay"

            @button.behavior.action
            def _(behavior):
                behavior.action(url="/pay/2")

            button.context = "positive"
            button.disabled = False
            button.pin_order = 1

        return made


class ColumnsLayoutExample:
    """The same ColumnsLayout, three ways."""

    @staticmethod
    def by_constructors():
        return ColumnsLayout(
            control="cards",
            margin="xl",
            analytics_id="compare",
            tags=["wide"],
            left=[ParagraphLayout(text="Now")],
            right=[ParagraphLayout(text="Then"), LoadingIndicatorLayout()],
            bias="left",
        )

    @staticmethod
    def by_blocks():
        with ColumnsLayout.build() as columns:
            columns.control = "cards"
            columns.margin = "xl"
            columns.analytics_id = "compare"
            columns.tags = ["wide"]
            with columns.left() as left:
                left.paragraph(text="Now")
            with columns.right() as right:
                right.paragraph(text="Then")
                right.loading_indicator()
            columns.bias = "left"
        return columns.built

    @staticmethod
    def by_callbacks():
        @ColumnsLayout.build
        def made(columns):
            columns.control = "cards"
            columns.margin = "xl"
            columns.analytics_id = "compare"
            columns.tags = ["wide"]

            @columns.left
            def _(left):
                @left.paragraph
                def _(paragraph):
                    paragraph.text = "Now"

            @columns.right
            def _(right):
                @right.paragraph
                def _(paragraph):
                    paragraph.text = "Then"

                @right.loading_indicator
                def _(loading_indicator):
                    pass

            columns.bias = "left"

        return made


class HeadingLayoutExample:
    """The same HeadingLayout, three ways."""

    @staticmethod
    def by_constructors():
        return HeadingLayout(
            control="display",
            margin="md",
            analytics_id="title",
            tags=["hero"],
            text="Welcome – 你好",
            size="xl",
            align="center",
        )

    @staticmethod
    def by_blocks():
        with HeadingLayout.build() as heading:
            heading.control = "display"
            heading.margin = "md"
            heading.analytics_id = "title"
            heading.tags = ["hero"]
            heading.text = "Welcome – 你好"
            heading.size = "xl"
            heading.align = "center"
        return heading.built

    @staticmethod
    def by_callbacks():
        @HeadingLayout.build
        def made(heading):
            heading.control = "display"
            heading.margin = "md"
            heading.analytics_id = "title"
            heading.tags = ["hero"]
            heading.text = "Welcome – 你好"
            heading.size = "xl"
            heading.align = "center"

        return made


class LoadingIndicatorLayoutExample:
    """The same LoadingIndicatorLayout, three ways."""

    @staticmethod
    def by_constructors():
        return LoadingIndicatorLayout(control="bar", margin="lg", analytics_id="waiting", tags=["slow"], size="sm")

    @staticmethod
    def by_blocks():
        with LoadingIndicatorLayout.build() as indicator:
            indicator.control = "bar"
            indicator.margin = "lg"
            indicator.analytics_id = "waiting"
            indicator.tags = ["slow"]
            indicator.size = "sm"
        return indicator.built

    @staticmethod
    def by_callbacks():
        @LoadingIndicatorLayout.build
        def made(indicator):
            indicator.control = "bar"
            indicator.margin = "lg"
            indicator.analytics_id = "waiting"
            indicator.tags = ["slow"]
            indicator.size = "sm"

        return made


class MarkdownLayoutExample:
    """The same MarkdownLayout, three ways."""

    @staticmethod
    def by_constructors():
        return MarkdownLayout(
            control="fine-print",
            margin="xs",
            analytics_id="terms",
            tags=["legal"],
            content="# Terms\n\n* [all of them](/terms)",
            align="left",
        )

    @staticmethod
    def by_blocks():
        with MarkdownLayout.build() as markdown:
            markdown.control = "fine-print"
            markdown.margin = "xs"
            markdown.analytics_id = "terms"
            markdown.tags = ["legal"]
            markdown.content = "# Terms\n\n* [all of them](/terms)"
            markdown.align = "left"
        return markdown.built

    @staticmethod
    def by_callbacks():
        @MarkdownLayout.build
        def made(markdown):
            markdown.control = "fine-print"
            markdown.margin = "xs"
            markdown.analytics_id = "terms"
            markdown.tags = ["legal"]
            markdown.content = "# Terms\n\n* [all of them](/terms)"
            markdown.align = "left"

        return made


class ParagraphLayoutExample:
    """The same ParagraphLayout, three ways."""

    @staticmethod
    def by_constructors():
        return ParagraphLayout(
            control="lead", margin="sm", analytics_id="intro", tags=[], text="One more thing.", align="right"
        )

    @staticmethod
    def by_blocks():
        with ParagraphLayout.build() as paragraph:
            paragraph.control = "lead"
            paragraph.margin = "sm"
            paragraph.analytics_id = "intro"
            paragraph.tags = []
            paragraph.text = "One more thing."
            paragraph.align = "right"
        return paragraph.built

    @staticmethod
    def by_callbacks():
        @ParagraphLayout.build
        def made(paragraph):
            paragraph.control = "lead"
            paragraph.margin = "sm"
            paragraph.analytics_id = "intro"
            paragraph.tags = []
            paragraph.text = "One more thing."
            paragraph.align = "right"

        return made


EXAMPLES = {
    "AlertLayout": AlertLayoutExample,
    "BoxLayout": BoxLayoutExample,
    "ButtonLayout": ButtonLayoutExample,
    "ColumnsLayout": ColumnsLayoutExample,
    "HeadingLayout": HeadingLayoutExample,
    "LoadingIndicatorLayout": LoadingIndicatorLayoutExample,
    "MarkdownLayout": MarkdownLayoutExample,
    "ParagraphLayout": ParagraphLayoutExample,
}
