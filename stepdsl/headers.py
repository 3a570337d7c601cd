"""What the two sides of HTTP, the one that sends answers and the one that reads them, have to agree on."""

from __future__ import annotations

import re
from typing import Final

TYPE_HEADER: Final = "X-DF-Response-Type"
"""Stands on an answer of 2xx: step, action or exit; in core2 also modal, no-op or subflow. Without it: a step."""

HEADER_NAME: Final = re.compile(r"[-!#$%&'*+.^_`|~0-9A-Za-z]+")
"""What the name of a header is made of."""

HEADER_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
"""What a header can hold: Latin-1 without control characters, line breaks above all."""
