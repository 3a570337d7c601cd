"""The builders: blocks and callbacks that end in the frozen objects of `stepdsl.model`."""
