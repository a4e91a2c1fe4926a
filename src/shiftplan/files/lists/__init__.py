"""Lists that people keep beside a week: rosters, who is absent, what else is different.

CSV file or workbook -> `Sheet`, and the rows of the week that its cells mean.
"""
