"""The cattrs converter of the library; it can be given to code that composes converters of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cattrs import Converter

from stepdsl.model.base import Model
from stepdsl.model.index import carrier
from stepdsl.wire.decode import Structure, make_structure, make_union_structure
from stepdsl.wire.encode import Unstructure, make_unstructure

converter: Converter = Converter()
"""Writes and reads every model. Bad documents raise an internal error here; `loads` and `from_dict` make it a
`WireError`."""


def _is_model(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Model)


def _structure(cls: type[Model]) -> Structure:
    ask = structure_hooks.__getitem__
    return make_union_structure(cls, carrier(cls), ask) if cls.__stepdsl__.union else make_structure(cls, ask)


def _unstructure(cls: type[Model]) -> Unstructure:
    return make_unstructure(cls, unstructure_hooks)


class _Hooks(dict[Any, Any]):
    """The hook of each class; the converter is asked for it once."""

    def __init__(self, ask: Callable[[type], Any], refusal: str) -> None:
        super().__init__()
        self._ask = ask
        self._refusal = refusal

    def __missing__(self, cls: Any) -> Any:
        if not _is_model(cls):
            raise TypeError(f"{self._refusal} of stepdsl, got {getattr(cls, '__qualname__', cls)}")
        if cls.__stepdsl__.shared:
            raise TypeError(f"{cls.__qualname__} is what several types have in common; ask for one of those")
        hook = self[cls] = self._ask(cls)
        return hook


unstructure_hooks: Mapping[type, Callable[[Any], dict[str, Any]]] = _Hooks(
    converter.get_unstructure_hook, "expected an object"
)
"""The hook that writes objects of a class; raises TypeError for anything but a model."""
structure_hooks: Mapping[type, Callable[..., Any]] = _Hooks(converter.get_structure_hook, "expected a type")
"""The hook that reads objects of a class or union; raises `Refused`."""

converter.register_unstructure_hook_factory(_is_model, _unstructure)
converter.register_structure_hook_factory(_is_model, _structure)
