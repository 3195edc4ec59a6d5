"""An interview: one question at a time, from nothing known to a suggestion; every step gives a new interview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from thresholds.analysis.asking import AskNext, Question
from thresholds.facts.case import Case
from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import RuleSet
from thresholds.session import Session
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion


@dataclass(frozen=True)
class Interview:
    """How far an interview has come. It stands on a session, in which each answer is a step.

    `asked` are the facts that were asked about, answered or not, in order. `_plan` are questions still to come in the order in
    which they were first listed: it is kept while nothing is found, so that each tier's questions keep their turn.
    """

    session: Session
    asked: tuple[str, ...] = ()
    before: Interview | None = None
    _plan: tuple[str, ...] = ()

    @classmethod
    def begin(cls, known: Case | Mapping[str, object] | None = None, rule_set: str | RuleSet = DEFAULT_RULE_SET) -> Self:
        """An interview that begins with what is known, which may be nothing. Raises as `suggest` does."""
        return cls(Session.begin(known, rule_set))

    @classmethod
    def go_on(cls, session: Session) -> Self:
        """An interview that goes on from where a session stands, and adds to its history. Undo goes back to there."""
        return cls(session)

    @property
    def suggestion(self) -> Suggestion:
        """The suggestion now."""
        return self.session.suggestion

    @cached_property
    def to_ask(self) -> AskNext:
        """What is still to be asked."""
        return self.suggestion.ask_next(leave_out=self.asked)

    @cached_property
    def _order(self) -> tuple[Question, ...]:
        """The questions still to ask: those planned before, then the others, the best first."""
        still = {question.fact.name: question for question in self.to_ask.questions}
        planned = [name for name in self._plan if name in still]
        return tuple(still[name] for name in dict.fromkeys((*planned, *still)))

    @property
    def question(self) -> Question | None:
        """The question to ask now; None where none is left that could matter."""
        return self._order[0] if self._order else None

    def answer(self, given: object) -> Self:
        """The interview after the question is answered; None where it is asked and not known.

        Raises `pydantic.ValidationError` for an answer that the question cannot have, and ValueError where none is left.
        """
        if self.question is None:
            raise ValueError("No question is left to answer.")
        name = self.question.fact.name
        case = self.suggestion.case if given is None else self.suggestion.case.with_facts(**{name: given})
        is_news = given is not None and {name} & (case.known().keys() | self.suggestion.case.known().keys())
        session = self.session.learn(**{name: given}) if is_news else self.session
        found = case.__dict__[name]  # what is found opens other questions: what comes next is weighed anew
        plan = () if found else tuple(question.fact.name for question in self._order[1:])
        return replace(self, session=session, asked=(*self.asked, name), before=self, _plan=plan)

    def undo(self) -> Interview:
        """The interview before the last answer; the same where there is none."""
        return self.before or self


def read_answer(question: Question, typed: str) -> object:
    """What somebody types in answer to a question: a word, the first letters of one, its number in the list, or a number.

    Raises ValueError, with what may be answered and never with what was typed.
    """
    fact = FACTS[question.fact.name]
    word = typed.strip().lower().replace(" ", "_").replace("-", "_") if fact.words else typed.strip()
    if fact.words is None:
        try:
            return int(word)
        except ValueError:
            raise ValueError(f"Expected {fact.expected}.") from None
    if word.isdigit() and 1 <= int(word) <= len(fact.values):
        return fact.values[int(word) - 1]
    fitting = [value for value in fact.values if value == word] or [value for value in fact.values if value.startswith(word)]
    if len(fitting) != 1:
        raise ValueError(f"Expected {fact.expected}.")
    return fitting[0]
