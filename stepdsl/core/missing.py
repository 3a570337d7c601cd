"""The errors for what is missing: a name that a module does not have, and a package that is not installed."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterable
from typing import NoReturn

from stepdsl.core import catalog
from stepdsl.core.messages import nearest

__all__ = ["missing_package", "raise_for"]

_WORD = re.compile(r"[A-Z][a-z0-9]*")


def raise_for(name: str, exported: Iterable[str], module: str = "stepdsl") -> NoReturn:
    """Raise AttributeError, or ImportError for `from stepdsl import …`, with the name that is meant.

    It is called by the `__getattr__` of the module.
    """
    hint = (_by_words(name) if module == "stepdsl" else "") or nearest(name, exported)
    # Python drops the text of an AttributeError when it reports a failed `from … import`. That statement first gets
    # the attribute in `_handle_fromlist`; an ImportError raised there is reported as it is.
    frame = sys._getframe(2)  # pyright: ignore[reportPrivateUsage]  # documented, and in every CPython and PyPy
    if frame.f_code.co_name == "_handle_fromlist" and importlib.util.find_spec(f"{module}.{name}") is None:
        raise ImportError(f"cannot import name {name!r} from {module!r}{hint}", name=module)
    raise AttributeError(f"module {module!r} has no attribute {name!r}{hint}")


def missing_package(needs: str, package: str, extra: str) -> ImportError:
    """Return the error of what needs a package that is not installed, with the command that installs it.

    `needs`: the beginning of the sentence, such as `validation needs`.
    """
    return ImportError(f"{needs} the package {package}: pip install 'stepdsl[{extra}]'")


def _by_words(name: str) -> str:
    """Return a hint to the type whose name has all words of a wrong one: `HeadingLayout` for `Heading`."""
    words = set(_WORD.findall(name))
    if not words or not name[0].isupper():
        return ""
    fitting = [(len(found), one) for one in catalog.TYPES if words <= (found := set(_WORD.findall(one)))]
    return f"; did you mean {min(fitting)[1]!r}?" if fitting else ""
