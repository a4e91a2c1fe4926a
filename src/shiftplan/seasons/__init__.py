"""Weeks after weeks: the ledger, the next week, joined and anonymized weeks.

`Problem`s and `Roster`s of a season -> `Ledger`, next `Problem`.
"""
