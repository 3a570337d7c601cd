"""``stepdsl demo``: a polling step, from the server that sends it to the outcome.

Three small modules, meant to be read: `flow` authors the steps, `server` sends them over HTTP, `run` plays the client
and prints what happens. Nothing leaves the machine: the server listens on the loopback interface, on a port that the
system chooses.
"""

from stepdsl.demo.run import run_demo

__all__ = ["run_demo"]
