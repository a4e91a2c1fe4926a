"""Pictures for slides, in PNG or SVG: empty seats, loads, a map of centers, cost over time.

(`Problem`, `Roster`, `Result`) -> matplotlib figures -> files. Needs the extra `plots`; matplotlib
is imported when a picture is drawn, not before.
"""

from __future__ import annotations

from shiftplan.present.charts.cost import draw_cost as draw_cost
from shiftplan.present.charts.coverage import draw_coverage as draw_coverage
from shiftplan.present.charts.load import draw_load as draw_load
from shiftplan.present.charts.map import draw_map as draw_map
from shiftplan.present.charts.write import CHARTS as CHARTS
from shiftplan.present.charts.write import Format as Format
from shiftplan.present.charts.write import draw_charts as draw_charts
from shiftplan.present.charts.write import write_figures as write_figures
