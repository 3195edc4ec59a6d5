"""Cases and households from files: JSON, YAML, and JSON Lines with many cases.

A file is a case, a list of cases, or a household (`home` and `children`). Whatever is wrong is said with the file, the line or
the case, and what was expected; never with an answer. One bad case does not stop the others.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from thresholds.evaluation.engines import DEFAULT_ENGINE, Engine, named_engine
from thresholds.facts.case import Case
from thresholds.households import HouseholdError, HouseholdSuggestion, mistakes, printable, suggest_household
from thresholds.json_text import LARGEST_JSON, RefusedError, decoded, is_json, json_value
from thresholds.language.rules import RuleSet
from thresholds.loading.problems import nearest, similar_file
from thresholds.loading.yaml_nodes import Lines, plain_value, read_yaml
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest

STANDARD_INPUT = "-"
_NO_PATH = Path()
LARGEST_YAML, LONGEST_LINE = 1_000_000, 1_000_000
_HOUSEHOLD_KEYS = ("home", "children")
_LINES = (".jsonl", ".ndjson")
_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class InputProblem:
    """Something that could not be answered: where it is, and what is wrong with it."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


Answered = Suggestion | HouseholdSuggestion | InputProblem


def written_case(case: Case) -> str:
    """A case as a YAML file holds it: what is known, in the order in which facts are asked."""
    reference = {"reference": case.reference} if case.reference else {}
    return "".join(f"{name}: {answer}\n" for name, answer in {**reference, **case.known()}.items()) or "{}\n"


class _By(NamedTuple):
    """What answers: the rule set, and the engine that evaluates it."""

    rule_set: str | RuleSet
    engine: Engine


def suggest_from_file(
    name: str, rule_set: str | RuleSet = DEFAULT_RULE_SET, engine: str = DEFAULT_ENGINE
) -> Iterator[Answered]:
    """A suggestion for each case and household of a file, or what is wrong with it, in the order of the file.

    `name` is a path, or "-" for standard input. JSON Lines are read line by line, however many there are.
    `engine` as in `suggest`.
    """
    named_engine(engine)  # before any file is opened
    shown = "standard input" if name == STANDARD_INPUT else name
    try:
        if name == STANDARD_INPUT:
            if sys.stdin is None:
                raise RefusedError("There is no standard input.")
            yield from suggest_from_stream(shown, sys.stdin.buffer, rule_set, engine=engine)
            return
        path = Path(name)
        if path.is_dir():
            raise RefusedError("This is a folder; name the files in it.")
        with path.open("rb") as stream:
            yield from suggest_from_stream(shown, stream, rule_set, path, engine)
    except RefusedError as refused:
        yield InputProblem(shown, str(refused))
    except FileNotFoundError:
        yield InputProblem(shown, f"There is no such file.{similar_file(Path(name))}")
    except (OSError, ValueError) as error:
        yield InputProblem(shown, f"This file cannot be read: {getattr(error, 'strerror', None) or 'its name is no path'}.")


def suggest_from_stream(
    shown: str,
    stream: BinaryIO,
    rule_set: str | RuleSet = DEFAULT_RULE_SET,
    path: Path = _NO_PATH,
    engine: str = DEFAULT_ENGINE,
) -> Iterator[Answered]:
    """As `suggest_from_file`, of a file that is open; `shown` is what problems call it, `path` what its suffix is read off.

    Raises `OSError` where it cannot be read.
    """
    try:
        yield from _answer(shown, path, stream, _By(rule_set, named_engine(engine)))
    except RefusedError as refused:
        yield InputProblem(shown, str(refused))


def _answer(shown: str, path: Path, stream: BinaryIO, by: _By) -> Iterator[Answered]:
    suffix = path.suffix.lower()
    if suffix in _LINES:
        return _lines(shown, stream, by)
    if suffix in _YAML:
        return _yaml(shown, _whole(stream, LARGEST_YAML), by)
    if suffix == ".json":
        return _json(shown, _whole(stream, LARGEST_JSON), by)
    return _unnamed(shown, stream, by)


def _unnamed(shown: str, stream: BinaryIO, by: _By) -> Iterator[Answered]:
    """Input of no known suffix: JSON Lines if its first line is a whole JSON mapping, else JSON or YAML by how it begins."""
    blank_before = 0
    first = stream.readline(LONGEST_LINE + 1)
    while first and not first.strip():
        blank_before += 1
        first = stream.readline(LONGEST_LINE + 1)
    begins = first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if begins == b"{" and is_json(first):
        return _lines(shown, stream, by, first, blank_before)
    limit = LARGEST_JSON if begins in (b"{", b"[") else LARGEST_YAML
    data = b"\n" * blank_before + first + stream.read(limit + 1)
    read = _json if begins in (b"{", b"[") else _yaml
    return read(shown, _checked(data, limit), by)


# Text.


def _whole(stream: BinaryIO, limit: int) -> str:
    return _checked(stream.read(limit + 1), limit)


def _checked(data: bytes, limit: int) -> str:
    if len(data) > limit:
        raise RefusedError(f"This is larger than {limit // 1_000_000} MB; give many cases as JSON Lines, one case a line.")
    text = decoded(data)
    if not text.strip():
        raise RefusedError("This is empty: expected a case, a list of cases, or a household.")
    return text


# JSON.


def _json(shown: str, text: str, by: _By) -> Iterator[Answered]:
    return _values(shown, json_value(text), {}, by)


def _lines(shown: str, stream: BinaryIO, by: _By, first: bytes = b"", blank_before: int = 0) -> Iterator[Answered]:
    seen = False
    for number, line in enumerate(_limited(stream, first), 1 + blank_before):
        where = f"{shown}:{number}"
        if line is None:
            yield InputProblem(where, f"This line is longer than {LONGEST_LINE // 1_000_000} MB.")
            seen = True
        elif line.strip():
            seen = True
            try:
                yield from _values(where, json_value(decoded(line).rstrip(), is_line=True), {}, by)
            except RefusedError as refused:
                yield InputProblem(where, str(refused))
    if not seen:
        raise RefusedError("This is empty: expected a case on each line.")


def _limited(stream: BinaryIO, first: bytes) -> Iterator[bytes | None]:
    """The lines, None for one that is too long: it is read in pieces, so that it is never held whole."""
    line = first or stream.readline(LONGEST_LINE + 1)
    while line:
        if len(line) <= LONGEST_LINE:
            yield line
        else:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE + 1)
            yield None
        line = stream.readline(LONGEST_LINE + 1)


# YAML.


def _yaml(shown: str, text: str, by: _By) -> Iterator[Answered]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of an anchor given twice ruamel warns with the lines themselves; it is refused below
        tree, problems = read_yaml(text, shown)
    if problems:
        yield from (
            InputProblem(f"{problem.place.file}:{problem.place.line}", _without_words(problem.message)) for problem in problems
        )
    elif tree is None:
        raise RefusedError("This is empty: expected a case, a list of cases, or a household.")
    else:
        lines: Lines = {}
        yield from _values(shown, plain_value(tree, (), lines), lines, by)


def _without_words(message: str) -> str:
    """What is wrong with YAML as it may be shown: a key, or the name of an alias or a tag, may be somebody's words."""
    twice = _GIVEN_TWICE.fullmatch(message)
    return f"{printable(twice[1])}{twice[2]}" if twice else _NAMED.sub("", message)


_GIVEN_TWICE = re.compile(r"(.*)( is given twice; first on line \d+\.)", re.DOTALL)
_NAMED = re.compile(r"(?<=undefined alias) .*(?=\.)|(?<=undefined tag handle) .*(?=\.)", re.DOTALL)


# Cases.


def _values(shown: str, value: object, lines: Lines, by: _By) -> Iterator[Answered]:
    """The answers to a case, a list of cases or a household."""
    if not isinstance(value, list):
        yield from _one(shown, value, (), lines, by)
        return
    if not value:
        raise RefusedError("This list is empty: expected one case or more.")
    for number, item in enumerate(value):
        yield from _one(f"{shown}: case {number + 1}", item, (number,), lines, by)


def _one(where: str, value: object, at: tuple[int | str, ...], lines: Lines, by: _By) -> Iterator[Answered]:
    if not isinstance(value, dict):
        yield InputProblem(where, "Expected a case: a mapping of facts to answers.")
    elif any(key in value for key in _HOUSEHOLD_KEYS):
        yield from _household(where, value, by)
    else:
        try:
            yield suggest(Case.model_validate(value), by.rule_set, by.engine)
        except ValidationError as error:
            for one, message in zip(error.errors(include_url=False), mistakes(error), strict=True):
                line = lines.get((*at, *one["loc"]))
                yield InputProblem(where if line is None else f"{where}, line {line}", message)


def _household(where: str, value: dict[str, object], by: _By) -> Iterator[Answered]:
    wrong = [
        f"{printable(key)}: A household has home and children; {nearest(printable(key), _HOUSEHOLD_KEYS)}"
        for key in value
        if key not in _HOUSEHOLD_KEYS
    ]
    children, home = value.get("children"), value.get("home")
    if home is None:
        home = {}
    if "children" not in value:
        wrong.append("children: A household has a list of children, and there is none here.")
    elif not isinstance(children, list):
        wrong.append("children: Expected a list of cases.")
    if not isinstance(home, dict):
        wrong.append("home: Expected a mapping of facts to answers.")
    if not wrong and isinstance(children, list) and isinstance(home, dict):
        try:
            yield suggest_household(children, by.rule_set, home=home, engine=by.engine)
        except HouseholdError as error:
            wrong += error.problems
    yield from (InputProblem(where, one) for one in wrong)
