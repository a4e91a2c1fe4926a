"""What coordinators read, in English and Vietnamese.

Language and key -> text; also the names of rules and units in Vietnamese. Each part of the
catalogue is a file; a key stands in one of them only.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from typing import Literal

from shiftplan.present.texts import (
    advice,
    batches,
    charts,
    citizens,
    column_help,
    columns,
    handouts,
    ledgers,
    plans,
    reasons,
    repairs,
    reports,
    stand_by,
    tradeoffs,
    trades,
    usage,
    weeks,
    workbooks,
)
from shiftplan.present.texts.fault_options import OPTIONS_VI as OPTIONS_VI
from shiftplan.present.texts.fault_relations import RELATIONS_VI as RELATIONS_VI
from shiftplan.present.texts.fault_remedies import GENERAL_REMEDIES as GENERAL_REMEDIES
from shiftplan.present.texts.fault_remedies import REMEDIES_VI as REMEDIES_VI
from shiftplan.present.texts.fault_values import VALUES_VI as VALUES_VI
from shiftplan.present.texts.faults import FAULTS_VI as FAULTS_VI
from shiftplan.present.texts.faults import PLACES_VI as PLACES_VI
from shiftplan.present.texts.rules import RULES_VI as RULES_VI
from shiftplan.present.texts.rules import TOO_FEW as TOO_FEW
from shiftplan.present.texts.rules import TOO_MANY as TOO_MANY
from shiftplan.present.texts.rules import UNITS_VI as UNITS_VI
from shiftplan.present.texts.rules import WHY as WHY
from shiftplan.present.texts.usage import REASONS_VI as REASONS_VI

Lang = Literal["en", "vi"]
PARTS = (
    plans,
    citizens,
    stand_by,
    ledgers,
    tradeoffs,
    trades,
    advice,
    repairs,
    reasons,
    reports,
    handouts,
    weeks,
    columns,
    column_help,
    workbooks,
    charts,
    batches,
    usage,
)
"""The parts of the catalogue, each with `EN` and `VI`."""
TEXTS: Mapping[Lang, Mapping[str, str]] = {
    "en": ChainMap(*(part.EN for part in PARTS)),
    "vi": ChainMap(*(part.VI for part in PARTS)),
}
"""Language -> key -> text; both languages have the same keys."""
