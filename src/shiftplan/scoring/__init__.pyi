from .check import Comparison as Comparison
from .check import Score as Score
from .check import check as check
from .check import compare_rosters as compare_rosters
from .equity import EquityMeasures as EquityMeasures
from .equity import equity as equity
from .fairness import FairnessMeasures as FairnessMeasures
from .fairness import fairness as fairness
