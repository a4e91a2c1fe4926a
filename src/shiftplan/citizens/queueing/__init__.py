"""How long citizens wait: exact queues of Markov type, for teams of one to thousands.

Arrivals, minutes of service and servers -> waits; a service level -> the fewest servers.
"""

from __future__ import annotations

from shiftplan.citizens.queueing.queue import MOST_SERVERS as MOST_SERVERS
from shiftplan.citizens.queueing.queue import Queue as Queue
from shiftplan.citizens.queueing.queue import erlang_b as erlang_b
from shiftplan.citizens.queueing.staffing import OfferedLoad as OfferedLoad
from shiftplan.citizens.queueing.staffing import offered_load as offered_load
from shiftplan.citizens.queueing.staffing import servers_needed as servers_needed
