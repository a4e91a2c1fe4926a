"""The open benchmark: invented weeks of 1 to 1,000 centers, best known rosters and bounds."""
