"""Layouts: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    Action,
    ActionBehavior,
    AlertLayout,
    ButtonLayout,
    DividerLayout,
    FormLayout,
    HeadingLayout,
    ImageLayout,
    LoadingIndicatorLayout,
    MarkdownLayout,
    Media,
    MediaLayout,
    ParagraphLayout,
    Size,
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


class DividerLayoutExample:
    """The same DividerLayout, three ways."""

    @staticmethod
    def by_constructors():
        return DividerLayout(control="dashed", margin=Size.LG, analytics_id="before-fees", tags=["thin"])

    @staticmethod
    def by_blocks():
        with DividerLayout.build() as divider:
            divider.control = "dashed"
            divider.margin = "lg"
            divider.analytics_id = "before-fees"
            divider.tags = ["thin"]
        return divider.built

    @staticmethod
    def by_callbacks():
        @DividerLayout.build
        def made(divider):
            divider.control = "dashed"
            divider.margin = "lg"
            divider.analytics_id = "before-fees"
            divider.tags = ["thin"]

        return made


class FormLayoutExample:
    """The same FormLayout, three ways."""

    @staticmethod
    def by_constructors():
        return FormLayout(
            control="compact", margin="md", analytics_id="payee-form", tags=["two-columns"], schema_id="#payee"
        )

    @staticmethod
    def by_blocks():
        with FormLayout.build() as form:
            form.control = "compact"
            form.margin = Size.MD
            form.analytics_id = "payee-form"
            form.tags = ["two-columns"]
            form.schema_id = "#payee"
        return form.built

    @staticmethod
    def by_callbacks():
        @FormLayout.build
        def made(form):
            form.control = "compact"
            form.margin = "md"
            form.analytics_id = "payee-form"
            form.tags = ["two-columns"]
            form.schema_id = "#payee"

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


class ImageLayoutExample:
    """The same ImageLayout, three ways."""

    @staticmethod
    def by_constructors():
        return ImageLayout(
            control="rounded",
            margin=Size.SM,
            analytics_id="card",
            tags=["hero"],
            url="https://bar.foo/cards/green.png?size=2",
            accessibility_description="A green card",
            size="xl",
        )

    @staticmethod
    def by_blocks():
        with ImageLayout.build() as image:
            image.control = "rounded"
            image.margin = "sm"
            image.analytics_id = "card"
            image.tags = ["hero"]
            image.url = "https://bar.foo/cards/green.png?size=2"
            image.accessibility_description = "A green card"
            image.size = "xl"
        return image.built

    @staticmethod
    def by_callbacks():
        @ImageLayout.build
        def made(image):
            image.control = "rounded"
            image.margin = "sm"
            image.analytics_id = "card"
            image.tags = ["hero"]
            image.url = "https://bar.foo/cards/green.png?size=2"
            image.accessibility_description = "A green card"
            image.size = Size.XL

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


class MediaLayoutExample:
    """The same MediaLayout, three ways."""

    @staticmethod
    def by_constructors():
        return MediaLayout(
            control="wide",
            margin="xs",
            analytics_id="globe",
            tags=["top"],
            media=Media.Image(uri="urn:wise:illustrations:globe", accessibility_description="A globe"),
        )

    @staticmethod
    def by_blocks():
        with MediaLayout.build() as media:
            media.control = "wide"
            media.margin = "xs"
            media.analytics_id = "globe"
            media.tags = ["top"]
            media.media.image(uri="urn:wise:illustrations:globe", accessibility_description="A globe")
        return media.built

    @staticmethod
    def by_callbacks():
        @MediaLayout.build
        def made(media):
            media.control = "wide"
            media.margin = "xs"
            media.analytics_id = "globe"
            media.tags = ["top"]

            @media.media.image
            def _(inner_media):
                inner_media.uri = "urn:wise:illustrations:globe"
                inner_media.accessibility_description = "A globe"

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
    "ButtonLayout": ButtonLayoutExample,
    "DividerLayout": DividerLayoutExample,
    "FormLayout": FormLayoutExample,
    "HeadingLayout": HeadingLayoutExample,
    "ImageLayout": ImageLayoutExample,
    "LoadingIndicatorLayout": LoadingIndicatorLayoutExample,
    "MarkdownLayout": MarkdownLayoutExample,
    "MediaLayout": MediaLayoutExample,
    "ParagraphLayout": ParagraphLayoutExample,
}
