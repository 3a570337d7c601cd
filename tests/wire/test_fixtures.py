"""One JSON file per documented type, with all its properties: written in each of the three ways, and read back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import stepdsl
from stepdsl import Step, documented_types, dumps, loads, to_dict
from stepdsl.core.fields import FIELDS
from stepdsl.core.model import Model
from tests.wire.table import CONCRETE, EXAMPLES, FIXTURES, fixture

WAYS = ("by_constructors", "by_blocks", "by_callbacks")


def parts(value: object) -> Any:
    """An object and all that stand in it."""
    if isinstance(value, Model):
        yield value
        value = value.__dict__
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
        yield from parts(part)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_each_way_writes_the_fixture(name, way):
    assert dumps(getattr(EXAMPLES[name], way)(), indent=2) + "\n" == fixture(name)


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_ways_give_equal_objects_of_equal_bytes(name):
    made = [getattr(EXAMPLES[name], way)() for way in WAYS]
    assert made[0] == made[1] == made[2]
    assert len({dumps(one) for one in made}) == 1
    assert [type(one) for one in made] == [documented_types()[name]] * 3


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_fixture_is_read_as_that_object(name, library):
    cls = documented_types()[name]
    made = EXAMPLES[name].by_constructors()
    read = loads(fixture(name), cls)
    assert read == made
    assert read is not made
    assert loads(dumps(made), cls) == made
    assert dumps(read) == dumps(made)


def test_every_type_has_a_fixture_and_every_fixture_a_type():
    assert sorted(path.stem for path in FIXTURES.iterdir()) == sorted(CONCRETE)
    assert sorted(EXAMPLES) == sorted(CONCRETE)


def exported(place: Any) -> Iterator[type[Model]]:
    """All models below a module or class, those that stand in others as well."""
    for name, part in [(name, getattr(place, name)) for name in getattr(place, "__all__", vars(place))]:
        if isinstance(part, type) and part.__module__.startswith("stepdsl.model.") and not name.startswith("_"):
            if issubclass(part, Model):
                yield part
            yield from exported(part)


def test_every_exported_type_of_which_there_are_objects_has_a_fixture():
    found = {cls for cls in exported(stepdsl) if not (cls.__stepdsl__.abstract or cls.__stepdsl__.unknown)}
    assert found == set(CONCRETE.values())


@pytest.mark.parametrize("name", CONCRETE)
def test_every_property_occurs_in_a_fixture(name):
    occurring = {
        key
        for way in EXAMPLES.values()
        for part in parts(way.by_constructors())
        if type(part) is CONCRETE[name]
        for key in to_dict(part)
    }
    wanted = [held.wire for held in FIELDS[CONCRETE[name]].by_name.values()]
    assert [wire for wire in wanted if wire not in occurring] == []


def test_the_polling_step_of_the_documentation():
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
