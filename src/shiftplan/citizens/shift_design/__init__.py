"""Shifts designed from the demand: when they begin, how long they last, how many people on each.

`Problem` with needs over time and its tables `shift_types` and `breaks` -> `ShiftDesign`.
"""
