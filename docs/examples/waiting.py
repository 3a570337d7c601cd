"""Wait until another system has finished.

The client sends a request to `/transfers/20417/status` at once, and again three seconds after each answer. An
empty answer means that the client continues to poll. An answer with an action or a step continues the flow. If
the server fails, or after sixty requests, the behavior of `on_error` ends the polling.

Shows: loading indicator, polling with a delay, behavior on error, decorated functions
Generation: core2
"""

from stepdsl import Action, LayoutListBuilder, PollingBuilder, Step, StepBuilder


@Step.build
def step(waiting: StepBuilder) -> None:
    waiting.id = "waiting"
    waiting.title = "One moment"

    @waiting.layout
    def _(layout: LayoutListBuilder) -> None:
        layout.loading_indicator(size="lg")
        layout.paragraph(text="We are asking your bank. You can leave this page, we will write to you.")

    @waiting.polling
    def _(polling: PollingBuilder) -> None:
        polling.url = "/transfers/20417/status"
        polling.delay = 3
        polling.timeout = 10
        polling.max_attempts = 60
        polling.on_error().behavior.action(action=Action(url="/transfers/20417/problem"))
