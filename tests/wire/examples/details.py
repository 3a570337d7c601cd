"""What stands beside a field or an item: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import Help, InlineAlert, SupportingValues


class HelpExample:
    """The same Help, three ways."""

    @staticmethod
    def by_constructors():
        return Help(markdown="Look at the **back** of the card.")

    @staticmethod
    def by_blocks():
        with Help.build() as advice:
            advice.markdown = "Look at the **back** of the card."
        return advice.built

    @staticmethod
    def by_callbacks():
        @Help.build
        def made(advice):
            advice.markdown = "Look at the **back** of the card."

        return made


class InlineAlertExample:
    """The same InlineAlert, three ways."""

    @staticmethod
    def by_constructors():
        return InlineAlert(content="We know this payee", context="positive")

    @staticmethod
    def by_blocks():
        with InlineAlert.build() as alert:
            alert.content = "We know this payee"
            alert.context = "positive"
        return alert.built

    @staticmethod
    def by_callbacks():
        @InlineAlert.build
        def made(alert):
            alert.content = "We know this payee"
            alert.context = "positive"

        return made


class SupportingValuesExample:
    """The same SupportingValues, three ways."""

    @staticmethod
    def by_constructors():
        return SupportingValues(value="+100 GBP", subvalue="Refund")

    @staticmethod
    def by_blocks():
        with SupportingValues.build() as values:
            values.value = "+100 GBP"
            values.subvalue = "Refund"
        return values.built

    @staticmethod
    def by_callbacks():
        @SupportingValues.build
        def made(values):
            values.value = "+100 GBP"
            values.subvalue = "Refund"

        return made


EXAMPLES = {
    "Help": HelpExample,
    "InlineAlert": InlineAlertExample,
    "SupportingValues": SupportingValuesExample,
}
