"""What the `model` decorator notes about a class, besides its fields."""

from __future__ import annotations

from attrs import frozen

from stepdsl.model.generation import Generation


@frozen(kw_only=True)
class Traits:
    """How a type is told on the wire and opened in a builder; see `stepdsl.model.base.model`."""

    tag: str | None = None
    key: str | None = None
    array: str | None = None
    adder: str | None = None
    any_of: tuple[tuple[str, ...], ...] = ()
    union: bool = False
    shared: bool = False
    component: bool = False
    unknown: bool = False
    root: bool = False
    documented: bool | None = None
    generation: Generation = Generation.BOTH

    @property
    def abstract(self) -> bool:
        """Whether the class is a base only; no document holds an object of it."""
        return self.union or self.shared

    @property
    def is_documented(self) -> bool:
        """Whether the class stands for a type of the documentation: all but shared bases and carriers, unless told."""
        return not (self.shared or self.unknown) if self.documented is None else self.documented
