"""Rows of the tables `shift_types` and `breaks`, as files have them."""

from __future__ import annotations

TYPES = (
    "type,where,days,earliest,latest,min_minutes,max_minutes,step,shared,price,note\n"
    "early,,T2-T6,6h,06:30,240,480,30,1,2,An asked\n"
    "night,00431,2026-12-08,22h,24:00,360,360,,,,\n"
)
BREAKS = (
    "type,minutes,earliest,latest,after,step,min_shift,max_shift\n"
    "early,30,120,180,60,5,240,600\n,15,,,,,,\n"
)
HEAD = "type,where,earliest,latest,min_minutes,max_minutes,step\n"
HALF_DAY = ",07:00,09:00,240,480,30\n"
"""The rest of a row of `HEAD` after its type and place."""
