"""Routes below `/api`, a module for each theme: each has a `router`.

Requests -> the desk -> answers, as models of pydantic.
"""
