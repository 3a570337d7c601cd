"""Find a company among too many to list.

The client sends what is typed to `url`: a GET puts it into the address, as in `/companies?query=acme`. The
answer holds results, each with an action that goes on with it, or another search (`responses/companies.py` is
such an answer). For none, the empty message is shown.

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
