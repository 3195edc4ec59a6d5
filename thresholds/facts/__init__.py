"""The facts of a case: what can be known, how it is asked, and which records can be."""

from thresholds.facts.case import Case
from thresholds.facts.vocabulary import FACTS, SECTIONS, Fact, Kind, Polarity, Who

__all__ = ["FACTS", "SECTIONS", "Case", "Fact", "Kind", "Polarity", "Who"]
