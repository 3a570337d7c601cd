"""Schemas of choices and merges: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    AlertLayout,
    AllOfSchema,
    ConstSchema,
    Help,
    Icon,
    ImageLayout,
    InlineAlert,
    Media,
    ObjectSchema,
    OneOfSchema,
    StringSchema,
    Summary,
)


class AllOfSchemaExample:
    """The same AllOfSchema, three ways."""

    @staticmethod
    def by_constructors():
        return AllOfSchema(
            id="#payment",
            title="Payment",
            description="All that we need",
            additional_text="Two parts",
            control="steps",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="Takes *two days*", context="warning"),
            inline_alert=InlineAlert(content="Cheaper on weekdays", context="neutral"),
            icon=Icon.Named(name="send"),
            image=ImageLayout(url="/send.png"),
            media=Media.Image(uri="urn:wise:icons:send"),
            keywords=["transfer"],
            analytics_id="payment",
            summary=Summary.Provider(provides_title=True),
            schemas=[
                ObjectSchema(title="To whom", properties={"iban": StringSchema()}),
                OneOfSchema(schemas=[ConstSchema(value={"currency": "EUR"}), ConstSchema(value={"currency": "GBP"})]),
                AllOfSchema(schemas=[]),
            ],
        )

    @staticmethod
    def by_blocks():
        with AllOfSchema.build() as payment:
            payment.id = "#payment"
            payment.title = "Payment"
            payment.description = "All that we need"
            payment.additional_text = "Two parts"
            payment.control = "steps"
            payment.hidden = False
            payment.disabled = False
            payment.alert(markdown="Takes *two days*", context="warning")
            payment.inline_alert(content="Cheaper on weekdays", context="neutral")
            payment.icon.named(name="send")
            payment.image(url="/send.png")
            payment.media.image(uri="urn:wise:icons:send")
            payment.keywords = ["transfer"]
            payment.analytics_id = "payment"
            payment.summary(provides_title=True)
            with payment.schemas() as schemas:
                with schemas.obj(title="To whom") as obj:
                    with obj.properties() as properties:
                        properties.string("iban")
                with schemas.one_of() as one_of:
                    with one_of.schemas() as inner_schemas:
                        inner_schemas.const(value={"currency": "EUR"})
                        inner_schemas.const(value={"currency": "GBP"})
                with schemas.all_of() as all_of:
                    all_of.schemas()
        return payment.built

    @staticmethod
    def by_callbacks():
        @AllOfSchema.build
        def made(payment):
            payment.id = "#payment"
            payment.title = "Payment"
            payment.description = "All that we need"
            payment.additional_text = "Two parts"
            payment.control = "steps"
            payment.hidden = False
            payment.disabled = False

            @payment.alert
            def _(alert):
                alert.markdown = "Takes *two days*"
                alert.context = "warning"

            @payment.inline_alert
            def _(inline_alert):
                inline_alert.content = "Cheaper on weekdays"
                inline_alert.context = "neutral"

            @payment.icon.named
            def _(icon):
                icon.name = "send"

            @payment.image
            def _(image):
                image.url = "/send.png"

            @payment.media.image
            def _(media):
                media.uri = "urn:wise:icons:send"

            payment.keywords = ["transfer"]
            payment.analytics_id = "payment"

            @payment.summary
            def _(summary):
                summary.provides_title = True

            @payment.schemas
            def _(schemas):
                @schemas.obj
                def _(obj):
                    obj.title = "To whom"

                    @obj.properties
                    def _(properties):
                        properties.string("iban")

                @schemas.one_of
                def _(one_of):
                    @one_of.schemas
                    def _(inner_schemas):
                        inner_schemas.const(value={"currency": "EUR"})
                        inner_schemas.const(value={"currency": "GBP"})

                @schemas.all_of
                def _(all_of):
                    all_of.schemas()

        return made


class OneOfSchemaExample:
    """The same OneOfSchema, three ways."""

    @staticmethod
    def by_constructors():
        return OneOfSchema(
            id="#country",
            title="Country",
            description="Where you live",
            additional_text="not where you work",
            control="select",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="Choose well"),
            inline_alert=InlineAlert(content="We guessed it"),
            icon=Icon.Named(name="globe"),
            image=ImageLayout(url="/globe.png", size="md"),
            media=Media.Image(uri="urn:wise:illustrations:globe"),
            keywords=["home"],
            analytics_id="country",
            summary=Summary.Provider(provides_title=True, provides_icon=True, provides_image=True),
            help=Help(markdown="Of *residence*."),
            autofill_key="contact.country",
            placeholder="Choose …",
            autocomplete_hint=["home", "countryCode"],
            schemas=[
                ConstSchema(title="Estonia", media=Media.Image(uri="urn:wise:countries:EE:image"), value="EE"),
                ConstSchema(title="Elsewhere", value=None),
                ObjectSchema(properties={}),
            ],
            default="EE",
            refresh_step_on_change=True,
        )

    @staticmethod
    def by_blocks():
        with OneOfSchema.build() as choice:
            choice.id = "#country"
            choice.title = "Country"
            choice.description = "Where you live"
            choice.additional_text = "not where you work"
            choice.control = "select"
            choice.hidden = False
            choice.disabled = False
            choice.alert(markdown="Choose well")
            choice.inline_alert(content="We guessed it")
            choice.icon.named(name="globe")
            choice.image(url="/globe.png", size="md")
            choice.media.image(uri="urn:wise:illustrations:globe")
            choice.keywords = ["home"]
            choice.analytics_id = "country"
            choice.summary(provides_title=True, provides_icon=True, provides_image=True)
            choice.help(markdown="Of *residence*.")
            choice.autofill_key = "contact.country"
            choice.placeholder = "Choose …"
            choice.autocomplete_hint = ["home", "countryCode"]
            with choice.schemas() as schemas:
                with schemas.const(title="Estonia", value="EE") as const:
                    const.media.image(uri="urn:wise:countries:EE:image")
                schemas.const(title="Elsewhere", value=None)
                with schemas.obj() as obj:
                    obj.properties()
            choice.default = "EE"
            choice.refresh_step_on_change = True
        return choice.built

    @staticmethod
    def by_callbacks():
        @OneOfSchema.build
        def made(choice):
            choice.id = "#country"
            choice.title = "Country"
            choice.description = "Where you live"
            choice.additional_text = "not where you work"
            choice.control = "select"
            choice.hidden = False
            choice.disabled = False

            @choice.alert
            def _(alert):
                alert.markdown = "Choose well"

            @choice.inline_alert
            def _(inline_alert):
                inline_alert.content = "We guessed it"

            @choice.icon.named
            def _(icon):
                icon.name = "globe"

            @choice.image
            def _(image):
                image.url = "/globe.png"
                image.size = "md"

            @choice.media.image
            def _(media):
                media.uri = "urn:wise:illustrations:globe"

            choice.keywords = ["home"]
            choice.analytics_id = "country"

            @choice.summary
            def _(summary):
                summary.provides_title = True
                summary.provides_icon = True
                summary.provides_image = True

            @choice.help
            def _(advice):
                advice.markdown = "Of *residence*."

            choice.autofill_key = "contact.country"
            choice.placeholder = "Choose …"
            choice.autocomplete_hint = ["home", "countryCode"]

            @choice.schemas
            def _(schemas):
                @schemas.const
                def _(const):
                    const.title = "Estonia"
                    const.media.image(uri="urn:wise:countries:EE:image")
                    const.value = "EE"

                schemas.const(title="Elsewhere", value=None)

                @schemas.obj
                def _(obj):
                    obj.properties()

            choice.default = "EE"
            choice.refresh_step_on_change = True

        return made


EXAMPLES = {
    "AllOfSchema": AllOfSchemaExample,
    "OneOfSchema": OneOfSchemaExample,
}
