"""An answer to a search.

Each result has an action that goes on with it; one of the type search asks again, here for the next page of
results. An empty list makes the client show the layout's empty message.

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
