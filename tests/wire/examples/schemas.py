"""Schemas of constants and objects: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    AlertLayout,
    ConstSchema,
    Context,
    Icon,
    ImageLayout,
    InlineAlert,
    IntegerSchema,
    Media,
    ObjectSchema,
    Size,
    StringSchema,
    Summary,
)


class ConstSchemaExample:
    """The same ConstSchema, three ways."""

    @staticmethod
    def by_constructors():
        return ConstSchema(
            id="#eur",
            title="Euro",
            description="Twenty countries",
            additional_text="no fee",
            control="tile",
            hidden=False,
            disabled=True,
            alert=AlertLayout(markdown="Not today"),
            inline_alert=InlineAlert(content="Your own currency", context=Context.POSITIVE),
            icon=Icon.Text(text="€"),
            image=ImageLayout(url="/flags/eu.png", accessibility_description="Flag of Europe", size="xs"),
            media=Media.Avatar(content=[Media.Avatar.Content.Uri(uri="urn:wise:currencies:EUR:image")]),
            keywords=["EUR", "€"],
            analytics_id="currency-eur",
            summary=Summary.Provider(provides_title=True, provides_media=True),
            value={"code": "EUR", "digits": 2},
        )

    @staticmethod
    def by_blocks():
        with ConstSchema.build() as euro:
            euro.id = "#eur"
            euro.title = "Euro"
            euro.description = "Twenty countries"
            euro.additional_text = "no fee"
            euro.control = "tile"
            euro.hidden = False
            euro.disabled = True
            euro.alert(markdown="Not today")
            euro.inline_alert(content="Your own currency", context="positive")
            euro.icon.text(text="€")
            euro.image(url="/flags/eu.png", accessibility_description="Flag of Europe", size=Size.XS)
            with euro.media.avatar() as media:
                with media.content() as content:
                    content.uri(uri="urn:wise:currencies:EUR:image")
            euro.keywords = ["EUR", "€"]
            euro.analytics_id = "currency-eur"
            euro.summary(provides_title=True, provides_media=True)
            euro.value = {"code": "EUR", "digits": 2}
        return euro.built

    @staticmethod
    def by_callbacks():
        @ConstSchema.build
        def made(euro):
            euro.id = "#eur"
            euro.title = "Euro"
            euro.description = "Twenty countries"
            euro.additional_text = "no fee"
            euro.control = "tile"
            euro.hidden = False
            euro.disabled = True

            @euro.alert
            def _(alert):
                alert.markdown = "Not today"

            @euro.inline_alert
            def _(inline_alert):
                inline_alert.content = "Your own currency"
                inline_alert.context = "positive"

            @euro.icon.text
            def _(icon):
                icon.text = "€"

            @euro.image
            def _(image):
                image.url = "/flags/eu.png"
                image.accessibility_description = "Flag of Europe"
                image.size = "xs"

            @euro.media.avatar
            def _(media):
                @media.content
                def _(content):
                    content.uri(uri="urn:wise:currencies:EUR:image")

            euro.keywords = ["EUR", "€"]
            euro.analytics_id = "currency-eur"

            @euro.summary
            def _(summary):
                summary.provides_title = True
                summary.provides_media = True

            euro.value = {"code": "EUR", "digits": 2}

        return made


class ObjectSchemaExample:
    """The same ObjectSchema, three ways."""

    @staticmethod
    def by_constructors():
        return ObjectSchema(
            id="#login",
            title="Log in",
            description="As on the website",
            additional_text="step 1 of 2",
            control="section",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="Twice failed", context="negative"),
            inline_alert=InlineAlert(content="One try is left", context="warning"),
            icon=Icon.Named(name="lock"),
            image=ImageLayout(url="/lock.png"),
            media=Media.Avatar(
                content=[Media.Avatar.Content.Uri(uri="urn:wise:icons:lock"), Media.Avatar.Content.Text(text="1")]
            ),
            keywords=["account"],
            analytics_id="login",
            summary=Summary.Provider(provides_description=False),
            properties={
                "username": StringSchema(title="Username", autocomplete_hint=["username"]),
                "first name": StringSchema(),
                "kind": ConstSchema(value="private"),
                "age": IntegerSchema(minimum=18),
                "address": ObjectSchema(properties={"line 1": StringSchema()}),
            },
            display_order=["first name", "username", "address"],
            required=["username"],
            format="credentials",
        )

    @staticmethod
    def by_blocks():
        with ObjectSchema.build() as login:
            login.id = "#login"
            login.title = "Log in"
            login.description = "As on the website"
            login.additional_text = "step 1 of 2"
            login.control = "section"
            login.hidden = False
            login.disabled = False
            login.alert(markdown="Twice failed", context="negative")
            login.inline_alert(content="One try is left", context="warning")
            login.icon.named(name="lock")
            login.image(url="/lock.png")
            with login.media.avatar() as media:
                with media.content() as content:
                    content.uri(uri="urn:wise:icons:lock")
                    content.text(text="1")
            login.keywords = ["account"]
            login.analytics_id = "login"
            login.summary(provides_description=False)
            with login.properties() as properties:
                properties.string("username", title="Username", autocomplete_hint=["username"])
                properties.string("first name")
                properties.const("kind", value="private")
                properties.integer("age", minimum=18)
                with properties.obj("address") as address:
                    with address.properties() as inner_properties:
                        inner_properties.string("line 1")
            login.display_order = ["first name", "username", "address"]
            login.required = ["username"]
            login.format = "credentials"
        return login.built

    @staticmethod
    def by_callbacks():
        @ObjectSchema.build
        def made(login):
            login.id = "#login"
            login.title = "Log in"
            login.description = "As on the website"
            login.additional_text = "step 1 of 2"
            login.control = "section"
            login.hidden = False
            login.disabled = False

            @login.alert
            def _(alert):
                alert.markdown = "Twice failed"
                alert.context = Context.NEGATIVE

            @login.inline_alert
            def _(inline_alert):
                inline_alert.content = "One try is left"
                inline_alert.context = "warning"

            @login.icon.named
            def _(icon):
                icon.name = "lock"

            @login.image
            def _(image):
                image.url = "/lock.png"

            @login.media.avatar
            def _(media):
                @media.content
                def _(content):
                    content.uri(uri="urn:wise:icons:lock")
                    content.text(text="1")

            login.keywords = ["account"]
            login.analytics_id = "login"

            @login.summary
            def _(summary):
                summary.provides_description = False

            @login.properties
            def _(properties):
                properties.string("username", title="Username", autocomplete_hint=["username"])
                properties.string("first name")
                properties.const("kind", value="private")
                properties.integer("age", minimum=18)

                def address(obj):
                    @obj.properties
                    def _(inner_properties):
                        inner_properties.string("line 1")

                properties.obj("address", address)

            login.display_order = ["first name", "username", "address"]
            login.required = ["username"]
            login.format = "credentials"

        return made


EXAMPLES = {
    "ConstSchema": ConstSchemaExample,
    "ObjectSchema": ObjectSchemaExample,
}
