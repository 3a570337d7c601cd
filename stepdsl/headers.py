"""The name of the response type header, and patterns for headers. The server and the executor use both."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["HEADER_NAME", "HEADER_VALUE", "TYPE_HEADER"]

TYPE_HEADER: Final = "X-DF-Response-Type"
"""The header of a 2xx answer: step, action or exit; in core2 also modal, no-op or subflow. Without it: a step."""

HEADER_NAME: Final = re.compile(r"[-!#$%&'*+.^_`|~0-9A-Za-z]+")
"""The valid names of headers."""

HEADER_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
"""The valid values of headers: Latin-1 text without control characters and line breaks."""
