"""What every refusal here has in common: all the mistakes at once, each a sentence."""

from __future__ import annotations

from collections.abc import Iterable


class ProblemsError(ValueError):
    """Something that cannot be used. `problems` holds every mistake as a sentence; none of them holds a fact's answer."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
