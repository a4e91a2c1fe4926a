"""Solvers that read a `Program` and know nothing of rules."""
