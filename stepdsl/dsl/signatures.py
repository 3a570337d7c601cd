"""The signatures of openers and adders, for `inspect.signature`, `help` and editors. They are read when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import Parameter, Signature, signature
from types import MappingProxyType
from typing import Any, Final


class _Text:
    """A default in a signature, shown as a text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


NOTHING: Final = _Text("<nothing>")
"""The default of what can be given instead of keywords: a callback, or a finished object."""
REQUIRED: Final = _Text("<required>")
"""The default of a required property. It can be given as a keyword or in the block."""

_SELF: Final = Parameter("self", Parameter.POSITIONAL_ONLY)
_GIVEN: Final = Parameter("given", Parameter.POSITIONAL_ONLY, default=NOTHING)
_NAME: Final = Parameter("name", Parameter.POSITIONAL_ONLY, annotation="str")


class OpenerSignature(Signature):
    """The signature of what opens an object: its properties are the keywords. `self` is the first parameter.

    A copy with other parameters, which `Signature.replace` makes, has just these.
    """

    __slots__ = ("_cls", "_in_map")

    def __init__(
        self,
        parameters: Sequence[Parameter] | None = None,
        *,
        return_annotation: Any = Signature.empty,
        cls: type[Any] | None = None,
        in_map: bool = False,
    ) -> None:
        """Take the class, and whether the name in a map comes first."""
        super().__init__(parameters, return_annotation=return_annotation)
        self._cls = cls
        self._in_map = in_map

    @property
    def parameters(self) -> MappingProxyType[str, Parameter]:
        """The parameters, read from the fields of the class."""
        if self._cls is None:
            return super().parameters
        first = [_SELF, _NAME, _GIVEN] if self._in_map else [_SELF, _GIVEN]
        keywords = signature(self._cls).parameters.values()
        optional = [k.replace(default=REQUIRED) if k.default is Parameter.empty else k for k in keywords]
        return MappingProxyType({parameter.name: parameter for parameter in [*first, *optional]})


class InstanceSignature:
    """`__signature__` of the openers of a class, but not of their class itself."""

    def __get__(self, instance: Any, owner: Any) -> Signature:
        if instance is None:
            raise AttributeError("__signature__")
        cls: type[Any] | None = owner._cls
        return Signature([_GIVEN]) if cls is None else without_self(OpenerSignature(cls=cls))


def without_self(of: Signature) -> Signature:
    """Return the signature of a method that is bound to its object."""
    return Signature([parameter for name, parameter in of.parameters.items() if name != "self"])
