"""What people see: words, reports, workbooks, calendars, drawings, the terminal.

(`Problem`, `Roster`, `Result`) -> text, HTML, files to print.
"""
