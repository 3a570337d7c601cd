"""Schemas of numbers: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    AlertLayout,
    AutocompleteToken,
    Context,
    Help,
    HttpMethod,
    Icon,
    ImageLayout,
    InlineAlert,
    IntegerSchema,
    Media,
    NumberSchema,
    PersistAsync,
    Suggestions,
    Summary,
    ValidateAsync,
)


class IntegerSchemaExample:
    """The same IntegerSchema, three ways."""

    @staticmethod
    def by_constructors():
        return IntegerSchema(
            id="#children",
            title="Children",
            description="Who live with you",
            additional_text="below 18",
            control="stepper",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="Count the little ones, too"),
            inline_alert=InlineAlert(content="As in your last form"),
            icon=Icon.Text(text="2"),
            image=ImageLayout(url="/children.png"),
            media=Media.Image(uri="/children.png"),
            keywords=["family"],
            analytics_id="children",
            summary=Summary.Provider(provides_title=False),
            help=Help(markdown="At the *first* of January."),
            autofill_key="contact.children",
            placeholder="0",
            autocomplete_hint=["on"],
            default=2,
            minimum=0,
            maximum=20,
            suggestions=Suggestions(
                values=[Suggestions.Value(label="None", value=0), Suggestions.Value(label="One", value=1)]
            ),
            validation_messages={"minimum": "Not below zero", "maximum": "Give us a ring"},
            persist_async=PersistAsync(
                id_property="id",
                method=HttpMethod.PUT,
                param="children",
                schema=IntegerSchema(),
                url="/drafts/children",
            ),
            validation_async=ValidateAsync(method="POST", param="children", url="/children/check"),
            refresh_step_on_change=False,
        )

    @staticmethod
    def by_blocks():
        with IntegerSchema.build() as children:
            children.id = "#children"
            children.title = "Children"
            children.description = "Who live with you"
            children.additional_text = "below 18"
            children.control = "stepper"
            children.hidden = False
            children.disabled = False
            children.alert(markdown="Count the little ones, too")
            children.inline_alert(content="As in your last form")
            children.icon.text(text="2")
            children.image(url="/children.png")
            children.media.image(uri="/children.png")
            children.keywords = ["family"]
            children.analytics_id = "children"
            children.summary(provides_title=False)
            children.help(markdown="At the *first* of January.")
            children.autofill_key = "contact.children"
            children.placeholder = "0"
            children.autocomplete_hint = ["on"]
            children.default = 2
            children.minimum = 0
            children.maximum = 20
            with children.suggestions() as suggestions:
                with suggestions.values() as values:
                    values.value(label="None", value=0)
                    values.value(label="One", value=1)
            children.validation_messages = {"minimum": "Not below zero", "maximum": "Give us a ring"}
            with children.persist_async() as persist_async:
                persist_async.id_property = "id"
                persist_async.method = "PUT"
                persist_async.param = "children"
                persist_async.schema.integer()
                persist_async.url = "/drafts/children"
            children.validation_async(method="POST", param="children", url="/children/check")
            children.refresh_step_on_change = False
        return children.built

    @staticmethod
    def by_callbacks():
        @IntegerSchema.build
        def made(children):
            children.id = "#children"
            children.title = "Children"
            children.description = "Who live with you"
            children.additional_text = "below 18"
            children.control = "stepper"
            children.hidden = False
            children.disabled = False

            @children.alert
            def _(alert):
                alert.markdown = "Count the little ones, too"

            @children.inline_alert
            def _(inline_alert):
                inline_alert.content = "As in your last form"

            @children.icon.text
            def _(icon):
                icon.text = "2"

            @children.image
            def _(image):
                image.url = "/children.png"

            @children.media.image
            def _(media):
                media.uri = "/children.png"

            children.keywords = ["family"]
            children.analytics_id = "children"

            @children.summary
            def _(summary):
                summary.provides_title = False

            @children.help
            def _(advice):
                advice.markdown = "At the *first* of January."

            children.autofill_key = "contact.children"
            children.placeholder = "0"
            children.autocomplete_hint = ["on"]
            children.default = 2
            children.minimum = 0
            children.maximum = 20

            @children.suggestions
            def _(suggestions):
                @suggestions.values
                def _(values):
                    values.value(label="None", value=0)
                    values.value(label="One", value=1)

            children.validation_messages = {"minimum": "Not below zero", "maximum": "Give us a ring"}

            @children.persist_async
            def _(persist_async):
                persist_async.id_property = "id"
                persist_async.method = "PUT"
                persist_async.param = "children"
                persist_async.schema.integer()
                persist_async.url = "/drafts/children"

            @children.validation_async
            def _(validation_async):
                validation_async.method = "POST"
                validation_async.param = "children"
                validation_async.url = "/children/check"

            children.refresh_step_on_change = False

        return made


class NumberSchemaExample:
    """The same NumberSchema, three ways."""

    @staticmethod
    def by_constructors():
        return NumberSchema(
            id="#amount",
            title="You send",
            description="In euro",
            additional_text="balance: 120.50 €",
            control="money",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="The rate changes *tonight*", context=Context.NEUTRAL),
            inline_alert=InlineAlert(content="Free up to 100 €", context="positive"),
            icon=Icon.Text(text="€"),
            image=ImageLayout(url="/euro.png"),
            media=Media.Image(uri="urn:wise:currencies:EUR:image"),
            keywords=["sum"],
            analytics_id="amount",
            summary=Summary.Provider(provides_title=True),
            help=Help(markdown="Without the fee."),
            autofill_key="contact.amount",
            placeholder="100.00",
            autocomplete_hint=[AutocompleteToken.TRANSACTION_AMOUNT],
            default=99.5,
            minimum=0.01,
            maximum=1000000,
            suggestions=Suggestions(values=[Suggestions.Value(label="All of it", value=120.5)]),
            validation_messages={"minimum": "At least a cent", "maximum": "A million at most"},
            persist_async=PersistAsync(
                id_property="quote", method="POST", param="amount", schema=NumberSchema(minimum=0.01), url="/quotes"
            ),
            validation_async=ValidateAsync(method="POST", param="amount", url="/amount/check"),
            refresh_step_on_change=True,
        )

    @staticmethod
    def by_blocks():
        with NumberSchema.build() as amount:
            amount.id = "#amount"
            amount.title = "You send"
            amount.description = "In euro"
            amount.additional_text = "balance: 120.50 €"
            amount.control = "money"
            amount.hidden = False
            amount.disabled = False
            amount.alert(markdown="The rate changes *tonight*", context="neutral")
            amount.inline_alert(content="Free up to 100 €", context="positive")
            amount.icon.text(text="€")
            amount.image(url="/euro.png")
            amount.media.image(uri="urn:wise:currencies:EUR:image")
            amount.keywords = ["sum"]
            amount.analytics_id = "amount"
            amount.summary(provides_title=True)
            amount.help(markdown="Without the fee.")
            amount.autofill_key = "contact.amount"
            amount.placeholder = "100.00"
            amount.autocomplete_hint = ["transaction-amount"]
            amount.default = 99.5
            amount.minimum = 0.01
            amount.maximum = 1000000
            with amount.suggestions() as suggestions:
                with suggestions.values() as values:
                    values.value(label="All of it", value=120.5)
            amount.validation_messages = {"minimum": "At least a cent", "maximum": "A million at most"}
            with amount.persist_async() as persist_async:
                persist_async.id_property = "quote"
                persist_async.method = "POST"
                persist_async.param = "amount"
                persist_async.schema.number(minimum=0.01)
                persist_async.url = "/quotes"
            amount.validation_async(method="POST", param="amount", url="/amount/check")
            amount.refresh_step_on_change = True
        return amount.built

    @staticmethod
    def by_callbacks():
        @NumberSchema.build
        def made(amount):
            amount.id = "#amount"
            amount.title = "You send"
            amount.description = "In euro"
            amount.additional_text = "balance: 120.50 €"
            amount.control = "money"
            amount.hidden = False
            amount.disabled = False

            @amount.alert
            def _(alert):
                alert.markdown = "The rate changes *tonight*"
                alert.context = "neutral"

            @amount.inline_alert
            def _(inline_alert):
                inline_alert.content = "Free up to 100 €"
                inline_alert.context = "positive"

            @amount.icon.text
            def _(icon):
                icon.text = "€"

            @amount.image
            def _(image):
                image.url = "/euro.png"

            @amount.media.image
            def _(media):
                media.uri = "urn:wise:currencies:EUR:image"

            amount.keywords = ["sum"]
            amount.analytics_id = "amount"

            @amount.summary
            def _(summary):
                summary.provides_title = True

            @amount.help
            def _(advice):
                advice.markdown = "Without the fee."

            amount.autofill_key = "contact.amount"
            amount.placeholder = "100.00"
            amount.autocomplete_hint = ["transaction-amount"]
            amount.default = 99.5
            amount.minimum = 0.01
            amount.maximum = 1000000

            @amount.suggestions
            def _(suggestions):
                @suggestions.values
                def _(values):
                    values.value(label="All of it", value=120.5)

            amount.validation_messages = {"minimum": "At least a cent", "maximum": "A million at most"}

            @amount.persist_async
            def _(persist_async):
                persist_async.id_property = "quote"
                persist_async.method = "POST"
                persist_async.param = "amount"
                persist_async.schema.number(minimum=0.01)
                persist_async.url = "/quotes"

            @amount.validation_async
            def _(validation_async):
                validation_async.method = "POST"
                validation_async.param = "amount"
                validation_async.url = "/amount/check"

            amount.refresh_step_on_change = True

        return made


EXAMPLES = {
    "IntegerSchema": IntegerSchemaExample,
    "NumberSchema": NumberSchemaExample,
}
