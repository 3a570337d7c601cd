"""Shapes that only the declarations of the builders use; type checkers read them, nothing makes one."""

from __future__ import annotations

from typing import Generic, TypeVar

Opener_co = TypeVar("Opener_co", covariant=True)
Value_contra = TypeVar("Value_contra", contravariant=True)


class Child(Generic[Opener_co, Value_contra]):
    """A property that is opened (`step.polling()`) or assigned a finished object (`step.polling = …`)."""

    def __get__(self, builder: object, owner: type | None = None, /) -> Opener_co:
        raise NotImplementedError

    def __set__(self, builder: object, value: Value_contra, /) -> None:
        raise NotImplementedError


class Adder(Generic[Opener_co]):
    """A member's opener in a list, a map or a union; it is called, never assigned."""

    def __get__(self, builder: object, owner: type | None = None, /) -> Opener_co:
        raise NotImplementedError
