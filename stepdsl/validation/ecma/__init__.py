"""Translates the regular expressions of JavaScript (ECMA-262) to the syntax of the engines of jsonschema-rs."""
