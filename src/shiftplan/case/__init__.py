"""A week and a roster laid out for checks, and as arrays for models.

(`Week`, `Roster`) -> `Case`; `Week` -> `Arrays`.
"""
