"""Constants for `control`, a property that takes any string."""

from __future__ import annotations

from typing import Final

__all__ = ["Control"]


class Control:
    """The values of `control` that the documentation knows (core, core2); any other string is allowed.

    A client ignores a control that it does not know.
    """

    class Layout:
        """Controls of layouts."""

        class Button:
            """Controls of `ButtonLayout`: how important it is."""

            PRIMARY: Final = "primary"
            """The main way on."""
            SECONDARY: Final = "secondary"
            """Another way on."""
            TERTIARY: Final = "tertiary"
            """A way that few take."""

        class Heading:
            """Controls of `HeadingLayout`."""

            DISPLAY: Final = "display"
            """A large headline, as on a screen of success."""

        class Search:
            """Controls of `SearchLayout`."""

            INLINE: Final = "inline"
            """Shows the results in a list below the field (web only)."""

    class Schema:
        """Controls of schemas."""

        class String:
            """Controls of `StringSchema`."""

            DATE_LOOKUP: Final = "date-lookup"
            """A calendar, for the format date."""
            PASSWORD: Final = "password"
            """Hides what is typed; beside an autocomplete hint for a password."""
