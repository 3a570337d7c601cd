"""Schemas of files and of true or false: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    AlertLayout,
    BlobSchema,
    BooleanSchema,
    Context,
    Help,
    HttpMethod,
    Icon,
    ImageLayout,
    InlineAlert,
    Media,
    PersistAsync,
    Summary,
    ValidateAsync,
)


class BlobSchemaExample:
    """The same BlobSchema, three ways."""

    @staticmethod
    def by_constructors():
        return BlobSchema(
            id="#passport",
            title="Passport",
            description="The page with your photo",
            additional_text="5 MB at most",
            control="camera",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="No photos of screens", context=Context.WARNING),
            inline_alert=InlineAlert(content="Lay it flat"),
            icon=Icon.Named(name="passport"),
            image=ImageLayout(url="/passport.png"),
            media=Media.Image(uri="urn:wise:illustrations:passport"),
            keywords=["identity"],
            analytics_id="passport",
            summary=Summary.Provider(provides_image=True),
            accepts=["image/*", "application/pdf"],
            max_size=5000000,
            source=BlobSchema.Source.CAMERA,
            camera_config={"facing": "back", "overlay": None},
            validation_async=ValidateAsync(method=HttpMethod.POST, param="file", url="/passport/check"),
            validation_messages={"accepts": "A photo or a PDF", "maxSize": "Too large"},
        )

    @staticmethod
    def by_blocks():
        with BlobSchema.build() as passport:
            passport.id = "#passport"
            passport.title = "Passport"
            passport.description = "The page with your photo"
            passport.additional_text = "5 MB at most"
            passport.control = "camera"
            passport.hidden = False
            passport.disabled = False
            passport.alert(markdown="No photos of screens", context="warning")
            passport.inline_alert(content="Lay it flat")
            passport.icon.named(name="passport")
            passport.image(url="/passport.png")
            passport.media.image(uri="urn:wise:illustrations:passport")
            passport.keywords = ["identity"]
            passport.analytics_id = "passport"
            passport.summary(provides_image=True)
            passport.accepts = ["image/*", "application/pdf"]
            passport.max_size = 5000000
            passport.source = "camera"
            passport.camera_config = {"facing": "back", "overlay": None}
            passport.validation_async(method="POST", param="file", url="/passport/check")
            passport.validation_messages = {"accepts": "A photo or a PDF", "maxSize": "Too large"}
        return passport.built

    @staticmethod
    def by_callbacks():
        @BlobSchema.build
        def made(passport):
            passport.id = "#passport"
            passport.title = "Passport"
            passport.description = "The page with your photo"
            passport.additional_text = "5 MB at most"
            passport.control = "camera"
            passport.hidden = False
            passport.disabled = False

            @passport.alert
            def _(alert):
                alert.markdown = "No photos of screens"
                alert.context = "warning"

            @passport.inline_alert
            def _(inline_alert):
                inline_alert.content = "Lay it flat"

            @passport.icon.named
            def _(icon):
                icon.name = "passport"

            @passport.image
            def _(image):
                image.url = "/passport.png"

            @passport.media.image
            def _(media):
                media.uri = "urn:wise:illustrations:passport"

            passport.keywords = ["identity"]
            passport.analytics_id = "passport"

            @passport.summary
            def _(summary):
                summary.provides_image = True

            passport.accepts = ["image/*", "application/pdf"]
            passport.max_size = 5000000
            passport.source = "camera"
            passport.camera_config = {"facing": "back", "overlay": None}

            @passport.validation_async
            def _(validation_async):
                validation_async.method = "POST"
                validation_async.param = "file"
                validation_async.url = "/passport/check"

            passport.validation_messages = {"accepts": "A photo or a PDF", "maxSize": "Too large"}

        return made


class BooleanSchemaExample:
    """The same BooleanSchema, three ways."""

    @staticmethod
    def by_constructors():
        return BooleanSchema(
            id="#terms",
            title="I accept the terms",
            description="All [ten pages](/terms)",
            additional_text="of May",
            control="switch",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="They have changed", context="neutral"),
            inline_alert=InlineAlert(content="Needed to go on", context="warning"),
            icon=Icon.Named(name="document"),
            image=ImageLayout(url="/terms.png"),
            media=Media.Avatar(content=[Media.Avatar.Content.Text(text="§")]),
            keywords=["conditions"],
            analytics_id="terms",
            summary=Summary.Provider(provides_description=True),
            help=Help(markdown="Without them we *cannot* open an account."),
            autofill_key="contact.terms",
            default=False,
            persist_async=PersistAsync(
                id_property="consent",
                method="POST",
                param="accepted",
                schema=BooleanSchema(title="I accept"),
                url="/consents",
            ),
            validation_async=ValidateAsync(method="POST", param="accepted", url="/terms/check"),
            refresh_step_on_change=True,
        )

    @staticmethod
    def by_blocks():
        with BooleanSchema.build() as terms:
            terms.id = "#terms"
            terms.title = "I accept the terms"
            terms.description = "All [ten pages](/terms)"
            terms.additional_text = "of May"
            terms.control = "switch"
            terms.hidden = False
            terms.disabled = False
            terms.alert(markdown="They have changed", context="neutral")
            terms.inline_alert(content="Needed to go on", context="warning")
            terms.icon.named(name="document")
            terms.image(url="/terms.png")
            with terms.media.avatar() as media:
                with media.content() as content:
                    content.text(text="§")
            terms.keywords = ["conditions"]
            terms.analytics_id = "terms"
            terms.summary(provides_description=True)
            terms.help(markdown="Without them we *cannot* open an account.")
            terms.autofill_key = "contact.terms"
            terms.default = False
            with terms.persist_async() as persist_async:
                persist_async.id_property = "consent"
                persist_async.method = "POST"
                persist_async.param = "accepted"
                persist_async.schema.boolean(title="I accept")
                persist_async.url = "/consents"
            terms.validation_async(method="POST", param="accepted", url="/terms/check")
            terms.refresh_step_on_change = True
        return terms.built

    @staticmethod
    def by_callbacks():
        @BooleanSchema.build
        def made(terms):
            terms.id = "#terms"
            terms.title = "I accept the terms"
            terms.description = "All [ten pages](/terms)"
            terms.additional_text = "of May"
            terms.control = "switch"
            terms.hidden = False
            terms.disabled = False

            @terms.alert
            def _(alert):
                alert.markdown = "They have changed"
                alert.context = "neutral"

            @terms.inline_alert
            def _(inline_alert):
                inline_alert.content = "Needed to go on"
                inline_alert.context = Context.WARNING

            @terms.icon.named
            def _(icon):
                icon.name = "document"

            @terms.image
            def _(image):
                image.url = "/terms.png"

            @terms.media.avatar
            def _(media):
                @media.content
                def _(content):
                    content.text(text="§")

            terms.keywords = ["conditions"]
            terms.analytics_id = "terms"

            @terms.summary
            def _(summary):
                summary.provides_description = True

            @terms.help
            def _(advice):
                advice.markdown = "Without them we *cannot* open an account."

            terms.autofill_key = "contact.terms"
            terms.default = False

            @terms.persist_async
            def _(persist_async):
                persist_async.id_property = "consent"
                persist_async.method = "POST"
                persist_async.param = "accepted"
                persist_async.schema.boolean(title="I accept")
                persist_async.url = "/consents"

            @terms.validation_async
            def _(validation_async):
                validation_async.method = "POST"
                validation_async.param = "accepted"
                validation_async.url = "/terms/check"

            terms.refresh_step_on_change = True

        return made


EXAMPLES = {
    "BlobSchema": BlobSchemaExample,
    "BooleanSchema": BooleanSchemaExample,
}
