"""What citizens need and feel: languages, waits, requirements from a forecast, a simulation.

Demand of a `Problem` -> requirements; demand and a `Roster` -> waits.
"""
