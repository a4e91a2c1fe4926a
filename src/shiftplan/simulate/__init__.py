"""What citizens will experience under a roster, by simulation; no solver is involved.

(`Problem`, `Roster`) -> `simulate` -> `Experience`; two of them -> `compare` -> `Comparison`.
"""

from __future__ import annotations

from shiftplan.simulate.as_json import as_json as as_json
from shiftplan.simulate.conduct import Conduct as Conduct
from shiftplan.simulate.estimate import Estimate as Estimate
from shiftplan.simulate.experience import CitizenFigures as CitizenFigures
from shiftplan.simulate.experience import Comparison as Comparison
from shiftplan.simulate.experience import Experience as Experience
from shiftplan.simulate.experience import compare as compare
from shiftplan.simulate.simulation import simulate as simulate
