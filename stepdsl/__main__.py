"""``python -m stepdsl`` does the same as the command ``stepdsl``."""

import sys

from stepdsl.cli import main

if __name__ == "__main__":
    sys.exit(main())
