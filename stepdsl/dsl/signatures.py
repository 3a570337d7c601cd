"""The signatures of openers and adders, for `inspect.signature`, `help` and editors. They are read when needed."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import Parameter, Signature, signature
from types import MappingProxyType
from typing import Any, Final

__all__ = ["NOTHING", "OF_LIST_ADDER", "OF_MAP_ADDER", "OF_OPENER", "InstanceSignature", "OpenerSignature"]


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

OF_OPENER: Final = (_GIVEN,)
"""The first parameters of an opener."""
OF_LIST_ADDER: Final = (_SELF, _GIVEN)
"""The first parameters of the method that opens a member of a list."""
OF_MAP_ADDER: Final = (_SELF, _NAME, _GIVEN)
"""The first parameters of the method that opens a member of a map."""


class OpenerSignature(Signature):
    """The signature of what opens an object: some parameters, and the properties of the object as keywords.

    A copy with other parameters, which `Signature.replace` makes, has just these.
    """

    __slots__ = ("_cls",)

    def __init__(
        self,
        parameters: Sequence[Parameter] | None = None,
        *,
        return_annotation: Any = Signature.empty,
        cls: type[Any] | None = None,
    ) -> None:
        """Take the first parameters and the class of the object. Its properties are read when they are needed."""
        super().__init__(parameters, return_annotation=return_annotation)
        self._cls = cls

    @property
    def parameters(self) -> MappingProxyType[str, Parameter]:
        """The parameters, read from the fields of the class."""
        if self._cls is None:
            return super().parameters
        keywords = signature(self._cls).parameters.values()
        optional = [k.replace(default=REQUIRED) if k.default is Parameter.empty else k for k in keywords]
        return MappingProxyType({**super().parameters, **{parameter.name: parameter for parameter in optional}})


class InstanceSignature:
    """`__signature__` of the openers of a class, but not of their class itself."""

    def __get__(self, instance: Any, owner: Any) -> Signature:
        if instance is None:
            raise AttributeError("__signature__")
        return OpenerSignature(OF_OPENER, cls=owner._cls)
