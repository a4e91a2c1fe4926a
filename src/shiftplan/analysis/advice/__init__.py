"""What would help a roster most: people, trainings and limits, each tried and checked.

(`Problem`, `Roster`) -> `advise` -> `Advice` -> tables and sentences.
"""

from __future__ import annotations

from shiftplan.analysis.advice.advise import Advice, Gain, TrainedTogether, advise
from shiftplan.analysis.advice.newcomers import AskedSkill, Barrier, Filling, Lack
from shiftplan.analysis.advice.steps import Step

__all__ = ["Advice", "AskedSkill", "Barrier", "Filling", "Gain", "Lack", "Step", "TrainedTogether"]
__all__ += ["advise"]
