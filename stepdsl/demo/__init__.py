"""``stepdsl demo``: a polling step, with its server, its client and its outcome.

It has three small modules that you can read as an example. `flow` builds the steps. `server` sends them over HTTP.
`run` is the client and prints each event. The server listens only on the loopback interface of this machine, on a port
that the system chooses.
"""

from stepdsl.demo.run import run_demo

__all__ = ["run_demo"]
