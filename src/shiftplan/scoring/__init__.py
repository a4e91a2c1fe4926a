"""What a roster is worth: its score by the rules, and how it shares work and serves centers.

`Problem`, `Roster` -> `Case` -> `Score`, `FairnessMeasures`, `EquityMeasures`; no solver.
"""
