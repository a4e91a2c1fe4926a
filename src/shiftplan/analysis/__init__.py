"""Questions about a roster, and changes to it.

(`Problem`, `Roster`) -> answers, repaired rosters, advice, trade-offs.
"""
