"""Schemas of arrays: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    AlertLayout,
    ArraySchema,
    BlobSchema,
    ConstSchema,
    Context,
    Icon,
    ImageLayout,
    InlineAlert,
    IntegerSchema,
    Media,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    PersistAsync,
    StringSchema,
    Summary,
    ValidateAsync,
)


class ArraySchemaListExample:
    """The same ArraySchema.List, three ways."""

    @staticmethod
    def by_constructors():
        return ArraySchema.List(
            id="#family",
            title="Your family",
            description="All who move in with you",
            additional_text="not yourself",
            control="cards",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="Pets need none"),
            inline_alert=InlineAlert(content="Two from your last form", context=Context.NEUTRAL),
            icon=Icon.Named(name="people"),
            image=ImageLayout(url="/family.png"),
            media=Media.Image(uri="urn:wise:illustrations:family"),
            keywords=["household"],
            analytics_id="family",
            items=ObjectSchema(
                title="Member",
                properties={
                    "name": StringSchema(title="Name", summary=Summary.Provider(provides_title=True)),
                    "birthday": StringSchema(
                        title="Birthday", summary=Summary.Provider(provides_description=True), format="date"
                    ),
                    "passports": ArraySchema.List(
                        items=StringSchema(
                            persist_async=PersistAsync(
                                id_property="id",
                                method="POST",
                                param="file",
                                schema=BlobSchema(accepts=["image/*"], source=BlobSchema.Source.CAMERA),
                                url="/files",
                            )
                        ),
                        add_item_title="Add",
                        edit_item_title="Edit",
                    ),
                },
            ),
            add_item_title="Add a member",
            edit_item_title="Change this member",
            min_items=0,
            max_items=12,
            summary=Summary.Summariser(
                default_title="A member", default_icon=Icon.Text(text="?"), provides_description=True
            ),
            persist_async=PersistAsync(
                id_property="id",
                method="PUT",
                param="family",
                schema=ArraySchema.List(items=StringSchema(), add_item_title="+", edit_item_title="…"),
                url="/drafts/family",
            ),
            validation_async=ValidateAsync(method="POST", param="family", url="/family/check"),
        )

    @staticmethod
    def by_blocks():
        with ArraySchema.List.build() as family:
            family.id = "#family"
            family.title = "Your family"
            family.description = "All who move in with you"
            family.additional_text = "not yourself"
            family.control = "cards"
            family.hidden = False
            family.disabled = False
            family.alert(markdown="Pets need none")
            family.inline_alert(content="Two from your last form", context="neutral")
            family.icon.named(name="people")
            family.image(url="/family.png")
            family.media.image(uri="urn:wise:illustrations:family")
            family.keywords = ["household"]
            family.analytics_id = "family"
            with family.items.obj(title="Member") as items:
                with items.properties() as properties:
                    with properties.string("name", title="Name") as name:
                        name.summary(provides_title=True)
                    with properties.string("birthday", title="Birthday", format="date") as birthday:
                        birthday.summary(provides_description=True)
                    with properties.list("passports", add_item_title="Add", edit_item_title="Edit") as passports:
                        with passports.items.string() as passport:
                            with passport.persist_async(id_property="id", param="file", url="/files") as persist:
                                persist.schema.blob(accepts=["image/*"], source="camera")
            family.add_item_title = "Add a member"
            family.edit_item_title = "Change this member"
            family.min_items = 0
            family.max_items = 12
            with family.summary(default_title="A member", provides_description=True) as summary:
                summary.default_icon.text(text="?")
            with family.persist_async() as persist_async:
                persist_async.id_property = "id"
                persist_async.method = "PUT"
                persist_async.param = "family"
                with persist_async.schema.list(add_item_title="+", edit_item_title="…") as schema:
                    schema.items.string()
                persist_async.url = "/drafts/family"
            family.validation_async(method="POST", param="family", url="/family/check")
        return family.built

    @staticmethod
    def by_callbacks():
        @ArraySchema.List.build
        def made(family):
            family.id = "#family"
            family.title = "Your family"
            family.description = "All who move in with you"
            family.additional_text = "not yourself"
            family.control = "cards"
            family.hidden = False
            family.disabled = False

            @family.alert
            def _(alert):
                alert.markdown = "Pets need none"

            @family.inline_alert
            def _(inline_alert):
                inline_alert.content = "Two from your last form"
                inline_alert.context = "neutral"

            family.icon.named(name="people")
            family.image(url="/family.png")
            family.media.image(uri="urn:wise:illustrations:family")
            family.keywords = ["household"]
            family.analytics_id = "family"

            @family.items.obj
            def _(items):
                items.title = "Member"

                @items.properties
                def _(properties):
                    def name(string):
                        string.title = "Name"
                        string.summary(provides_title=True)

                    properties.string("name", name)

                    def birthday(string):
                        string.title = "Birthday"
                        string.summary(provides_description=True)
                        string.format = "date"

                    properties.string("birthday", birthday)

                    def passports(list_):
                        @list_.items.string
                        def _(passport):
                            @passport.persist_async
                            def _(persist):
                                persist.id_property = "id"
                                persist.method = "POST"
                                persist.param = "file"
                                persist.schema.blob(accepts=["image/*"], source="camera")
                                persist.url = "/files"

                        list_.add_item_title = "Add"
                        list_.edit_item_title = "Edit"

                    properties.list("passports", passports)

            family.add_item_title = "Add a member"
            family.edit_item_title = "Change this member"
            family.min_items = 0
            family.max_items = 12

            @family.summary
            def _(summary):
                summary.default_title = "A member"
                summary.default_icon.text(text="?")
                summary.provides_description = True

            @family.persist_async
            def _(persist_async):
                persist_async.id_property = "id"
                persist_async.method = "PUT"
                persist_async.param = "family"

                @persist_async.schema.list
                def _(schema):
                    schema.items.string()
                    schema.add_item_title = "+"
                    schema.edit_item_title = "…"

                persist_async.url = "/drafts/family"

            @family.validation_async
            def _(validation_async):
                validation_async.method = "POST"
                validation_async.param = "family"
                validation_async.url = "/family/check"

        return made


class ArraySchemaTupleExample:
    """The same ArraySchema.Tuple, three ways."""

    @staticmethod
    def by_constructors():
        return ArraySchema.Tuple(
            id="#place",
            title="Place",
            description="Latitude and longitude",
            additional_text="in degrees",
            control="map",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="In *this* order"),
            inline_alert=InlineAlert(content="From your telephone"),
            icon=Icon.Named(name="pin"),
            image=ImageLayout(url="/pin.png"),
            media=Media.Image(uri="urn:wise:icons:pin"),
            keywords=["position"],
            analytics_id="place",
            summary=Summary.Provider(provides_description=True, provides_icon=True),
            items=[
                NumberSchema(title="Latitude", minimum=-90, maximum=90),
                NumberSchema(title="Longitude", minimum=-180, maximum=180),
                ArraySchema.Tuple(
                    title="Height",
                    items=[IntegerSchema(), OneOfSchema(schemas=[ConstSchema(value="m"), ConstSchema(value="ft")])],
                ),
            ],
            persist_async=PersistAsync(
                id_property="id",
                method="POST",
                param="place",
                schema=ArraySchema.Tuple(items=[NumberSchema(), NumberSchema()]),
                url="/places",
            ),
            validation_async=ValidateAsync(method="POST", param="place", url="/places/check"),
        )

    @staticmethod
    def by_blocks():
        with ArraySchema.Tuple.build() as place:
            place.id = "#place"
            place.title = "Place"
            place.description = "Latitude and longitude"
            place.additional_text = "in degrees"
            place.control = "map"
            place.hidden = False
            place.disabled = False
            place.alert(markdown="In *this* order")
            place.inline_alert(content="From your telephone")
            place.icon.named(name="pin")
            place.image(url="/pin.png")
            place.media.image(uri="urn:wise:icons:pin")
            place.keywords = ["position"]
            place.analytics_id = "place"
            place.summary(provides_description=True, provides_icon=True)
            with place.items() as items:
                items.number(title="Latitude", minimum=-90, maximum=90)
                items.number(title="Longitude", minimum=-180, maximum=180)
                with items.tuple(title="Height") as tuple_:
                    with tuple_.items() as inner_items:
                        inner_items.integer()
                        with inner_items.one_of() as one_of:
                            with one_of.schemas() as schemas:
                                schemas.const(value="m")
                                schemas.const(value="ft")
            with place.persist_async() as persist_async:
                persist_async.id_property = "id"
                persist_async.method = "POST"
                persist_async.param = "place"
                with persist_async.schema.tuple() as schema:
                    with schema.items() as items:
                        items.number()
                        items.number()
                persist_async.url = "/places"
            place.validation_async(method="POST", param="place", url="/places/check")
        return place.built

    @staticmethod
    def by_callbacks():
        @ArraySchema.Tuple.build
        def made(place):
            place.id = "#place"
            place.title = "Place"
            place.description = "Latitude and longitude"
            place.additional_text = "in degrees"
            place.control = "map"
            place.hidden = False
            place.disabled = False

            @place.alert
            def _(alert):
                alert.markdown = "In *this* order"

            @place.inline_alert
            def _(inline_alert):
                inline_alert.content = "From your telephone"

            place.icon.named(name="pin")
            place.image(url="/pin.png")
            place.media.image(uri="urn:wise:icons:pin")
            place.keywords = ["position"]
            place.analytics_id = "place"

            @place.summary
            def _(summary):
                summary.provides_description = True
                summary.provides_icon = True

            @place.items
            def _(items):
                items.number(title="Latitude", minimum=-90, maximum=90)
                items.number(title="Longitude", minimum=-180, maximum=180)

                @items.tuple
                def _(tuple_):
                    tuple_.title = "Height"

                    @tuple_.items
                    def _(inner_items):
                        inner_items.integer()

                        @inner_items.one_of
                        def _(one_of):
                            @one_of.schemas
                            def _(schemas):
                                schemas.const(value="m")
                                schemas.const(value="ft")

            @place.persist_async
            def _(persist_async):
                persist_async.id_property = "id"
                persist_async.method = "POST"
                persist_async.param = "place"

                @persist_async.schema.tuple
                def _(schema):
                    @schema.items
                    def _(items):
                        items.number()
                        items.number()

                persist_async.url = "/places"

            @place.validation_async
            def _(validation_async):
                validation_async.method = "POST"
                validation_async.param = "place"
                validation_async.url = "/places/check"

        return made


EXAMPLES = {
    "ArraySchema.List": ArraySchemaListExample,
    "ArraySchema.Tuple": ArraySchemaTupleExample,
}
