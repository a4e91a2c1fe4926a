"""Many weeks in one place: opened, sent, mended, and each with its workbench.

Folder -> weeks; bytes that are sent -> a week in it; a week -> its app, or its faults cell by cell.
"""
