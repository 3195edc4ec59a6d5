"""What is wrong with the record of an audit, in words: where, what was expected, the nearest right name, and never a value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import EnumType
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from thresholds.audits.judgements import DECISION_EXPECTED, OWN_COLUMN_EXPECTED, OWN_EXPECTED, AuditModel
from thresholds.households import printable
from thresholds.loading.problems import nearest
from thresholds.problems import ProblemsError

KEY_EXPECTED = "Expected letters, digits and . _ : / - only, at most 64, and nobody's name."
_QUOTED = re.compile(r"'([^']*)'")
_OURS = "Value error, "
_AS_EVER: Mapping[str, str] = MappingProxyType({})


class RecordError(ProblemsError):
    """A file of an audit that cannot be used. `problems` holds every mistake as a sentence; none of them holds a value."""


class AuditError(RecordError):
    """An audit that cannot be used. `problems` holds every mistake as a sentence with its place, and no fact of a case."""


def complaints(
    error: ValidationError,
    model: type[AuditModel],
    *,
    expected: Mapping[str, str] = _AS_EVER,
    not_given: Collection[str] = (),
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Each of pydantic's complaints about a record of this model: where in the record, and a sentence.

    `expected` holds sentences for this model alone, by pydantic's name for the kind of complaint. `not_given` are names
    of fields that no record gives: none of them is named as one that may be given.
    """
    for one in error.errors(include_url=False):
        kind, where = one["type"], tuple(one["loc"])
        for said in one["msg"].splitlines():  # of a case, a line for each mistake
            if kind in expected:
                yield where, expected[kind]
            elif kind == "extra_forbidden":
                fields = _fields(model, where[:-1], not_given)
                yield where, f"There is no such field; {nearest(str(where[-1]), fields)}"
            else:
                yield where, _sentence(kind, where, said, one["input"], one.get("ctx", {}))


def placed(where: tuple[int | str, ...], message: str) -> str:
    """A sentence with where it belongs in the record: `judgements 1: replies: ...`."""
    parts: list[str] = []
    for part in where:
        if isinstance(part, int):
            parts[-1:] = [f"{parts[-1]} {part + 1}" if parts else str(part + 1)]
        elif part != "[key]":
            parts.append(printable(part))
    return ": ".join([*parts, message])


def _sentence(kind: str, where: tuple[int | str, ...], said: str, given: object, about: Mapping[str, Any]) -> str:
    if where[:1] == ("columns",) and len(where) > 1:
        return OWN_COLUMN_EXPECTED if where[-1] == "[key]" else OWN_EXPECTED
    if kind == "missing":
        return "This is missing."
    if kind == "enum":
        return f"There is no such word; {nearest_word(str(given), _QUOTED.findall(str(about['expected'])))}"
    if kind == "string_pattern_mismatch":
        return DECISION_EXPECTED if where[-1] == "decision" else KEY_EXPECTED
    if kind.startswith(("datetime", "timezone")):
        return "Expected a date and a time with its zone, as in 2026-11-25T12:00:00+00:00."
    if kind in ("model_type", "dict_type", "mapping_type"):
        return "Expected a mapping."
    if kind == "value_error":
        return _sentence_case(said.removeprefix(_OURS))
    return _sentence_case(said.replace("Input should be", "Expected").split(", unable")[0])


def nearest_word(given: str, words: Sequence[str]) -> str:
    """As `nearest`, and a word that differs in its capitals alone is the nearest."""
    return nearest(next((word for word in words if word.lower() == given.lower()), given), words)


def _sentence_case(text: str) -> str:
    ended = text if text.endswith((".", "?")) else f"{text}."
    first = ended.split(" ")[0]
    begins_with_a_name = "_" in first or first.endswith(":")
    return ended if begins_with_a_name else ended[:1].upper() + ended[1:]


def _fields(model: Any, where: tuple[int | str, ...], not_given: Collection[str]) -> list[str]:
    """The fields that may be given at this place of a record."""
    for part in where:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return [name for name in model.model_fields if name not in not_given]


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and not isinstance(annotation, EnumType) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
