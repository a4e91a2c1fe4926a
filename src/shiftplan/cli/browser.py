"""The browser of this computer, for commands that open a page.

Address -> a page on the screen, where there is one.
"""

from __future__ import annotations

import os
import sys
import webbrowser
from threading import Thread


def has_display() -> bool:
    """Whether a browser with windows could be opened here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def show(url: str) -> None:
    """Open a browser, and wait until it has started."""
    webbrowser.open(url)


def show_beside(url: str) -> None:
    """Open a browser, which may take its time, while this process goes on."""
    Thread(target=show, args=[url], daemon=True).start()
