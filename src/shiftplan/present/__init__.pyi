from .answers import json_of as json_of
from .answers import lines as lines
from .handouts import calendars as calendars
from .handouts import messages as messages
from .handouts import write_handouts as write_handouts
from .report import write_report as write_report
from .sheets import write_roster_workbook as write_roster_workbook
from .texts.faults_in_words import fault_text as fault_text
