"""The report: one HTML file that opens anywhere, without network.

(`Problem`, `Roster`, perhaps `Result`) -> what each part shows (`content`) -> `report.html`.
"""

from __future__ import annotations

from shiftplan.present.report.page import can_write as can_write
from shiftplan.present.report.write import write_report as write_report
from shiftplan.present.result_file import read_outcome as read_outcome
