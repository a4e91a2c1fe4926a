"""What is drawn of a roster, as plain figures: the map, coverage, loads.

The report lays them out as HTML and SVG, `charts` paints them with matplotlib; neither measures
anything itself.
"""

from __future__ import annotations
