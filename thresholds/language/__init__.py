"""The rule language: what a rule can say, as frozen nodes."""
