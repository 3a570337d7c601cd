"""Boxes, columns and modals: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    BoxLayout,
    ButtonLayout,
    ColumnsLayout,
    DismissBehavior,
    HeadingLayout,
    ImageLayout,
    LoadingIndicatorLayout,
    MarkdownLayout,
    ModalLayout,
    ParagraphLayout,
    ReviewLayout,
    Size,
)


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
            box.width = Size.MD

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
            bias=ColumnsLayout.Bias.LEFT,
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


class ModalLayoutExample:
    """The same ModalLayout, three ways."""

    @staticmethod
    def by_constructors():
        return ModalLayout(
            control="link",
            margin=Size.SM,
            analytics_id="fees-modal",
            tags=["legal"],
            trigger=ModalLayout.Trigger(title="How we reckon the fee"),
            content=ModalLayout.Content(
                title="The fee",
                components=[
                    ParagraphLayout(text="Half a per cent, and thirty cents."),
                    ReviewLayout(
                        fields=[
                            ReviewLayout.Field(label="You send", value="100 EUR"),
                            ReviewLayout.Field(label="Fee", value="0.80 EUR"),
                        ]
                    ),
                ],
            ),
        )

    @staticmethod
    def by_blocks():
        with ModalLayout.build() as modal:
            modal.control = "link"
            modal.margin = "sm"
            modal.analytics_id = "fees-modal"
            modal.tags = ["legal"]
            modal.trigger(title="How we reckon the fee")
            with modal.content(title="The fee") as content:
                with content.components() as components:
                    components.paragraph(text="Half a per cent, and thirty cents.")
                    with components.review() as review:
                        with review.fields() as fields:
                            fields.field(label="You send", value="100 EUR")
                            fields.field(label="Fee", value="0.80 EUR")
        return modal.built

    @staticmethod
    def by_callbacks():
        @ModalLayout.build
        def made(modal):
            modal.control = "link"
            modal.margin = "sm"
            modal.analytics_id = "fees-modal"
            modal.tags = ["legal"]

            @modal.trigger
            def _(trigger):
                trigger.title = "How we reckon the fee"

            @modal.content
            def _(content):
                content.title = "The fee"

                @content.components
                def _(components):
                    components.paragraph(text="Half a per cent, and thirty cents.")

                    @components.review
                    def _(review):
                        @review.fields
                        def _(fields):
                            fields.field(label="You send", value="100 EUR")
                            fields.field(label="Fee", value="0.80 EUR")

        return made


class ModalLayoutContentExample:
    """The same ModalLayout.Content, three ways."""

    @staticmethod
    def by_constructors():
        return ModalLayout.Content(
            title="IBAN",
            components=[
                MarkdownLayout(content="It stands on your **bank statement**."),
                ImageLayout(url="/iban.png"),
                ButtonLayout(title="I see", behavior=DismissBehavior()),
            ],
        )

    @staticmethod
    def by_blocks():
        with ModalLayout.Content.build() as content:
            content.title = "IBAN"
            with content.components() as components:
                components.markdown(content="It stands on your **bank statement**.")
                components.image(url="/iban.png")
                with components.button(title="I see") as button:
                    button.behavior.dismiss()
        return content.built

    @staticmethod
    def by_callbacks():
        @ModalLayout.Content.build
        def made(content):
            content.title = "IBAN"

            @content.components
            def _(components):
                components.markdown(content="It stands on your **bank statement**.")
                components.image(url="/iban.png")

                @components.button
                def _(button):
                    button.title = "I see"
                    button.behavior.dismiss()

        return made


class ModalLayoutTriggerExample:
    """The same ModalLayout.Trigger, three ways."""

    @staticmethod
    def by_constructors():
        return ModalLayout.Trigger(title="What is an IBAN?")

    @staticmethod
    def by_blocks():
        with ModalLayout.Trigger.build() as trigger:
            trigger.title = "What is an IBAN?"
        return trigger.built

    @staticmethod
    def by_callbacks():
        @ModalLayout.Trigger.build
        def made(trigger):
            trigger.title = "What is an IBAN?"

        return made


EXAMPLES = {
    "BoxLayout": BoxLayoutExample,
    "ColumnsLayout": ColumnsLayoutExample,
    "ModalLayout": ModalLayoutExample,
    "ModalLayout.Content": ModalLayoutContentExample,
    "ModalLayout.Trigger": ModalLayoutTriggerExample,
}
