"""Choose a price range, and a position on the map.

A tuple is an array with a fixed length and one schema for each position. Here both tuples have two numbers, and
the step submits `{"price": [10, 50], "place": [52.37, 4.9]}`. `model` also contains an array; it fills the fields
in order.

Shows: tuple, number, model
Generation: core
"""

from stepdsl import NumberSchema, Step

with Step.build(id="price-range", title="What are you looking for?") as search:
    search.model = {"price": [10, 50], "place": [52.37, 4.9]}
    with search.schemas() as schemas:
        with schemas.obj(id="#filter") as form:
            with form.properties() as properties:
                with properties.tuple("price", title="Price per night") as price:
                    with price.items() as bounds:
                        bounds.number(title="From", minimum=0, maximum=5000)
                        bounds.number(title="To", minimum=0, maximum=5000)
                with properties.tuple("place", title="Near") as place:
                    place.items = [
                        NumberSchema(title="Latitude", minimum=-90, maximum=90),
                        NumberSchema(title="Longitude", minimum=-180, maximum=180),
                    ]
    with search.layout() as layout:
        layout.form(schema_id="#filter")
        layout.button(title="Show rooms", control="primary").action(url="/rooms")

step = search.built
