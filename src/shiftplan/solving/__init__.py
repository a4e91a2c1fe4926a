"""One solve from the call to the result, and what it finds when nothing fits.

`Problem` -> `Model` -> engines -> `Roster` -> check -> `Result`.
"""
