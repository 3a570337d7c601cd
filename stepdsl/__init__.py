"""Author Dynamic Flow steps in Python, send them as JSON, and run their polling in tests.

All types of which a step is made are exported here under their documented names. Families of types, cattrs and urllib3
are imported when they are first used. The executor is in `stepdsl.executor`, support for tests in `stepdsl.testing`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from stepdsl.core import extensions
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
    from stepdsl.core.json import UNSET as UNSET
    from stepdsl.core.json import Unset as Unset
    from stepdsl.core.provenance import Generation as Generation
    from stepdsl.core.types import documented_enums as documented_enums
    from stepdsl.core.types import documented_types as documented_types
    from stepdsl.dsl.builders import *
    from stepdsl.jsonschema import json_schema as json_schema
    from stepdsl.model.actions import *
    from stepdsl.model.autocomplete import *
    from stepdsl.model.common import *
    from stepdsl.model.enums import *
    from stepdsl.model.features import *
    from stepdsl.model.layouts import *
    from stepdsl.model.media import *
    from stepdsl.model.responses import *
    from stepdsl.model.schemas import *
    from stepdsl.model.search import *
    from stepdsl.model.step import *
    from stepdsl.model.unions import *
    from stepdsl.model.unknown import *
    from stepdsl.validation.validator import validate as validate
    from stepdsl.wire import configure_converter as configure_converter
    from stepdsl.wire import dumps as dumps
    from stepdsl.wire import from_dict as from_dict
    from stepdsl.wire import loads as loads
    from stepdsl.wire import make_converter as make_converter
    from stepdsl.wire import to_dict as to_dict
else:
    _ERRORS = {name for name in globals() if name.endswith("Error")}
    _HOMES = {
        "Finding": "checking",
        "Severity": "checking",
        "UNSET": "core.json",
        "Unset": "core.json",
        "Generation": "core.provenance",
        "check": "checking",
        "configure_converter": "wire",
        "documented_enums": "core.types",
        "documented_types": "core.types",
        "dumps": "wire",
        "from_dict": "wire",
        "json_schema": "jsonschema",
        "loads": "wire",
        "make_converter": "wire",
        "to_dict": "wire",
        "validate": "validation.validator",
    }

    def _load(module, name):
        return getattr(importlib.import_module(f"stepdsl.{module}"), name)

    # What the models offer but do not import: see stepdsl/core/extensions.py.
    def _late(module, name):
        return lambda *arguments: _load(module, name)(*arguments)  # noqa: PLW0108  # it loads when it is called

    extensions.root_opener = _late("dsl.factory", "root_opener")
    extensions.builder_type = _late("dsl.factory", "builder_type")
    extensions.pydantic_core_schema = _late("pydantic", "core_schema_of")
    extensions.instead = _late("core.hints", "instead")
    extensions.elsewhere = _late("core.hints", "elsewhere")

    def __getattr__(name):
        """Load a name at its first use. Type checkers use the imports above."""
        if name == "__all__":
            return _exported()
        if name == "__version__":
            return importlib.import_module("importlib.metadata").version("stepdsl")
        if name.startswith("__"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        catalog = importlib.import_module("stepdsl.core.catalog")
        if name in _HOMES:
            home = _HOMES[name]
        elif name in catalog.MODULES:
            home = f"model.{catalog.MODULES[name]}"
        elif name in catalog.BUILDERS:
            home = "dsl.builders"
        else:
            return _load("core.missing", "raise_for")(name, __dir__())
        found = globals()[name] = _load(home, name)
        return found

    def __dir__():
        """Return the names of all exports, loaded or not."""
        return sorted({*globals(), *_exported(), "__version__"})

    def _exported():
        catalog = importlib.import_module("stepdsl.core.catalog")
        return sorted({*_ERRORS, *_HOMES, *catalog.MODULES, *catalog.BUILDERS})
