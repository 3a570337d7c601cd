"""The rules, with a module for each family. `stepdsl.checking.registry` collects them."""
