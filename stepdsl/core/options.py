"""What the `model` decorator records about a class, besides its fields."""

from __future__ import annotations

from attrs import frozen

from stepdsl.core.provenance import Generation, Source


@frozen(kw_only=True)
class ModelOptions:
    """The arguments of `stepdsl.core.model.model`, which describes them."""

    tag: str | None = None
    key: str | None = None
    array: str | None = None
    adder: str | None = None
    any_of: tuple[tuple[str, ...], ...] = ()
    union: bool = False
    mixin: bool = False
    component: bool = False
    unknown: bool = False
    root: bool = False
    documented: bool | None = None
    generation: Generation = Generation.BOTH
    source: Source = Source.PAGE

    @property
    def abstract(self) -> bool:
        """Whether the class is only a base of others. No document has an object of it."""
        return self.union or self.mixin

    @property
    def is_documented(self) -> bool:
        """Whether the documentation names the class: all but mixins and `Unknown…` classes, unless given otherwise."""
        return not (self.mixin or self.unknown) if self.documented is None else self.documented
