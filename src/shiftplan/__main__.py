"""`python -m shiftplan` is the command `shiftplan`."""

from __future__ import annotations

from shiftplan.cli import main

if __name__ == "__main__":
    main()
