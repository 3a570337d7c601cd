"""Features of fields, lists and the step: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    CopyBehavior,
    DismissBehavior,
    HttpMethod,
    Icon,
    ImageLayout,
    LinkBehavior,
    Media,
    PersistAsync,
    StringSchema,
    Suggestions,
    Summary,
    Toolbar,
    ValidateAsync,
)


class PersistAsyncExample:
    """The same PersistAsync, three ways."""

    @staticmethod
    def by_constructors():
        return PersistAsync(
            id_property="token",
            method="PUT",
            param="cardNumber",
            schema=StringSchema(title="Card number", display_format="**** **** **** ****", min_length=12),
            url="https://vault.bar.foo/cards",
        )

    @staticmethod
    def by_blocks():
        with PersistAsync.build() as persist:
            persist.id_property = "token"
            persist.method = HttpMethod.PUT
            persist.param = "cardNumber"
            persist.schema.string(title="Card number", display_format="**** **** **** ****", min_length=12)
            persist.url = "https://vault.bar.foo/cards"
        return persist.built

    @staticmethod
    def by_callbacks():
        @PersistAsync.build
        def made(persist):
            persist.id_property = "token"
            persist.method = "PUT"
            persist.param = "cardNumber"

            @persist.schema.string
            def _(schema):
                schema.title = "Card number"
                schema.display_format = "**** **** **** ****"
                schema.min_length = 12

            persist.url = "https://vault.bar.foo/cards"

        return made


class SuggestionsExample:
    """The same Suggestions, three ways."""

    @staticmethod
    def by_constructors():
        return Suggestions(
            values=[
                Suggestions.Value(label="100 €", value=100),
                Suggestions.Value(label="All of it", value={"share": 1.0}),
                Suggestions.Value(label="Nothing", value=None),
            ]
        )

    @staticmethod
    def by_blocks():
        with Suggestions.build() as suggestions:
            with suggestions.values() as values:
                values.value(label="100 €", value=100)
                values.value(label="All of it", value={"share": 1.0})
                values.value(label="Nothing", value=None)
        return suggestions.built

    @staticmethod
    def by_callbacks():
        @Suggestions.build
        def made(suggestions):
            @suggestions.values
            def _(values):
                values.value(label="100 €", value=100)
                values.value(label="All of it", value={"share": 1.0})
                values.value(label="Nothing", value=None)

        return made


class SuggestionsValueExample:
    """The same Suggestions.Value, three ways."""

    @staticmethod
    def by_constructors():
        return Suggestions.Value(label="As last month", value={"amount": 250.75, "currency": "EUR"})

    @staticmethod
    def by_blocks():
        with Suggestions.Value.build() as suggestion:
            suggestion.label = "As last month"
            suggestion.value = {"amount": 250.75, "currency": "EUR"}
        return suggestion.built

    @staticmethod
    def by_callbacks():
        @Suggestions.Value.build
        def made(suggestion):
            suggestion.label = "As last month"
            suggestion.value = {"amount": 250.75, "currency": "EUR"}

        return made


class SummaryProviderExample:
    """The same Summary.Provider, three ways."""

    @staticmethod
    def by_constructors():
        return Summary.Provider(
            provides_title=True,
            provides_description=False,
            provides_icon=True,
            provides_image=False,
            provides_media=True,
        )

    @staticmethod
    def by_blocks():
        with Summary.Provider.build() as summary:
            summary.provides_title = True
            summary.provides_description = False
            summary.provides_icon = True
            summary.provides_image = False
            summary.provides_media = True
        return summary.built

    @staticmethod
    def by_callbacks():
        @Summary.Provider.build
        def made(summary):
            summary.provides_title = True
            summary.provides_description = False
            summary.provides_icon = True
            summary.provides_image = False
            summary.provides_media = True

        return made


class SummarySummariserExample:
    """The same Summary.Summariser, three ways."""

    @staticmethod
    def by_constructors():
        return Summary.Summariser(
            default_title="A member of the family",
            default_description="No name yet",
            default_icon=Icon.Named(name="person"),
            default_image=ImageLayout(url="/person.png", size="xs"),
            default_media=Media.Avatar(content=[Media.Avatar.Content.Uri(uri="urn:wise:icons:person")]),
            provides_title=True,
            provides_description=True,
            provides_icon=False,
            provides_image=False,
            provides_media=True,
        )

    @staticmethod
    def by_blocks():
        with Summary.Summariser.build() as summary:
            summary.default_title = "A member of the family"
            summary.default_description = "No name yet"
            summary.default_icon.named(name="person")
            summary.default_image(url="/person.png", size="xs")
            with summary.default_media.avatar() as default_media:
                with default_media.content() as content:
                    content.uri(uri="urn:wise:icons:person")
            summary.provides_title = True
            summary.provides_description = True
            summary.provides_icon = False
            summary.provides_image = False
            summary.provides_media = True
        return summary.built

    @staticmethod
    def by_callbacks():
        @Summary.Summariser.build
        def made(summary):
            summary.default_title = "A member of the family"
            summary.default_description = "No name yet"

            @summary.default_icon.named
            def _(default_icon):
                default_icon.name = "person"

            @summary.default_image
            def _(default_image):
                default_image.url = "/person.png"
                default_image.size = "xs"

            @summary.default_media.avatar
            def _(default_media):
                @default_media.content
                def _(content):
                    content.uri(uri="urn:wise:icons:person")

            summary.provides_title = True
            summary.provides_description = True
            summary.provides_icon = False
            summary.provides_image = False
            summary.provides_media = True

        return made


class ToolbarExample:
    """The same Toolbar, three ways."""

    @staticmethod
    def by_constructors():
        return Toolbar(
            items=[
                Toolbar.Item(title="Help", behavior=LinkBehavior(url="https://bar.foo/help")),
                Toolbar.Item(
                    accessibility_description="Close",
                    media=Media.Image(uri="urn:wise:icons:cross"),
                    behavior=DismissBehavior(),
                ),
            ]
        )

    @staticmethod
    def by_blocks():
        with Toolbar.build() as toolbar:
            with toolbar.items() as items:
                with items.item(title="Help") as item:
                    item.behavior.link(url="https://bar.foo/help")
                with items.item(accessibility_description="Close") as item:
                    item.media.image(uri="urn:wise:icons:cross")
                    item.behavior.dismiss()
        return toolbar.built

    @staticmethod
    def by_callbacks():
        @Toolbar.build
        def made(toolbar):
            @toolbar.items
            def _(items):
                @items.item
                def _(item):
                    item.title = "Help"
                    item.behavior.link(url="https://bar.foo/help")

                @items.item
                def _(item):
                    item.accessibility_description = "Close"
                    item.media.image(uri="urn:wise:icons:cross")
                    item.behavior.dismiss()

        return made


class ToolbarItemExample:
    """The same Toolbar.Item, three ways."""

    @staticmethod
    def by_constructors():
        return Toolbar.Item(
            title="Share",
            accessibility_description="Share this payment",
            media=Media.Avatar(content=[Media.Avatar.Content.Uri(uri="urn:wise:icons:share")]),
            behavior=CopyBehavior(content="https://bar.foo/payments/12345"),
        )

    @staticmethod
    def by_blocks():
        with Toolbar.Item.build() as item:
            item.title = "Share"
            item.accessibility_description = "Share this payment"
            with item.media.avatar() as media:
                with media.content() as content:
                    content.uri(uri="urn:wise:icons:share")
            item.behavior.copy(content="https://bar.foo/payments/12345")
        return item.built

    @staticmethod
    def by_callbacks():
        @Toolbar.Item.build
        def made(item):
            item.title = "Share"
            item.accessibility_description = "Share this payment"

            @item.media.avatar
            def _(media):
                @media.content
                def _(content):
                    content.uri(uri="urn:wise:icons:share")

            @item.behavior.copy
            def _(behavior):
                behavior.content = "https://bar.foo/payments/12345"

        return made


class ValidateAsyncExample:
    """The same ValidateAsync, three ways."""

    @staticmethod
    def by_constructors():
        return ValidateAsync(method=HttpMethod.POST, param="iban", url="/iban/validate")

    @staticmethod
    def by_blocks():
        with ValidateAsync.build() as validate:
            validate.method = "POST"
            validate.param = "iban"
            validate.url = "/iban/validate"
        return validate.built

    @staticmethod
    def by_callbacks():
        @ValidateAsync.build
        def made(validate):
            validate.method = "POST"
            validate.param = "iban"
            validate.url = "/iban/validate"

        return made


EXAMPLES = {
    "PersistAsync": PersistAsyncExample,
    "Suggestions": SuggestionsExample,
    "Suggestions.Value": SuggestionsValueExample,
    "Summary.Provider": SummaryProviderExample,
    "Summary.Summariser": SummarySummariserExample,
    "Toolbar": ToolbarExample,
    "Toolbar.Item": ToolbarItemExample,
    "ValidateAsync": ValidateAsyncExample,
}
