"""Saved sessions: written, read with every check, and replayed.

Nothing that a file says of a tier is believed, for there is nothing of it in the file: each step is learnt anew. Whatever is
wrong is said with where it is and what was expected, and never with an answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from thresholds.facts.case import Case
from thresholds.facts.vocabulary import FACTS
from thresholds.households import mistakes, printable
from thresholds.json_text import LARGEST_JSON, RefusedError, decoded, json_value
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.loading.problems import nearest
from thresholds.session import Session, SessionError, no_fact
from thresholds.views.session_json import FORMAT

KEYS = ("format", "library", "rule_set", "begun_with", "steps")
RULE_SET_KEYS = ("id", "version", "digest")
STEP_KEYS = ("learnt", "withdrawn")
_MAY_BE_SHOWN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,39}|sha256:[0-9a-f]{64}")
_SHOWN_OF_DIGEST = 19
_S = TypeVar("_S", bound=Session)


def as_text(session: Session) -> str:
    """A session as its file holds it."""
    return json.dumps(session.to_dict(), ensure_ascii=False, indent=2) + "\n"


def load_session(
    kind: type[_S], path: str | Path, rule_set: str | RuleSet | None, rule_set_may_differ: bool, engine: str
) -> _S:
    """The session in a file. Raises `SessionError`, each of its problems with the file's name, and `OSError`."""
    with Path(path).open("rb") as stream:
        data = stream.read(LARGEST_JSON + 1)
    try:
        return read_session(kind, value_of(data), rule_set, rule_set_may_differ, engine)
    except SessionError as error:
        raise SessionError(f"{path}: {problem}" for problem in error.problems) from None


def value_of(data: bytes) -> object:
    """The value that the bytes of a file hold as JSON. Raises `SessionError`."""
    if len(data) > LARGEST_JSON:
        raise SessionError([f"This is larger than {LARGEST_JSON // 1_000_000} MB, which no session is."])
    try:
        text = decoded(data)
        if not text.strip():
            raise RefusedError("This is empty: expected a session.")
        return json_value(text)
    except RefusedError as refused:
        raise SessionError([str(refused)]) from None


def read_session(
    kind: type[_S], written: object, rule_set: str | RuleSet | None, rule_set_may_differ: bool, engine: str
) -> _S:
    """The session that JSON holds in the form "session/1", replayed. Raises `SessionError` with every mistake of the form; of
    what is wrong with the steps themselves, with the first, since the others may follow from it."""
    if not isinstance(written, Mapping):
        raise SessionError([f"Expected a session: a mapping of {_listed(KEYS)}."])
    if written.get("format") != FORMAT:
        raise SessionError(
            [f'format: Expected "{FORMAT}"; this is no saved session, or one of another version of the library.']
        )
    problems = [*_wrong_keys("", written, KEYS), *_wrong_form(written)]
    if problems:
        raise SessionError(problems)
    rules = _rules(written["rule_set"], rule_set, rule_set_may_differ)
    try:
        session = kind.begin(Case.model_validate(dict(written["begun_with"])), rules, engine)
    except ValidationError as error:
        raise SessionError(f"begun_with: {one}" for one in mistakes(error)) from None
    for number, step in enumerate(written["steps"], 1):
        session = _replayed(session, f"step {number}", step)
    return session


# The form.


def _wrong_keys(
    where: str, found: Mapping[Any, object], keys: tuple[str, ...], may_lack: tuple[str, ...] = ()
) -> Iterator[str]:
    for name in found:
        if name not in keys:
            shown = printable(name)
            yield f"{where}{shown}: There is no such key; {nearest(shown, keys)}"
    yield from (f"{where}{key}: This is missing." for key in keys if key not in found and key not in may_lack)


def _wrong_form(written: Mapping[Any, object]) -> Iterator[str]:
    """What is wrong with the keys that are there."""
    if "library" in written and not isinstance(written["library"], str):
        yield "library: Expected the version of the library, as text."
    if "rule_set" in written:
        yield from _wrong_rule_set(written["rule_set"])
    if "begun_with" in written and not isinstance(written["begun_with"], Mapping):
        yield "begun_with: Expected a case: a mapping of facts to answers."
    steps = written.get("steps", [])
    if not isinstance(steps, list | tuple):
        yield "steps: Expected a list of steps."
        return
    for number, step in enumerate(steps, 1):
        yield from _wrong_step(f"step {number}", step)


def _wrong_rule_set(saved: object) -> Iterator[str]:
    if not isinstance(saved, Mapping):
        yield f"rule_set: Expected a mapping of {_listed(RULE_SET_KEYS)}."
        return
    yield from _wrong_keys("rule_set, ", saved, RULE_SET_KEYS)
    yield from (f"rule_set, {key}: Expected text." for key in RULE_SET_KEYS if not isinstance(saved.get(key, ""), str))


def _wrong_step(where: str, step: object) -> Iterator[str]:
    if not isinstance(step, Mapping):
        yield f"{where}: Expected a mapping of {_listed(STEP_KEYS)}."
        return
    yield from _wrong_keys(f"{where}, ", step, STEP_KEYS, STEP_KEYS)
    learnt, withdrawn = step.get("learnt", {}), step.get("withdrawn", [])
    if not (learnt or withdrawn or step.keys() - set(STEP_KEYS)):
        yield f"{where}: Expected a fact that is learnt or withdrawn, and there is none."
    if not isinstance(learnt, Mapping):
        yield f"{where}, learnt: Expected a mapping of facts to answers."
        learnt = {}
    if not isinstance(withdrawn, list | tuple):
        yield f"{where}, withdrawn: Expected a list of facts."
        withdrawn = []
    for name in learnt:
        if not isinstance(name, str) or name not in FACTS:
            yield f"{where}, learnt: {no_fact(name)}"
        elif learnt[name] is None:
            yield f"{where}, learnt: {name}: Expected an answer; a fact that is not known any more stands under withdrawn."
    seen = set(learnt)
    for name in withdrawn:
        if not isinstance(name, str) or name not in FACTS:
            yield f"{where}, withdrawn: {no_fact(name)}"
        elif name in seen:
            yield f"{where}, withdrawn: {name} is given twice."
        else:
            seen.add(name)


def _listed(keys: tuple[str, ...]) -> str:
    return f"{', '.join(keys[:-1])} and {keys[-1]}"


# The rules.


def _rules(saved: Any, given: str | RuleSet | None, may_differ: bool) -> str | RuleSet:
    """The rule set to replay by. Raises `SessionError` where it is not the one that the session was saved with."""
    if isinstance(given, Path):
        return given  # which `suggest` refuses, as it does everywhere
    if given is None:
        try:
            at_hand = load_rule_set(saved["id"])
        except KeyError:
            raise SessionError(
                [
                    f"rule_set: The session was saved with {_shown(saved['id'])}, which is not shipped. Load that rule set "
                    "with load_rule_set(pathlib.Path(folder)) and give it as rule_set (typed: --rule-set FOLDER)."
                ]
            ) from None
    else:
        at_hand = load_rule_set(given) if isinstance(given, str) else given
    differing = [
        f"{key} {_shown(saved[key])} then, {_shown(now)} now"
        for key, now in (("id", at_hand.id), ("version", at_hand.version), ("digest", at_hand.digest))
        if saved[key] != now
    ]
    if differing and not may_differ:
        raise SessionError(
            [
                f"rule_set: The session was saved with other rules than those at hand ({'; '.join(differing)}), by which it "
                "may come to another tier. Give the rule set that it was saved with, or let it be replayed by the rules at "
                "hand: rule_set_may_differ=True (typed: --rule-set-may-differ)."
            ]
        )
    return at_hand


def _shown(word: str) -> str:
    """What names a rule set, as it may be shown: what does not look like it may be somebody's words."""
    if not _MAY_BE_SHOWN.fullmatch(word):
        return "(not shown)"
    return word[:_SHOWN_OF_DIGEST] if word.startswith("sha256:") else word


# The steps.


def _replayed(session: _S, where: str, step: Any) -> _S:
    """The session after a step. Raises `SessionError`."""
    learnt, withdrawn = dict(step.get("learnt", {})), step.get("withdrawn", ())
    try:
        after = session.learn(**learnt, **dict.fromkeys(withdrawn))
    except SessionError as error:
        raise SessionError(f"{where}: {problem}" for problem in error.problems) from None
    vague = [one.fact for one in after.history[-1].withdrawn if one.fact in learnt]
    if vague:  # "not known" as a word of its own
        raise SessionError(
            f"{where}, learnt: {name}: Expected an answer; a fact that is not known any more stands under withdrawn."
            for name in vague
        )
    return after
