"""Many threads that use the builders at the same time, as the first thing in their process."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys, threading
sys.setswitchinterval({interval})
THREADS = 64
barrier = threading.Barrier(THREADS)
found, faults = [], []

def work():
    barrier.wait()
    try:
        import stepdsl
        with stepdsl.Step.build(id="page") as step:
            kinds = [type(step), type(step.polling), type(step.layout)]
            with step.layout() as layout:
                kinds.append(type(layout))
                kinds.append(type(layout.heading(text="Hello")))
                with layout.box() as box, box.components() as components:
                    components.paragraph(text="a")
                with layout.button(title="Go") as button:
                    kinds.append(type(button.behavior))
                    kinds.append(type(button.behavior.link))
                    button.behavior.link(url="/x")
                with layout.decision() as decision, decision.options() as options:
                    options.option(title="One").action(url="/one")
            with step.schemas() as schemas, schemas.obj(id="#form") as form, form.properties() as properties:
                kinds.append(type(properties))
                properties.string("name", icon=stepdsl.Icon.Named(name="person"))
                with properties.one_of("kind") as one_of, one_of.schemas() as alternatives:
                    alternatives.const(title="A", value="a")
                properties.list("tags", add_item_title="a", edit_item_title="b", title="t").items.string()
            with step.polling(url="/x", interval=1, max_attempts=2) as polling:
                polling.on_error().action(exit=True)
        found.append((stepdsl.dumps(step.built), tuple(kinds)))
        assert stepdsl.loads(found[-1][0]) == step.built
    except BaseException as fault:
        faults.append(repr(fault))

threads = [threading.Thread(target=work) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(found), len(set(found)), faults[:3])
"""


@pytest.mark.slow
@pytest.mark.parametrize("interval", [0.005, 1e-6])
def test_64_threads_on_a_cold_interpreter_build_equal_steps_with_the_same_classes(interval):
    command = [sys.executable, "-c", PROGRAM.format(interval=interval)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("64 1 []\n", "")
