"""Large programs, region by region, under prices that hold the regions together."""
