"""A required enum whose value the library does not have yet is given in `extra`, as for any other property."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stepdsl import Context, InvalidValueError, dumps, from_dict
from stepdsl.core.model import Model, model

if TYPE_CHECKING:
    from stepdsl.model.literals import ContextLiteral


@model
class Notice(Model):
    """A type with a required enum."""

    context: Context | ContextLiteral
    """What kind of notice it is."""


def test_a_required_property_in_extra_counts_as_given():
    notice = Notice(extra={"context": "festive"})
    assert notice.context is None
    assert dumps(notice) == '{"context":"festive"}'
    assert from_dict({"context": "festive"}, Notice) == notice
    assert Notice(context=None, extra={"context": "festive"}) == notice


def test_a_required_property_that_extra_lacks_is_missing():
    with pytest.raises(InvalidValueError, match=r"^Notice\.context: missing$"):
        Notice()
