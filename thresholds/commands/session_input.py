"""What the commands take of sessions: the file that one begins from, and a step as it is typed."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from thresholds.case_files import STANDARD_INPUT, suggest_from_file, suggest_from_stream
from thresholds.facts.vocabulary import FACTS
from thresholds.households import HouseholdSuggestion
from thresholds.json_text import LARGEST_JSON
from thresholds.language.rules import RuleSet
from thresholds.session import Session, SessionError, no_fact
from thresholds.session_files import value_of
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion


def session_from_file(name: str, rule_set: RuleSet | None = None, *, rule_set_may_differ: bool = False) -> Session:
    """The session in a file ("-" is standard input); or, where the file holds a case, one that begins with that case.

    `rule_set` None is that of the session, and for a case the usual one. Raises
    `SessionError`, its problems with the name of the file, whatever is wrong.
    """
    shown = "standard input" if name == STANDARD_INPUT else name
    data = _bytes(name)
    if data is not None and _is_session(data):
        try:
            return Session.from_dict(_mapping(data), rule_set, rule_set_may_differ=rule_set_may_differ)
        except SessionError as error:
            raise SessionError(f"{shown}: {problem}" for problem in error.problems) from None
    rules = DEFAULT_RULE_SET if rule_set is None else rule_set
    if data is None:
        answers = suggest_from_file(name, rules)
    else:
        answers = suggest_from_stream(shown, io.BytesIO(data), rules, Path() if name == STANDARD_INPUT else Path(name))
    found = list(islice(answers, 2))
    if len(found) > 1:
        raise SessionError([f"{shown}: Expected one case, and there are several: a session follows one child."])
    first = found[0] if found else None
    if isinstance(first, Suggestion):
        return Session.begin(first.case, rules)
    if isinstance(first, HouseholdSuggestion):
        raise SessionError([f"{shown}: Expected the case of one child, and this is a household."])
    raise SessionError([str(first or f"{shown}: There is no case in this file.")])


def _bytes(name: str) -> bytes | None:
    """The beginning of a file, which is all of it that a session or a first case may be; None where it cannot be read."""
    try:
        if name == STANDARD_INPUT:
            return None if sys.stdin is None else sys.stdin.buffer.read(LARGEST_JSON + 1)
        with Path(name).open("rb") as stream:
            return stream.read(LARGEST_JSON + 1)
    except (OSError, ValueError):
        return None


def _is_session(data: bytes) -> bool:
    """Whether this says what form it has, as a saved session does and a case never does."""
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return False
    try:
        value = value_of(data)
    except SessionError:
        return False
    return isinstance(value, dict) and "format" in value


def _mapping(data: bytes) -> Mapping[str, object]:
    value = value_of(data)
    return value if isinstance(value, dict) else {}


def read_step(learnt: Iterable[str], withdrawn: Iterable[str]) -> dict[str, object]:
    """What somebody types of one step: facts to learn as "fact=answer", and facts to withdraw (which then have None).

    Raises `SessionError`, with what is wrong with each, and never with an answer. Whether an answer is one that its fact can
    have is for `Session.learn` to say.
    """
    facts: dict[str, object] = {}
    problems: list[str] = []
    typed = [one.partition("=") for one in learnt]
    for name, equals, answer in (*typed, *((one, "=", None) for one in withdrawn)):
        fact = FACTS.get(name.strip())
        if fact is None:
            problems.append(no_fact(name.strip()))
        elif not equals:
            problems.append(f"{fact.name}: Expected {fact.name}=ANSWER, and the answer {fact.expected}.")
        elif fact.name in facts:
            problems.append(f"{fact.name} is given twice.")
        else:
            facts[fact.name] = answer if answer is None or fact.words is not None else _number(answer)
    if problems:
        raise SessionError(problems)
    return facts


def _number(typed: str) -> object:
    """What is typed as a number; as it is where it is none."""
    return int(typed) if re.fullmatch(r"\s*[+-]?[0-9]{1,9}\s*", typed) else typed
