"""The documented types as frozen attrs classes, one module a family; the only place where a property is written."""
