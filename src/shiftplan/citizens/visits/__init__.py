"""Citizens who came: the log of their visits, and how many came when.

Log of visits -> `VisitCounts`, which a forecast is made from.
"""

from __future__ import annotations
