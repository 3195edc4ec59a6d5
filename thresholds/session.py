"""A case that unfolds: what becomes known step by step, as at a panel review, and how the suggestion moved with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pydantic import ValidationError

from thresholds.evaluation.engines import DEFAULT_ENGINE, Engine, named_engine
from thresholds.facts.case import Case, no_such_fact
from thresholds.facts.record import Conflict
from thresholds.facts.vocabulary import FACTS, Fact
from thresholds.households import mistakes, printable
from thresholds.language.rules import Rule, RuleSet
from thresholds.problems import ProblemsError
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest
from thresholds.views.shown import Shown

if TYPE_CHECKING:  # how a session is shown and kept is imported where it is used, as for a suggestion
    from thresholds.views.page import Page
    from thresholds.views.session_json import HistoryJson, SessionJson


REFERENCE = "reference"


class SessionError(ProblemsError):
    """Something that a session cannot do, or a saved session that cannot be used.

    `problems` holds every mistake as a sentence; none of them holds an answer.
    """


@dataclass(frozen=True, slots=True)
class FactLearnt:
    """A fact whose answer was learnt or withdrawn: the answer before and after, as a case file writes it.

    None is not known. The two are equal where what was learnt was known already.
    """

    fact: str
    before: str | int | None
    after: str | int | None

    @property
    def about(self) -> Fact:
        """What the fact is."""
        return FACTS[self.fact]


@dataclass(frozen=True)
class Step:
    """One step of a session: what was learnt and withdrawn together, and the suggestion before and after it."""

    facts: tuple[FactLearnt, ...]
    before: Suggestion
    after: Suggestion

    @property
    def learnt(self) -> tuple[FactLearnt, ...]:
        """The facts that were learnt, in the order in which facts are asked."""
        return tuple(one for one in self.facts if one.after is not None)

    @property
    def withdrawn(self) -> tuple[FactLearnt, ...]:
        """The facts that are not known any more, in the order in which facts are asked."""
        return tuple(one for one in self.facts if one.after is None)

    @property
    def has_moved(self) -> bool:
        """Whether the status, the tier or the range is another than before."""
        return _standing(self.before) != _standing(self.after)

    @cached_property
    def began(self) -> tuple[Rule, ...]:
        """The rules that count since this step."""
        return _counting_only_in(self.after, self.before)

    @cached_property
    def ceased(self) -> tuple[Rule, ...]:
        """The rules that counted until this step."""
        return _counting_only_in(self.before, self.after)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The answers that do not go together since this step, each with how they are read."""
        before = set(self.before.conflicts)
        return tuple(one for one in self.after.conflicts if one not in before)


def _standing(suggestion: Suggestion) -> tuple[object, ...]:
    return suggestion.status, suggestion.tier, suggestion.range


def _counting_only_in(one: Suggestion, other: Suggestion) -> tuple[Rule, ...]:
    """The rules that count in the one and not in the other, in the order in which they were evaluated."""
    without = set(other.evaluation.counting)
    return tuple(one.rule_set.findings[place] for place in one.evaluation.counting if place not in without)


@dataclass(frozen=True)
class Session(Shown):
    """A case that unfolds. Make one with `Session.begin`; every step gives a new session and leaves the old one as it was.

    `begun` is the suggestion at the beginning, `history` what happened since, a step each. `str()` is the history and where
    the case stands now as text, and notebooks show it as HTML.

    A session holds no time, no names and no notes. A suggestion is a pure function of the case and the rules, so when a thing
    was learnt, and from whom, moves nothing: it belongs in the record that your service keeps of the child. Free text would
    hold what a case may not.

    `engine` is what evaluates the rules. It changes no answer, and so two sessions that differ in it alone are equal.
    """

    begun: Suggestion
    history: tuple[Step, ...] = ()
    engine: Engine = field(default=DEFAULT_ENGINE, compare=False)

    @classmethod
    def begin(
        cls,
        known: Case | Mapping[str, object] | None = None,
        rule_set: str | RuleSet = DEFAULT_RULE_SET,
        engine: str = DEFAULT_ENGINE,
    ) -> Self:
        """A session that begins with what is known, which may be nothing. Raises as `suggest` does."""
        return cls(suggest({} if known is None else known, rule_set, engine), (), named_engine(engine))

    # How it stands.

    @property
    def suggestion(self) -> Suggestion:
        """The suggestion now."""
        return self.history[-1].after if self.history else self.begun

    @property
    def case(self) -> Case:
        """The case as it is known now."""
        return self.suggestion.case

    @property
    def rule_set(self) -> RuleSet:
        """The rules that every suggestion of this session is by."""
        return self.begun.rule_set

    # What becomes known.

    def learn(self, /, **facts: object) -> Self:
        """The session after learning these facts, which are one step however many they are.

        An answer that differs from the one before takes its place. None withdraws a fact, as `withdraw` does. Learning what
        is known already is a step too, which moves nothing: that somebody else says the same is worth a line of its own.

        Raises `SessionError`, with a sentence for each fact that there is not, each answer that a fact cannot have, what
        makes a record that cannot be, and each fact to be withdrawn that was not known.
        """
        if not facts:
            raise SessionError(["There is nothing to learn: name one fact or more, each with its answer."])
        if REFERENCE in facts:
            raise SessionError([no_fact(REFERENCE)])
        before = self.case.known()
        try:
            case = Case.model_validate({REFERENCE: self.case.reference, **before, **facts})
        except ValidationError as error:
            raise SessionError(mistakes(error)) from None
        after = case.known()
        step = tuple(FactLearnt(name, before.get(name), after.get(name)) for name in FACTS if name in facts)
        unknown = [one.fact for one in step if one.before is None and one.after is None]
        if unknown:
            raise SessionError(f"{name}: This is not known, and so there is nothing to withdraw." for name in unknown)
        return self._after(step, suggest(case, self.rule_set, self.engine))

    def withdraw(self, *facts: str) -> Self:
        """The session after these facts turned out not to be known after all, which is one step.

        Raises `SessionError` for a fact that there is not, or that was not known, and where that leaves a record that cannot
        be.
        """
        if not facts:
            raise SessionError(["There is nothing to withdraw: name one fact or more."])
        wrong = [no_fact(name) for name in facts if name not in FACTS]
        if wrong:
            raise SessionError(wrong)
        return self.learn(**dict.fromkeys(facts))

    def _after(self, facts: tuple[FactLearnt, ...], suggestion: Suggestion) -> Self:
        step = Step(facts, self.suggestion, suggestion)
        return type(self)(self.begun, (*self.history, step), self.engine)

    # Kept.

    def to_dict(self) -> SessionJson:
        """What was known at the beginning and each step since, as JSON holds them in the form "session/1".

        `from_dict` makes the session again. No suggestion is in it: each is worked out anew.
        """
        from thresholds.views.session_json import session_as_json

        return session_as_json(self)

    @classmethod
    def from_dict(
        cls,
        written: Mapping[str, object],
        rule_set: str | RuleSet | None = None,
        *,
        rule_set_may_differ: bool = False,
        engine: str = DEFAULT_ENGINE,
    ) -> Self:
        """The session that `to_dict` wrote, replayed step by step.

        `rule_set` is the one that it was saved with, and need not be given if that is shipped. With `rule_set_may_differ` the
        steps are replayed by `rule_set` whatever the session was saved with, and may lead to other tiers than they did then.

        Raises `SessionError`, which says what is wrong and where, and never an answer; and as `suggest` does for a `rule_set`
        that is not shipped and for `engine`.
        """
        from thresholds.session_files import read_session

        return read_session(cls, written, rule_set, rule_set_may_differ, engine)

    def save(self, path: str | Path, *, replace: bool = False) -> None:
        """Write the session to a file as JSON. Raises `FileExistsError` if there is one, unless it may be replaced."""
        from thresholds.session_files import as_text

        with Path(path).open("w" if replace else "x", encoding="utf-8", newline="\n") as stream:
            stream.write(as_text(self))

    @classmethod
    def load(
        cls,
        path: str | Path,
        rule_set: str | RuleSet | None = None,
        *,
        rule_set_may_differ: bool = False,
        engine: str = DEFAULT_ENGINE,
    ) -> Self:
        """The session that `save` wrote, replayed. As `from_dict`; a file that cannot be opened raises `OSError`."""
        from thresholds.session_files import load_session

        return load_session(cls, path, rule_set, rule_set_may_differ, engine)

    # Views.

    def page(self) -> Page:
        """The history step by step, and where the case stands now."""
        from thresholds.views.session_page import session_page

        return session_page(self)

    def history_to_dict(self) -> HistoryJson:
        """What each step moved, as JSON holds it in the form "session-history/1": to be read, not to be loaded again."""
        from thresholds.views.session_json import history_as_json

        return history_as_json(self)

    def __repr__(self) -> str:
        steps = f"{len(self.history)} step{'' if len(self.history) == 1 else 's'}"
        return f"<Session of {steps}, now {self.suggestion!r}>"


def no_fact(name: object) -> str:
    """A sentence that says that there is no fact of this name, and what the nearest one is."""
    if name == REFERENCE:
        return f"{REFERENCE}: This is no fact; it is given with what is known at the beginning."
    return f"{printable(name)}: {no_such_fact(str(name))}"
