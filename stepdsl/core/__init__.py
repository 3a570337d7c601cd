"""The machinery behind the models: the `model` decorator, fields, converters, JSON values, unions and look-up.

Nothing here is a documented type; those are in `stepdsl.model`.
"""
