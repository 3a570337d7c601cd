"""Where an object keeps how deep its components nest: beside its values, so that equality knows nothing of it."""

from __future__ import annotations


class Levels:
    """Holds how many levels of components an object contains; classes that can hold none say 0 for all objects."""

    __slots__ = ("_levels",)
    _levels: int
