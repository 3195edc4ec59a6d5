"""The one door to durable-rules: a rule set for it, asked about one case at a time.

Its compiled part is not safe in threads, keeps what it is told until it is told to forget, and lets errors pass in silence.
What is done about each is said where it is done; `docs/engines.md` tells it as a whole. Importing this needs durable-rules.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from itertools import count

from durable import engine

from thresholds.evaluation.durable_rules import Alternative, Label, Part
from thresholds.evaluation.engines import EngineFailedError

_ONE = "one"
"""A column that always holds 1, for a rule that always matches: a fact that no rule matches ends the process when its state
is deleted, since it is freed twice."""
_ALWAYS = Label(-1)

_LOCK = threading.Lock()
"""Held whenever the engine runs, since its compiled part has no locks of its own."""
_NUMBERS = count()
"""No two cases ever share a session, else the engine would join what is known of two children."""

if hasattr(os, "register_at_fork"):
    # A child of this process gets its copy of the engine between two cases, never within one, and the lock free.
    os.register_at_fork(before=_LOCK.acquire, after_in_parent=_LOCK.release, after_in_child=_LOCK.release)

# The engine measures how long an action takes by the time of day, with a function that warns since Python 3.12, and forgets
# the rest of a match when the clock was put forward meanwhile. This clock neither warns nor is ever put forward.
engine._unix_now = time.monotonic

Action = Callable[[object], None]


class _QuietHost(engine.Host):  # type: ignore[misc]  # the engine has no types
    """A host that starts no timers: their threads would race with ours in the engine's compiled part."""

    def _run(self) -> None:
        """Nothing runs in the background."""


class Matcher:
    """One rule set in the engine."""

    def __init__(self, part: Part) -> None:
        self._columns, self._name = part.columns, f"rules {next(_NUMBERS)}"
        self._matched: set[Label] = set()
        rules = [*part.rules, (_ALWAYS, ())]
        definition = {
            f"r{number}": {"all": [{"m": _as_json(alternative)}], "run": self._noting(label)}
            for number, (label, alternative) in enumerate(rules)
        }
        self._host = _QuietHost()
        with _LOCK:
            self._host.set_rulesets({self._name: definition})

    def _noting(self, label: Label) -> Action:
        def note(_: object) -> None:  # of one parameter: with a second the engine would wait for it to say that it is done
            self._matched.add(label)

        return note

    def match(self, columns: Mapping[str, int]) -> frozenset[Label]:
        """The labels of the rules that are so of these columns. Raises `EngineFailedError`; nothing is then known of any."""
        session = f"case {next(_NUMBERS)}"
        fact = {"sid": session, "id": session, _ONE: 1, **{name: columns[name] for name in self._columns}}
        with _LOCK:
            self._matched.clear()
            try:
                failed = self._assert(fact)
                matched = frozenset(self._matched)
            finally:
                self._matched.clear()
                failed_to_forget = self._forget(session)
        if failed or failed_to_forget or _ALWAYS not in matched:
            # What the engine says of it may hold the case, so it is not passed on; nor is the error that came with it.
            raise EngineFailedError("durable-rules did not finish this evaluation; nothing it found was used.")
        return matched - {_ALWAYS}

    def _assert(self, fact: Mapping[str, object]) -> bool:
        """Whether it went wrong. An error in an action is left in the state; a match that was broken off gives no state."""
        try:
            state = self._host.assert_fact(self._name, fact)
        except Exception:
            return True
        return not isinstance(state, dict) or "exception" in state

    def _forget(self, session: str) -> bool:
        """Whether it went wrong. The engine has room for 1,024 sessions, and does not forget one unless it is told to."""
        try:
            self._host.delete_state(self._name, session)
        except Exception:
            return True
        return False


def _as_json(alternative: Alternative) -> Mapping[str, object]:
    """An alternative as the engine reads it; one without bounds is always so."""
    bounds = [bound.as_json() for bound in alternative] or [{"$gte": {_ONE: 1}}]
    return bounds[0] if len(bounds) == 1 else {"$and": bounds}
