"""All parameters that steer a search, in one object.

Values of a caller -> `SearchParams`, which `solve` takes and `result.json` holds.
"""

from __future__ import annotations

from shiftplan.engines.params.asking import (
    AdviceParams,
    ClosingParams,
    ConflictParams,
    LeximinParams,
    NearParams,
    RepairParams,
    TradeoffParams,
)
from shiftplan.engines.params.engines import (
    BranchAndCutParams,
    DiveParams,
    GreedyParams,
    LineUpParams,
    NeighborhoodParams,
    OpeningParams,
    RegionParams,
    RelaxationParams,
    StartParams,
)
from shiftplan.engines.params.schedules import PartParams, ScheduleParams
from shiftplan.errors.options import Options


class SearchParams(Options):
    """What steers the search, by component; what is not given keeps its default.

    No parameter changes what a roster costs, which rules hold or what a bound proves: only how long
    it takes to find good rosters and bounds. The defaults are tuned on weeks of a few people to
    those of a country.
    """

    start: StartParams = StartParams()
    line_up: LineUpParams = LineUpParams()
    greedy: GreedyParams = GreedyParams()
    relaxation: RelaxationParams = RelaxationParams()
    opening: OpeningParams = OpeningParams()
    dive: DiveParams = DiveParams()
    neighborhoods: NeighborhoodParams = NeighborhoodParams()
    branch_and_cut: BranchAndCutParams = BranchAndCutParams()
    schedules: ScheduleParams = ScheduleParams()
    parts: PartParams = PartParams()
    regions: RegionParams = RegionParams()
    closing: ClosingParams = ClosingParams()
    conflict: ConflictParams = ConflictParams()
    near: NearParams = NearParams()
    repair: RepairParams = RepairParams()
    leximin: LeximinParams = LeximinParams()
    tradeoff: TradeoffParams = TradeoffParams()
    advice: AdviceParams = AdviceParams()


DEFAULTS = SearchParams()
"""What is usual."""
