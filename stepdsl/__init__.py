"""Author Dynamic Flow steps in Python, send them as JSON, and run their polling in tests.

Everything a step is made of is exported here under its documented name; families of types, cattrs and urllib3 load
when they are first used. The executor is in `stepdsl.executor`, helpers for tests in `stepdsl.testing`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from stepdsl.errors import InvalidValueError as InvalidValueError
from stepdsl.errors import ScopeError as ScopeError
from stepdsl.errors import StepDslError as StepDslError
from stepdsl.errors import UnknownPropertyError as UnknownPropertyError
from stepdsl.errors import WireError as WireError

if TYPE_CHECKING:
    __version__: str
    from stepdsl.checking import Finding as Finding
    from stepdsl.checking import Severity as Severity
    from stepdsl.checking import check as check
    from stepdsl.dsl.builders import *
    from stepdsl.jsonschema import json_schema as json_schema
    from stepdsl.model.actions import *
    from stepdsl.model.arrays import *
    from stepdsl.model.autocomplete import *
    from stepdsl.model.background import *
    from stepdsl.model.behaviors import *
    from stepdsl.model.containers import *
    from stepdsl.model.control import *
    from stepdsl.model.details import *
    from stepdsl.model.entries import *
    from stepdsl.model.enums import *
    from stepdsl.model.generation import Generation as Generation
    from stepdsl.model.index import documented_enums as documented_enums
    from stepdsl.model.index import documented_types as documented_types
    from stepdsl.model.inputs import *
    from stepdsl.model.layouts import *
    from stepdsl.model.media import *
    from stepdsl.model.refresh import *
    from stepdsl.model.responses import *
    from stepdsl.model.schemas import *
    from stepdsl.model.search import *
    from stepdsl.model.step import *
    from stepdsl.model.suggestions import *
    from stepdsl.model.summary import *
    from stepdsl.model.toolbar import *
    from stepdsl.model.unions import *
    from stepdsl.model.unknown import *
    from stepdsl.model.values import UNSET as UNSET
    from stepdsl.model.values import Unset as Unset
    from stepdsl.wire import dumps as dumps
    from stepdsl.wire import from_dict as from_dict
    from stepdsl.wire import loads as loads
    from stepdsl.wire import to_dict as to_dict
else:
    _ERRORS = {name for name in globals() if name.endswith("Error")}
    _HOMES = {
        "Finding": "checking",
        "Severity": "checking",
        "UNSET": "model.values",
        "Unset": "model.values",
        "Generation": "model.generation",
        "check": "checking",
        "documented_enums": "model.index",
        "documented_types": "model.index",
        "dumps": "wire",
        "from_dict": "wire",
        "json_schema": "jsonschema",
        "loads": "wire",
        "to_dict": "wire",
    }

    def __getattr__(name):
        """Load what is asked for; checkers see the imports above instead."""
        if name == "__all__":
            return _exported()
        if name == "__version__":
            return importlib.import_module("importlib.metadata").version("stepdsl")
        if name.startswith("__"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = _HOMES.get(name)
        if home is None:
            catalog = importlib.import_module("stepdsl.model.catalog")
            if name in catalog.MODULES:
                home = f"model.{catalog.MODULES[name]}"
            elif name in catalog.BUILDERS:
                home = "dsl.builders"
            else:
                from stepdsl.errors import nearest

                raise AttributeError(f"module {__name__!r} has no attribute {name!r}{nearest(name, __dir__())}")
        found = globals()[name] = getattr(importlib.import_module(f"stepdsl.{home}"), name)
        return found

    def __dir__():
        """List what is exported, loaded or not."""
        return sorted({*globals(), *_exported(), "__version__"})

    def _exported():
        catalog = importlib.import_module("stepdsl.model.catalog")
        return sorted({*_ERRORS, *_HOMES, *catalog.MODULES, *catalog.BUILDERS})
