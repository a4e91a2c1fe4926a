from . import (
    analysis as analysis,
)
from . import (
    batch as batch,
)
from . import (
    citizens as citizens,
)
from . import (
    errors as errors,
)
from . import (
    files as files,
)
from . import (
    present as present,
)
from . import (
    problem as problem,
)
from . import (
    record as record,
)
from . import (
    rules as rules,
)
from . import (
    scoring as scoring,
)
from . import (
    seasons as seasons,
)
from . import (
    solving as solving,
)
from . import (
    web as web,
)
from . import (
    week as week,
)
from .analysis.advice import advise as advise
from .analysis.explain import explain_seat as explain_seat
from .analysis.explain import explain_why_here as explain_why_here
from .analysis.explain import explain_why_not as explain_why_not
from .analysis.repair import Repair as Repair
from .analysis.repair import repair as repair
from .analysis.trades import suggest as suggest
from .engines.params import SearchParams as SearchParams
from .errors import Fault as Fault
from .errors import InputError as InputError
from .errors import MissingExtraError as MissingExtraError
from .errors import ModelError as ModelError
from .errors import NoRosterError as NoRosterError
from .errors import ShiftplanError as ShiftplanError
from .errors.message import Message as Message
from .files import read_problem as read_problem
from .files import read_roster as read_roster
from .files import read_week as read_week
from .files import write_problem as write_problem
from .files import write_roster as write_roster
from .files import write_week as write_week
from .present.report import write_report as write_report
from .problem import Problem as Problem
from .record.opening import open_week as open_week
from .scoring.check import Score as Score
from .scoring.check import check as check
from .solving.result import Conflict as Conflict
from .solving.result import Result as Result
from .solving.result import Status as Status
from .solving.result import StoppedBy as StoppedBy
from .solving.solve import solve as solve
from .solving.versions import __version__ as __version__
from .week.demand import Demand as Demand
from .week.history import History as History
from .week.history import Published as Published
from .week.horizon import Horizon as Horizon
from .week.records import Availability as Availability
from .week.records import Center as Center
from .week.records import Shift as Shift
from .week.records import Skill as Skill
from .week.records import Volunteer as Volunteer
from .week.requirements import Requirement as Requirement
from .week.roster import Assignment as Assignment
from .week.roster import Roster as Roster
from .week.wishes import Pin as Pin
from .week.wishes import Preference as Preference
