"""Values to review and states of tasks: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import Action, ActionBehavior, Help, Icon, RefreshBehavior, ReviewLayout, Size, StatusListLayout


class ReviewLayoutExample:
    """The same ReviewLayout, three ways."""

    @staticmethod
    def by_constructors():
        return ReviewLayout(
            control="horizontal",
            margin=Size.LG,
            analytics_id="summary",
            tags=["boxed"],
            title="Check it once more",
            fields=[
                ReviewLayout.Field(label="To", value="Mari Maasikas"),
                ReviewLayout.Field(
                    label="IBAN", value="EE38 2200 2210 2014 5685", help=Help(markdown="The number of the *account*.")
                ),
            ],
            call_to_action=ReviewLayout.CallToAction(
                title="Change", action=Action(url="/payee"), behavior=ActionBehavior(action=Action(url="/payee/2"))
            ),
        )

    @staticmethod
    def by_blocks():
        with ReviewLayout.build() as review:
            review.control = "horizontal"
            review.margin = "lg"
            review.analytics_id = "summary"
            review.tags = ["boxed"]
            review.title = "Check it once more"
            with review.fields() as fields:
                fields.field(label="To", value="Mari Maasikas")
                with fields.field(label="IBAN", value="EE38 2200 2210 2014 5685") as field:
                    field.help(markdown="The number of the *account*.")
            with review.call_to_action(title="Change") as call_to_action:
                call_to_action.action(url="/payee")
                with call_to_action.behavior.action() as behavior:
                    behavior.action(url="/payee/2")
        return review.built

    @staticmethod
    def by_callbacks():
        @ReviewLayout.build
        def made(review):
            review.control = "horizontal"
            review.margin = "lg"
            review.analytics_id = "summary"
            review.tags = ["boxed"]
            review.title = "Check it once more"

            @review.fields
            def _(fields):
                fields.field(label="To", value="Mari Maasikas")

                @fields.field
                def _(field):
                    field.label = "IBAN"
                    field.value = "EE38 2200 2210 2014 5685"
                    field.help(markdown="The number of the *account*.")

            @review.call_to_action
            def _(call_to_action):
                call_to_action.title = "Change"
                call_to_action.action(url="/payee")

                @call_to_action.behavior.action
                def _(behavior):
                    behavior.action(url="/payee/2")

        return made


class ReviewLayoutCallToActionExample:
    """The same ReviewLayout.CallToAction, three ways."""

    @staticmethod
    def by_constructors():
        return ReviewLayout.CallToAction(
            title="Edit", action=Action(url="/amount", skip_validation=True), behavior=RefreshBehavior()
        )

    @staticmethod
    def by_blocks():
        with ReviewLayout.CallToAction.build() as call_to_action:
            call_to_action.title = "Edit"
            call_to_action.action(url="/amount", skip_validation=True)
            call_to_action.behavior.refresh()
        return call_to_action.built

    @staticmethod
    def by_callbacks():
        @ReviewLayout.CallToAction.build
        def made(call_to_action):
            call_to_action.title = "Edit"

            @call_to_action.action
            def _(action):
                action.url = "/amount"
                action.skip_validation = True

            call_to_action.behavior.refresh()

        return made


class ReviewLayoutFieldExample:
    """The same ReviewLayout.Field, three ways."""

    @staticmethod
    def by_constructors():
        return ReviewLayout.Field(
            label="Fee", value="0.80 EUR", help=Help(markdown="Half a per cent, and *thirty* cents.")
        )

    @staticmethod
    def by_blocks():
        with ReviewLayout.Field.build() as field:
            field.label = "Fee"
            field.value = "0.80 EUR"
            field.help(markdown="Half a per cent, and *thirty* cents.")
        return field.built

    @staticmethod
    def by_callbacks():
        @ReviewLayout.Field.build
        def made(field):
            field.label = "Fee"
            field.value = "0.80 EUR"

            @field.help
            def _(advice):
                advice.markdown = "Half a per cent, and *thirty* cents."

        return made


class StatusListLayoutExample:
    """The same StatusListLayout, three ways."""

    @staticmethod
    def by_constructors():
        return StatusListLayout(
            control="timeline",
            margin="xs",
            analytics_id="progress",
            tags=["steps"],
            title="Your account",
            items=[
                StatusListLayout.Item(
                    title="Name and address", icon=Icon.Named(name="check"), status=StatusListLayout.Status.DONE
                ),
                StatusListLayout.Item(
                    title="Passport", description="We look at it", icon=Icon.Text(text="2"), status="pending"
                ),
                StatusListLayout.Item(title="First payment", icon=Icon.Text(text="3"), status="not-done"),
            ],
        )

    @staticmethod
    def by_blocks():
        with StatusListLayout.build() as status_list:
            status_list.control = "timeline"
            status_list.margin = "xs"
            status_list.analytics_id = "progress"
            status_list.tags = ["steps"]
            status_list.title = "Your account"
            with status_list.items() as items:
                with items.item(title="Name and address", status="done") as item:
                    item.icon.named(name="check")
                with items.item() as item:
                    item.title = "Passport"
                    item.description = "We look at it"
                    item.icon.text(text="2")
                    item.status = StatusListLayout.Status.PENDING
                with items.item(title="First payment", status="not-done") as item:
                    item.icon.text(text="3")
        return status_list.built

    @staticmethod
    def by_callbacks():
        @StatusListLayout.build
        def made(status_list):
            status_list.control = "timeline"
            status_list.margin = "xs"
            status_list.analytics_id = "progress"
            status_list.tags = ["steps"]
            status_list.title = "Your account"

            @status_list.items
            def _(items):
                @items.item
                def _(item):
                    item.title = "Name and address"
                    item.icon.named(name="check")
                    item.status = "done"

                @items.item
                def _(item):
                    item.title = "Passport"
                    item.description = "We look at it"
                    item.icon.text(text="2")
                    item.status = "pending"

                @items.item
                def _(item):
                    item.title = "First payment"
                    item.icon.text(text="3")
                    item.status = "not-done"

        return made


class StatusListLayoutItemExample:
    """The same StatusListLayout.Item, three ways."""

    @staticmethod
    def by_constructors():
        return StatusListLayout.Item(
            title="Proof of address",
            description="A bill of the last three months",
            icon=Icon.Named(name="document"),
            status="not-done",
        )

    @staticmethod
    def by_blocks():
        with StatusListLayout.Item.build() as item:
            item.title = "Proof of address"
            item.description = "A bill of the last three months"
            item.icon.named(name="document")
            item.status = "not-done"
        return item.built

    @staticmethod
    def by_callbacks():
        @StatusListLayout.Item.build
        def made(item):
            item.title = "Proof of address"
            item.description = "A bill of the last three months"

            @item.icon.named
            def _(icon):
                icon.name = "document"

            item.status = StatusListLayout.Status.NOT_DONE

        return made


EXAMPLES = {
    "ReviewLayout": ReviewLayoutExample,
    "ReviewLayout.CallToAction": ReviewLayoutCallToActionExample,
    "ReviewLayout.Field": ReviewLayoutFieldExample,
    "StatusListLayout": StatusListLayoutExample,
    "StatusListLayout.Item": StatusListLayoutItemExample,
}
