"""The solver, z3, imported here alone, so that where it is not installed one sentence says what to do."""

from __future__ import annotations

from thresholds.verification.results import SolverUnavailableError

try:
    import z3
except ImportError as error:
    raise SolverUnavailableError("Proofs need the solver z3: install safeguarding-thresholds[verify].") from error

__all__ = ["in_words", "z3"]


def in_words() -> str:
    """The solver and its version."""
    return f"z3 {z3.get_version_string()}"
