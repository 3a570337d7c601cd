"""Search for an address, and show recent addresses first.

The client shows `initial_state` as long as the user has typed nothing. It contains results, as here, or layouts.
A result of the type `search` runs another query, here for the addresses near the office. With this `control`,
clients show the results in a list below the field. `hint` says what the user can type.

Shows: search with an initial state, inline control, hint, search results
Generation: core2
"""

from stepdsl import Action, Control, SearchResult, Step

RECENT = {"a-7": ("1 High Street", "Leeds LS1 4DY"), "a-9": ("22 Mill Lane", "York YO1 7HB")}

with Step.build(id="address-search", title="Your address") as address:
    with address.layout() as layout:
        with layout.search(title="Street or post code", url="/addresses", method="POST", param="query") as search:
            search.control = Control.Layout.Search.INLINE
            search.hint = "The post code is enough for a start."
            search.empty_message = "We know no such address."
            with search.initial_state.results() as start:
                with start.results() as results:
                    results.extend(
                        SearchResult.Action(
                            title=street,
                            description=town,
                            value=Action(url="/address", data={"addressId": id}),
                        )
                        for id, (street, town) in RECENT.items()
                    )
                    with results.search(title="Near the office") as near:
                        near.value(url="/addresses", method="POST", param="query", query="LS1")

step = address.built
