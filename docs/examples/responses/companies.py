"""An answer to a search.

Each result of the type action has an action that continues the flow. A result of the type search starts another
search, here for the next page of results. If the list is empty, the client shows the empty message of the layout.

Shows: search response, search results
Generation: core
"""

from stepdsl import Action, Icon, SearchResponseBody, SearchResult

COMPANIES = {"09446231": "Acme Analytics Ltd", "03977902": "Acme Bakery Ltd"}

with SearchResponseBody.build() as found:
    with found.results() as results:
        results.extend(
            SearchResult.Action(
                title=name,
                description=f"Number {number}",
                icon=Icon.Named(name="briefcase"),
                value=Action(url="/company", data={"companyNumber": number}),
            )
            for number, name in COMPANIES.items()
        )
        with results.search(title="More results") as more:
            more.value(url="/companies/more", method="GET", param="query", query="acme")

body = found.built
