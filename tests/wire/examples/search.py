"""Search, its results and what it answers: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import (
    Action,
    ActionBehavior,
    AlertLayout,
    ButtonLayout,
    Context,
    DecisionLayout,
    HttpMethod,
    Icon,
    ImageLayout,
    LinkBehavior,
    Media,
    ParagraphLayout,
    SearchInitialLayoutConfig,
    SearchInitialResultsConfig,
    SearchLayout,
    SearchLayoutResponseBody,
    SearchResponseBody,
    SearchResult,
    SearchResultsResponseBody,
    Size,
)


class SearchInitialLayoutConfigExample:
    """The same SearchInitialLayoutConfig, three ways."""

    @staticmethod
    def by_constructors():
        return SearchInitialLayoutConfig(
            layout=[
                ParagraphLayout(text="Type at least three letters."),
                DecisionLayout(
                    options=[
                        DecisionLayout.Option(title="My bank is not listed", behavior=LinkBehavior(url="/help/banks"))
                    ]
                ),
            ]
        )

    @staticmethod
    def by_blocks():
        with SearchInitialLayoutConfig.build() as initial:
            with initial.layout() as layout:
                layout.paragraph(text="Type at least three letters.")
                with layout.decision() as decision:
                    with decision.options() as options:
                        with options.option(title="My bank is not listed") as option:
                            option.behavior.link(url="/help/banks")
        return initial.built

    @staticmethod
    def by_callbacks():
        @SearchInitialLayoutConfig.build
        def made(initial):
            @initial.layout
            def _(layout):
                layout.paragraph(text="Type at least three letters.")

                @layout.decision
                def _(decision):
                    @decision.options
                    def _(options):
                        @options.option
                        def _(option):
                            option.title = "My bank is not listed"
                            option.behavior.link(url="/help/banks")

        return made


class SearchInitialResultsConfigExample:
    """The same SearchInitialResultsConfig, three ways."""

    @staticmethod
    def by_constructors():
        return SearchInitialResultsConfig(
            results=[
                SearchResult.Action(title="LHV", value=Action(url="/banks/lhv")),
                SearchResult.Search(
                    title="All banks of Estonia",
                    value=SearchResult.SearchRequest(method="GET", url="/banks", param="query", query="country:EE"),
                ),
            ]
        )

    @staticmethod
    def by_blocks():
        with SearchInitialResultsConfig.build() as initial:
            with initial.results() as results:
                with results.action(title="LHV") as action:
                    action.value(url="/banks/lhv")
                with results.search(title="All banks of Estonia") as search:
                    search.value(method="GET", url="/banks", param="query", query="country:EE")
        return initial.built

    @staticmethod
    def by_callbacks():
        @SearchInitialResultsConfig.build
        def made(initial):
            @initial.results
            def _(results):
                @results.action
                def _(action):
                    action.title = "LHV"
                    action.value(url="/banks/lhv")

                @results.search
                def _(search):
                    search.title = "All banks of Estonia"
                    search.value(method="GET", url="/banks", param="query", query="country:EE")

        return made


class SearchLayoutExample:
    """The same SearchLayout, three ways."""

    @staticmethod
    def by_constructors():
        return SearchLayout(
            control="inline",
            margin="md",
            analytics_id="find-bank",
            tags=["wide"],
            title="Your bank",
            method=HttpMethod.GET,
            url="/banks",
            param="query",
            empty_message="No such bank. [Type its code](/banks/by-code)",
            hint="Name or code",
            initial_state=SearchInitialResultsConfig(
                results=[SearchResult.Action(title="The same as last time", value=Action(url="/banks/last"))]
            ),
        )

    @staticmethod
    def by_blocks():
        with SearchLayout.build() as search:
            search.control = "inline"
            search.margin = Size.MD
            search.analytics_id = "find-bank"
            search.tags = ["wide"]
            search.title = "Your bank"
            search.method = "GET"
            search.url = "/banks"
            search.param = "query"
            search.empty_message = "No such bank. [Type its code](/banks/by-code)"
            search.hint = "Name or code"
            with search.initial_state.results() as initial_state:
                with initial_state.results() as results:
                    with results.action(title="The same as last time") as action:
                        action.value(url="/banks/last")
        return search.built

    @staticmethod
    def by_callbacks():
        @SearchLayout.build
        def made(search):
            search.control = "inline"
            search.margin = "md"
            search.analytics_id = "find-bank"
            search.tags = ["wide"]
            search.title = "Your bank"
            search.method = "GET"
            search.url = "/banks"
            search.param = "query"
            search.empty_message = "No such bank. [Type its code](/banks/by-code)"
            search.hint = "Name or code"

            @search.initial_state.results
            def _(initial_state):
                @initial_state.results
                def _(results):
                    @results.action
                    def _(action):
                        action.title = "The same as last time"
                        action.value(url="/banks/last")

        return made


class SearchLayoutResponseBodyExample:
    """The same SearchLayoutResponseBody, three ways."""

    @staticmethod
    def by_constructors():
        return SearchLayoutResponseBody(
            layout=[
                AlertLayout(markdown="Two banks of this name", context=Context.WARNING),
                ButtonLayout(title="Type the code", behavior=ActionBehavior(action=Action(url="/banks/by-code"))),
            ]
        )

    @staticmethod
    def by_blocks():
        with SearchLayoutResponseBody.build() as body:
            with body.layout() as layout:
                layout.alert(markdown="Two banks of this name", context="warning")
                with layout.button(title="Type the code") as button:
                    with button.behavior.action() as behavior:
                        behavior.action(url="/banks/by-code")
        return body.built

    @staticmethod
    def by_callbacks():
        @SearchLayoutResponseBody.build
        def made(body):
            @body.layout
            def _(layout):
                layout.alert(markdown="Two banks of this name", context="warning")

                @layout.button
                def _(button):
                    button.title = "Type the code"

                    @button.behavior.action
                    def _(behavior):
                        behavior.action(url="/banks/by-code")

        return made


class SearchResponseBodyExample:
    """The same SearchResponseBody, three ways."""

    @staticmethod
    def by_constructors():
        return SearchResponseBody(
            results=[
                SearchResult.Action(
                    title="10 Downing Street", description="London", value=Action(url="/address", data={"id": "10"})
                ),
                SearchResult.Search(
                    title="11 to 99 Downing Street",
                    value=SearchResult.SearchRequest(
                        method="POST", url="/addresses", param="within", query="downing-11-99"
                    ),
                ),
            ]
        )

    @staticmethod
    def by_blocks():
        with SearchResponseBody.build() as body:
            with body.results() as results:
                with results.action(title="10 Downing Street", description="London") as action:
                    action.value(url="/address", data={"id": "10"})
                with results.search(title="11 to 99 Downing Street") as search:
                    search.value(method="POST", url="/addresses", param="within", query="downing-11-99")
        return body.built

    @staticmethod
    def by_callbacks():
        @SearchResponseBody.build
        def made(body):
            @body.results
            def _(results):
                @results.action
                def _(action):
                    action.title = "10 Downing Street"
                    action.description = "London"
                    action.value(url="/address", data={"id": "10"})

                @results.search
                def _(search):
                    search.title = "11 to 99 Downing Street"
                    search.value(method="POST", url="/addresses", param="within", query="downing-11-99")

        return made


class SearchResultActionExample:
    """The same SearchResult.Action, three ways."""

    @staticmethod
    def by_constructors():
        return SearchResult.Action(
            title="LHV Pank",
            description="LHVBEE22",
            icon=Icon.Named(name="bank"),
            image=ImageLayout(url="/banks/lhv.png", size="sm"),
            media=Media.Avatar(content=[Media.Avatar.Content.Text(text="L")]),
            value=Action(url="/banks/lhv", method="POST", data={"bic": "LHVBEE22"}),
        )

    @staticmethod
    def by_blocks():
        with SearchResult.Action.build() as result:
            result.title = "LHV Pank"
            result.description = "LHVBEE22"
            result.icon.named(name="bank")
            result.image(url="/banks/lhv.png", size="sm")
            with result.media.avatar() as media:
                with media.content() as content:
                    content.text(text="L")
            result.value(url="/banks/lhv", method="POST", data={"bic": "LHVBEE22"})
        return result.built

    @staticmethod
    def by_callbacks():
        @SearchResult.Action.build
        def made(result):
            result.title = "LHV Pank"
            result.description = "LHVBEE22"

            @result.icon.named
            def _(icon):
                icon.name = "bank"

            @result.image
            def _(image):
                image.url = "/banks/lhv.png"
                image.size = "sm"

            @result.media.avatar
            def _(media):
                @media.content
                def _(content):
                    content.text(text="L")

            @result.value
            def _(value):
                value.url = "/banks/lhv"
                value.method = "POST"
                value.data = {"bic": "LHVBEE22"}

        return made


class SearchResultSearchExample:
    """The same SearchResult.Search, three ways."""

    @staticmethod
    def by_constructors():
        return SearchResult.Search(
            title="More banks",
            description="The next ten",
            icon=Icon.Text(text="…"),
            image=ImageLayout(url="/more.png"),
            media=Media.Image(uri="urn:wise:icons:more"),
            value=SearchResult.SearchRequest(method="GET", url="/banks?page=2", param="query", query="lhv"),
        )

    @staticmethod
    def by_blocks():
        with SearchResult.Search.build() as result:
            result.title = "More banks"
            result.description = "The next ten"
            result.icon.text(text="…")
            result.image(url="/more.png")
            result.media.image(uri="urn:wise:icons:more")
            result.value(method="GET", url="/banks?page=2", param="query", query="lhv")
        return result.built

    @staticmethod
    def by_callbacks():
        @SearchResult.Search.build
        def made(result):
            result.title = "More banks"
            result.description = "The next ten"

            @result.icon.text
            def _(icon):
                icon.text = "…"

            @result.image
            def _(image):
                image.url = "/more.png"

            @result.media.image
            def _(media):
                media.uri = "urn:wise:icons:more"

            @result.value
            def _(value):
                value.method = HttpMethod.GET
                value.url = "/banks?page=2"
                value.param = "query"
                value.query = "lhv"

        return made


class SearchResultSearchRequestExample:
    """The same SearchResult.SearchRequest, three ways."""

    @staticmethod
    def by_constructors():
        return SearchResult.SearchRequest(method="POST", url="/addresses", param="within", query="Downing Street")

    @staticmethod
    def by_blocks():
        with SearchResult.SearchRequest.build() as request:
            request.method = HttpMethod.POST
            request.url = "/addresses"
            request.param = "within"
            request.query = "Downing Street"
        return request.built

    @staticmethod
    def by_callbacks():
        @SearchResult.SearchRequest.build
        def made(request):
            request.method = "POST"
            request.url = "/addresses"
            request.param = "within"
            request.query = "Downing Street"

        return made


class SearchResultsResponseBodyExample:
    """The same SearchResultsResponseBody, three ways."""

    @staticmethod
    def by_constructors():
        return SearchResultsResponseBody(
            results=[
                SearchResult.Action(title="Swedbank", icon=Icon.Text(text="S"), value=Action(url="/banks/swedbank"))
            ]
        )

    @staticmethod
    def by_blocks():
        with SearchResultsResponseBody.build() as body:
            with body.results() as results:
                with results.action(title="Swedbank") as action:
                    action.icon.text(text="S")
                    action.value(url="/banks/swedbank")
        return body.built

    @staticmethod
    def by_callbacks():
        @SearchResultsResponseBody.build
        def made(body):
            @body.results
            def _(results):
                @results.action
                def _(action):
                    action.title = "Swedbank"
                    action.icon.text(text="S")
                    action.value(url="/banks/swedbank")

        return made


EXAMPLES = {
    "SearchInitialLayoutConfig": SearchInitialLayoutConfigExample,
    "SearchInitialResultsConfig": SearchInitialResultsConfigExample,
    "SearchLayout": SearchLayoutExample,
    "SearchLayoutResponseBody": SearchLayoutResponseBodyExample,
    "SearchResponseBody": SearchResponseBodyExample,
    "SearchResult.Action": SearchResultActionExample,
    "SearchResult.Search": SearchResultSearchExample,
    "SearchResult.SearchRequest": SearchResultSearchRequestExample,
    "SearchResultsResponseBody": SearchResultsResponseBodyExample,
}
