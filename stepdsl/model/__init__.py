"""The documented types as frozen attrs classes, with one module for each family. Each property is written only here."""
