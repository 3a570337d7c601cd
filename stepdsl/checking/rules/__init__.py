"""The rules, a module for each family. What is a rule in them is an entry of `stepdsl.checking.registry`."""
