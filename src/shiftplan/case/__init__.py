"""A week and a roster laid out for checks, and as arrays for models.

(`Problem`, `Roster`) -> `Case`; `Problem` -> `Arrays`.
"""
