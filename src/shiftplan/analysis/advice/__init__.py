"""What would help a roster most: people, trainings and limits, each tried and checked.

(`Problem`, `Roster`) -> `advise` -> `Advice` -> tables and sentences.
"""

from __future__ import annotations

from shiftplan.analysis.advice.advise import Advice as Advice
from shiftplan.analysis.advice.advise import Gain as Gain
from shiftplan.analysis.advice.advise import TrainedTogether as TrainedTogether
from shiftplan.analysis.advice.advise import advise as advise
from shiftplan.analysis.advice.newcomers import AskedSkill as AskedSkill
from shiftplan.analysis.advice.newcomers import Barrier as Barrier
from shiftplan.analysis.advice.newcomers import Filling as Filling
from shiftplan.analysis.advice.newcomers import Lack as Lack
from shiftplan.analysis.advice.steps import Step as Step

__all__ = [
    "Advice",
    "AskedSkill",
    "Barrier",
    "Filling",
    "Gain",
    "Lack",
    "Step",
    "TrainedTogether",
    "advise",
]
