"""The error of an application that is called in this process."""

from __future__ import annotations

from stepdsl.core.messages import show

__all__ = ["ApplicationError", "Refusal"]


class ApplicationError(AssertionError):
    """The application raised an exception, it sent what WSGI or ASGI does not allow, or it ended without an answer.

    An exception of the application is its `__cause__`. It is an AssertionError: executors do not treat it as a failure
    of the network.
    """


class Refusal:
    """The first mistake of an application in one call. It is raised where it is made, and once more after the call.

    So an application that catches all exceptions does not hide it.
    """

    def __init__(self) -> None:
        """Begin without a mistake."""
        self._error: ApplicationError | None = None

    def __call__(self, reason: str) -> ApplicationError:
        """Return the error to raise in the application."""
        error = ApplicationError(f"the application {reason}")
        self._error = self._error or error
        return error

    def part(self, given: object) -> ApplicationError:
        """Return the error to raise for a part of the body that is not bytes."""
        encoded = "; write text.encode()" if isinstance(given, str) else ""
        return self(f"sent {show(given)} as a part of the body; expected bytes{encoded}")

    def after(self, error: Exception | None) -> None:
        """Raise the mistake after the call; without one, the error that the application raised, if there is one."""
        found = self._error or error
        if found is not None:
            raise found
