"""Records of a week and its roster: what a week says.

Tables, JSON or Python values -> records; no rules, no words.
"""
