"""Weeks of a season: planned one after another, each with a look ahead."""
