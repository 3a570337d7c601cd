"""One JSON file per documented type: made in each of the forms that an author may write, and read again.

A property that is in no fixture needs none: each type has a derived object with all of its properties as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import stepdsl
from stepdsl import Step, documented_types, dumps, from_dict, loads, to_dict
from stepdsl.core.model import Model
from tests.models import CONCRETE, properties, wire_name, wire_names
from tests.wire.replay import BUILT, python_name, rebuilt_as
from tests.wire.samples import FIXTURES, document_with_every_property, fixture, of_fixture, with_every_property

FORMS = ("constructors", *BUILT)


def in_form(form: str, constructed: Any) -> Any:
    """An object of the same values in one of the forms."""
    return constructed if form == "constructors" else rebuilt_as(constructed, form)


def compact(document: Any) -> str:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize("name", CONCRETE)
def test_each_form_writes_the_fixture(name):
    for form in FORMS:
        assert dumps(in_form(form, of_fixture(name)), indent=2) + "\n" == fixture(name), form


@pytest.mark.parametrize("name", CONCRETE)
def test_all_forms_give_equal_objects_of_equal_bytes(name):
    for sample in (of_fixture, with_every_property):
        made = [in_form(form, sample(name)) for form in FORMS]
        assert all(one == made[0] for one in made)
        assert len({dumps(one) for one in made}) == 1
        assert [type(one) for one in made] == [documented_types()[name]] * len(FORMS)


@pytest.mark.parametrize("name", CONCRETE)
def test_a_fixture_is_read_as_the_object_that_constructors_make(name, library):
    cls = documented_types()[name]
    made = of_fixture(name)
    read = loads(fixture(name), cls)
    assert read == made
    assert read is not made
    assert loads(dumps(made), cls) == made
    assert dumps(read) == dumps(made)


@pytest.mark.parametrize("name", CONCRETE)
def test_each_form_writes_every_property_under_its_wire_name(name):
    document = document_with_every_property(name)
    for form in FORMS:
        made = in_form(form, with_every_property(name))
        assert dumps(made) == compact(document), form
        assert [wire for wire in to_dict(made) if wire in wire_names(CONCRETE[name])] == wire_names(CONCRETE[name])
        assert made.__dict__.keys() == properties(CONCRETE[name]).keys(), form


@pytest.mark.parametrize("name", CONCRETE)
def test_every_property_of_a_type_is_read_from_its_wire_name(name, library):
    cls, made = documented_types()[name], with_every_property(name)
    document = document_with_every_property(name)
    read = loads(compact(document), cls)
    assert read == made == from_dict(document, cls)
    assert read.extra == {}
    assert dumps(read) == dumps(made)
    for prop in properties(cls):
        assert read[wire_name(cls, prop)] == getattr(made, prop)


def test_every_type_has_a_fixture_and_every_fixture_has_a_type():
    assert sorted(path.stem for path in FIXTURES.iterdir()) == sorted(CONCRETE)


def exported(owner: Any) -> Iterator[type[Model]]:
    """All models in a module or class, nested ones as well."""
    for name, part in [(name, getattr(owner, name)) for name in getattr(owner, "__all__", tuple(vars(owner)))]:
        if isinstance(part, type) and part.__module__.startswith("stepdsl.model.") and not name.startswith("_"):
            if issubclass(part, Model):
                yield part
            yield from exported(part)


def test_every_exported_type_of_which_there_are_objects_has_a_fixture():
    found = {cls for cls in exported(stepdsl) if not (cls.__stepdsl__.abstract or cls.__stepdsl__.unknown)}
    assert found == set(CONCRETE.values())


@pytest.mark.parametrize("name", CONCRETE)
def test_a_fixture_has_the_wire_names_that_follow_from_the_python_names(name):
    for wire in json.loads(fixture(name)).keys() & set(wire_names(CONCRETE[name])):
        assert wire_name(CONCRETE[name], python_name(wire)) == wire


def test_builders_write_the_polling_step_of_the_documentation():
    with Step.build() as step:
        with step.layout():
            pass
        with step.polling() as polling:
            polling.url = "https://bar.foo/status?id=12345"
            polling.interval = 5
            polling.max_attempts = 100
            with polling.on_error() as on_error:
                with on_error.action() as action:
                    action.exit = True
                    action.result = {"exit-action-data": "EXIT!!!"}
    assert dumps(step.built) == (
        '{"layout":[],"schemas":[],"polling":{"url":"https://bar.foo/status?id=12345","interval":5,"maxAttempts":100,'
        '"onError":{"action":{"exit":true,"result":{"exit-action-data":"EXIT!!!"}}}}}'
    )
