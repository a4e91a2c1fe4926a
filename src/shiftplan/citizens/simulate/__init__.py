"""What citizens will experience under a roster, by simulation; no solver is involved.

(`Problem`, `Roster`) -> `simulate` -> `Experience`; two of them -> `compare_experiences`
-> `ExperienceComparison`.
"""

from __future__ import annotations

from shiftplan.citizens.simulate.draws import Conduct as Conduct
from shiftplan.citizens.simulate.estimate import Estimate as Estimate
from shiftplan.citizens.simulate.experience import CitizenFigures as CitizenFigures
from shiftplan.citizens.simulate.experience import Experience as Experience
from shiftplan.citizens.simulate.experience import ExperienceComparison as ExperienceComparison
from shiftplan.citizens.simulate.experience import compare_experiences as compare_experiences
from shiftplan.citizens.simulate.simulation import simulate as simulate
