"""What a view of a flow may be and may return. All adapters share these rules and messages.

A view returns a `FlowResponse`, a Step, or a response of its framework. A Step is answered as `server.step(step)`.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from functools import partial, update_wrapper
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

from stepdsl.core.messages import class_name, shorten, show
from stepdsl.model.actions import Action
from stepdsl.model.responses import (
    ActionResponseBody,
    ErrorResponseBody,
    ModalResponseBody,
    NoOpResponseBody,
    SubflowResponseBody,
)
from stepdsl.model.search import SearchResponseBody
from stepdsl.model.step import Step
from stepdsl.server.responses import FlowResponse, step
from stepdsl.server.submissions import SubmissionError

__all__ = [
    "check_order",
    "check_view",
    "expect_response",
    "is_async",
    "name_of",
    "response_of",
    "return_types",
    "signature_of",
    "with_signature",
    "wrap",
]

_WANTED: Final = "a FlowResponse or a Step"

_ADVICE: Final[tuple[tuple[type[Any], str], ...]] = (
    (type(None), "write return before the answer"),
    (SubmissionError, "write raise instead of return"),
    (Action, "write server.action(…)"),
    (ActionResponseBody, "write server.action(….action)"),
    (ErrorResponseBody, "write server.error(…)"),
    (ModalResponseBody, "write server.modal(….content)"),
    (NoOpResponseBody, "write server.no_op()"),
    (SubflowResponseBody, "write server.subflow(…)"),
    (SearchResponseBody, "write server.search_results(….results)"),
    (Mapping, "write server.step(from_dict(…)) for a step, server.exit(…) for a result"),
    (str, "write server.step(loads(…)) for the JSON of a step"),
    (bytes, "write server.step(loads(…)) for the JSON of a step"),
    (tuple, "write only the answer: it contains the status and the headers"),
    (Awaitable, "write async def, and await before the call"),
    (Iterator, "write return instead of yield"),
)
"""What to write instead of a value of a class."""

_OTHERWISE: Final = "write server.step(…) or another function of stepdsl.server"

F = TypeVar("F", bound=Callable[..., Any])


# -- what a view returns ----------------------------------------------------------------------------------------------


def response_of(view: Callable[..., object], returned: object) -> FlowResponse:
    """Return the answer that a view has returned. A Step becomes `server.step(step)`.

    Raises TypeError for any other value. The text contains the name of the view, the value, and what to write instead.
    """
    if isinstance(returned, FlowResponse):
        return returned
    if isinstance(returned, Step):
        return step(returned)
    if inspect.iscoroutine(returned):
        returned.close()  # otherwise Python warns that it was never awaited
    raise TypeError(f"view {name_of(view)}: expected {_WANTED}, got {show(returned)}; {_advice(returned)}")


def expect_response(response: object) -> None:
    """Raise TypeError for anything but a FlowResponse: the argument of the function `respond` of an adapter."""
    if not isinstance(response, FlowResponse):
        advice = "write respond(server.step(…))" if isinstance(response, Step) else _advice(response)
        raise TypeError(f"respond: expected a FlowResponse, got {show(response)}; {advice}")


def _advice(returned: object) -> str:
    if isinstance(returned, type):
        return f"write {class_name(returned)}(…)" if issubclass(returned, Step) else _OTHERWISE
    if inspect.isroutine(returned):
        return f"write {returned.__name__}(…)"
    return _advice_for(type(returned))


def _advice_for(cls: type[Any]) -> str:
    from stepdsl.core import hints  # loads only when there is an error

    if built := hints.built_instead(cls):
        return built.removeprefix("; ")
    return next((advice for wrong, advice in _ADVICE if issubclass(cls, wrong)), _OTHERWISE)


# -- what a view is ---------------------------------------------------------------------------------------------------


def check_view(view: Callable[..., object], own: type[Any]) -> None:
    """Raise TypeError if `view` cannot be a view: no function, a generator, or an annotation of another result.

    `own`: the class of the framework's responses. An annotation that cannot be evaluated is not checked.
    """
    if isinstance(view, type):
        raise TypeError(f"endpoint: expected a function, got {show(view)}; write endpoint above its methods")
    given: Any = view  # callers without a type checker
    if isinstance(given, (FlowResponse, Step)) or inspect.isawaitable(given):  # the view was called
        if inspect.iscoroutine(given):
            given.close()  # otherwise Python warns that it was never awaited
        raise TypeError(f"endpoint: expected a function, got {show(given)}; write the name of the view without ()")
    if not callable(view):
        raise TypeError(f"endpoint: expected a function, got {show(view)}")
    name = name_of(view)
    function = _function_of(view)
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise TypeError(f"view {name}: expected a function that returns {_WANTED}; write return instead of yield")
    annotation = signature_of(view).return_annotation
    for member in return_types(annotation):
        cls = get_origin(member) or member
        if not _may_be_answer(cls, (FlowResponse, Step, own)):
            advice = _advice_for(cls)
            raise TypeError(f"view {name}: expected {_WANTED} as its return annotation, got {_shown(member)}; {advice}")


def is_async(view: Callable[..., object]) -> bool:
    """Return whether a view is a coroutine function, also as a method, an instance of a class or a partial."""
    return inspect.iscoroutinefunction(_function_of(view))


def signature_of(view: Callable[..., object]) -> inspect.Signature:
    """Return the signature of a view. Annotations that are strings are evaluated if possible."""
    signature = inspect.signature(view)
    names: dict[str, Any] = getattr(inspect.unwrap(_function_of(view)), "__globals__", {})
    parameters = [
        parameter.replace(annotation=_evaluated(parameter.annotation, names))
        for parameter in signature.parameters.values()
    ]
    returned = _evaluated(signature.return_annotation, names)
    return signature.replace(parameters=parameters, return_annotation=returned)


def wrap(view: Callable[..., object], wrapper: F) -> F:
    """Return the wrapper with the name, the docstring and the other attributes of the view."""
    origin = view
    while isinstance(origin, partial):
        origin = origin.func
    if hasattr(origin, "__name__"):
        update_wrapper(wrapper, origin)
    else:  # an instance of a class
        update_wrapper(wrapper, origin, updated=())
        wrapper.__name__ = wrapper.__qualname__ = type(origin).__name__
    vars(wrapper)["__wrapped__"] = view  # what `functools.wraps` sets
    return wrapper


def with_signature(function: F, signature: inspect.Signature) -> F:
    """Return the function. `inspect.signature`, which FastAPI uses, then returns this signature for it."""
    vars(function)["__signature__"] = signature
    return function


def check_order(
    view: Callable[..., object], names: Mapping[str, object], routed: Callable[[object], Iterable[object]]
) -> None:
    """Raise TypeError if the view is a route already. Then the application calls it directly, without its endpoint.

    `names`: the local names of the caller. The global names of the view are searched too. `routed`: returns the views
    of an application, and nothing for other objects.
    """
    found: dict[str, Any] = {**getattr(_function_of(view), "__globals__", {}), **names}
    for name, value in found.items():
        if any(one is view for one in routed(value)):
            raise TypeError(
                f"view {name_of(view)}: endpoint has no effect, because the view is a route of {name} already; "
                f"write @endpoint below @{name}.get(…) or @{name}.post(…)"
            )


# -- parts of these ---------------------------------------------------------------------------------------------------


def name_of(view: Callable[..., object]) -> str:
    """Return the name of a view for messages."""
    while isinstance(view, partial):
        view = view.func
    return str(getattr(view, "__qualname__", type(view).__qualname__)).rpartition("<locals>.")[2]


def _function_of(view: Callable[..., object]) -> Any:
    """Return the function that a call of the view executes."""
    while isinstance(view, partial):
        view = view.func
    return view if inspect.isroutine(view) else type(view).__call__


def _evaluated(annotation: Any, names: dict[str, Any]) -> Any:
    """Return the value of an annotation; the annotation itself if it is no string, or if it cannot be evaluated.

    Names that are imported only for type checkers do not exist here.
    """
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, names)  # as `inspect.signature(view, eval_str=True)` does for all of them together
    except Exception:  # noqa: BLE001  # the text of an annotation can raise any error
        return annotation


def return_types(annotation: Any) -> Iterator[Any]:
    """Yield the members of a return annotation: of unions, of `Annotated`, and the result of an awaitable."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        for member in arguments:
            yield from return_types(member)
    elif origin is Annotated:
        yield from return_types(arguments[0])
    elif arguments and isinstance(origin, type) and issubclass(origin, Awaitable):
        yield from return_types(arguments[-1])
    else:
        yield type(None) if annotation is None else annotation


def _may_be_answer(cls: Any, answers: tuple[type[Any], ...]) -> bool:
    """Return whether a value of this annotation can be an answer. It can if the annotation is not a class."""
    if not isinstance(cls, type) or cls in (Any, inspect.Signature.empty) or getattr(cls, "_is_protocol", False):
        return True
    return any(issubclass(cls, answer) or issubclass(answer, cls) for answer in answers)


def _shown(annotation: Any) -> str:
    if annotation is type(None):
        return "None"
    is_class = isinstance(annotation, type) and get_origin(annotation) is None
    return class_name(annotation) if is_class else shorten(repr(annotation).replace("typing.", ""))
