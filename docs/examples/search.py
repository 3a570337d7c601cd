"""Search for a company in a large register.

The client sends the typed text to `url`. With GET, the text is in the address, as in `/companies?query=acme`. The
answer contains results. Each result has an action that continues the flow, or starts another search
(`responses/companies.py` is such an answer). If there are no results, the client shows the empty message.

Shows: search, empty message
Generation: core
"""

from stepdsl import Step

with Step.build(id="search", title="Your company") as company:
    company.description = "We fill in what the register knows."
    with company.layout() as layout:
        with layout.search(title="Name or number of the company") as search:
            search.method = "GET"
            search.url = "/companies"
            search.param = "query"
            search.empty_message = "Nothing found. [Where is the number?](https://register.example/help)"
        layout.button(title="My company is not registered", control="tertiary").action(url="/company/new", method="GET")

step = company.built
