"""The schema of strings, with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    AlertLayout,
    AutocompleteHint,
    AutocompleteToken,
    BlobSchema,
    Context,
    Help,
    Icon,
    ImageLayout,
    InlineAlert,
    Media,
    PersistAsync,
    StringSchema,
    Suggestions,
    Summary,
    ValidateAsync,
)


class StringSchemaExample:
    """The same StringSchema, three ways."""

    @staticmethod
    def by_constructors():
        return StringSchema(
            id="#iban",
            title="IBAN",
            description="Of the payee",
            additional_text="22 characters at most",
            control="password",
            hidden=True,
            disabled=False,
            alert=AlertLayout(markdown="Check it"),
            inline_alert=InlineAlert(content="We know this account", context=Context.POSITIVE),
            icon=Icon.Named(name="bank"),
            image=ImageLayout(margin="xs", url="/iban.png", accessibility_description="Where the IBAN is", size="sm"),
            media=Media.Avatar(content=[Media.Avatar.Content.Uri(uri="urn:wise:icons:bank")]),
            keywords=["account", "number"],
            analytics_id="iban",
            summary=Summary.Provider(provides_title=True, provides_description=False),
            help=Help(markdown="On the bank statement."),
            autofill_key="contact.iban",
            placeholder="EE…",
            autocomplete_hint=[
                AutocompleteHint.WORK,
                AutocompleteHint.CREDIT_CARD_NUMBER,
                AutocompleteToken.CREDIT_CARD_NUMBER,
            ],
            default="EE",
            format=StringSchema.Format.NUMERIC,
            display_format="** ****",
            min_length=2,
            max_length=22,
            minimum="2020-01-01",
            maximum="2030-12-31",
            pattern="^[A-Z]{2}",
            accepts=["image/*", "application/pdf"],
            source=BlobSchema.Source.FILE,
            suggestions=Suggestions(values=[Suggestions.Value(label="My own", value="EE382200221020145685")]),
            validation_messages={"minLength": "Too short", "pattern": "No IBAN"},
            persist_async=PersistAsync(
                id_property="token", method="POST", param="iban", schema=StringSchema(title="IBAN"), url="/vault"
            ),
            validation_async=ValidateAsync(method="POST", param="iban", url="/iban/check"),
            refresh_step_on_change=False,
        )

    @staticmethod
    def by_blocks():
        with StringSchema.build() as iban:
            iban.id = "#iban"
            iban.title = "IBAN"
            iban.description = "Of the payee"
            iban.additional_text = "22 characters at most"
            iban.control = "password"
            iban.hidden = True
            iban.disabled = False
            iban.alert(markdown="Check it")
            iban.inline_alert(content="We know this account", context="positive")
            iban.icon.named(name="bank")
            iban.image(margin="xs", url="/iban.png", accessibility_description="Where the IBAN is", size="sm")
            with iban.media.avatar() as media:
                with media.content() as content:
                    content.uri(uri="urn:wise:icons:bank")
            iban.keywords = ["account", "number"]
            iban.analytics_id = "iban"
            iban.summary(provides_title=True, provides_description=False)
            iban.help(markdown="On the bank statement.")
            iban.autofill_key = "contact.iban"
            iban.placeholder = "EE…"
            iban.autocomplete_hint = ["work", "creditCardNumber", "credit-card-number"]
            iban.default = "EE"
            iban.format = "numeric"
            iban.display_format = "** ****"
            iban.min_length = 2
            iban.max_length = 22
            iban.minimum = "2020-01-01"
            iban.maximum = "2030-12-31"
            iban.pattern = "^[A-Z]{2}"
            iban.accepts = ["image/*", "application/pdf"]
            iban.source = BlobSchema.Source.FILE
            with iban.suggestions() as suggestions:
                with suggestions.values() as values:
                    values.value(label="My own", value="EE382200221020145685")
            iban.validation_messages = {"minLength": "Too short", "pattern": "No IBAN"}
            with iban.persist_async() as persist_async:
                persist_async.id_property = "token"
                persist_async.method = "POST"
                persist_async.param = "iban"
                persist_async.schema.string(title="IBAN")
                persist_async.url = "/vault"
            iban.validation_async(method="POST", param="iban", url="/iban/check")
            iban.refresh_step_on_change = False
        return iban.built

    @staticmethod
    def by_callbacks():
        @StringSchema.build
        def made(iban):
            iban.id = "#iban"
            iban.title = "IBAN"
            iban.description = "Of the payee"
            iban.additional_text = "22 characters at most"
            iban.control = "password"
            iban.hidden = True
            iban.disabled = False

            @iban.alert
            def _(alert):
                alert.markdown = "Check it"

            @iban.inline_alert
            def _(inline_alert):
                inline_alert.content = "We know this account"
                inline_alert.context = "positive"

            @iban.icon.named
            def _(icon):
                icon.name = "bank"

            @iban.image
            def _(image):
                image.margin = "xs"
                image.url = "/iban.png"
                image.accessibility_description = "Where the IBAN is"
                image.size = "sm"

            @iban.media.avatar
            def _(media):
                @media.content
                def _(content):
                    content.uri(uri="urn:wise:icons:bank")

            iban.keywords = ["account", "number"]
            iban.analytics_id = "iban"

            @iban.summary
            def _(summary):
                summary.provides_title = True
                summary.provides_description = False

            @iban.help
            def _(advice):
                advice.markdown = "On the bank statement."

            iban.autofill_key = "contact.iban"
            iban.placeholder = "EE…"
            iban.autocomplete_hint = ["work", "creditCardNumber", "credit-card-number"]
            iban.default = "EE"
            iban.format = "numeric"
            iban.display_format = "** ****"
            iban.min_length = 2
            iban.max_length = 22
            iban.minimum = "2020-01-01"
            iban.maximum = "2030-12-31"
            iban.pattern = "^[A-Z]{2}"
            iban.accepts = ["image/*", "application/pdf"]
            iban.source = "file"

            @iban.suggestions
            def _(suggestions):
                @suggestions.values
                def _(values):
                    values.value(label="My own", value="EE382200221020145685")

            iban.validation_messages = {"minLength": "Too short", "pattern": "No IBAN"}

            @iban.persist_async
            def _(persist_async):
                persist_async.id_property = "token"
                persist_async.method = "POST"
                persist_async.param = "iban"
                persist_async.schema.string(title="IBAN")
                persist_async.url = "/vault"

            @iban.validation_async
            def _(validation_async):
                validation_async.method = "POST"
                validation_async.param = "iban"
                validation_async.url = "/iban/check"

            iban.refresh_step_on_change = False

        return made


EXAMPLES = {
    "StringSchema": StringSchemaExample,
}
