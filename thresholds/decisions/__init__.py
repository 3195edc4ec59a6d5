"""Decisions of people beside suggestions: the record of each, replayed, and how often they decided otherwise."""
