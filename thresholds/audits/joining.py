"""Two files of one audit, each filled in by another auditor, as one: the judgements of both, of the same facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from thresholds.audits.audited import Audit, AuditedCase
from thresholds.audits.judgements import OWN
from thresholds.audits.mistakes import AuditError
from thresholds.audits.spelling import ONE_GROUP, Spellings, one_person


class Side(StrEnum):
    """One of two files."""

    FIRST = "first"
    SECOND = "second"


def join_audits(first: Audit, second: Audit, *, facts_of: Side | str | None = None) -> Audit:
    """Both audits as one, called after the first: each case with the judgements of both.

    The facts of a case have to be the same in both files, and one that a single file knows is not: else two people judged
    different cases. What else is said of it must not differ; what one file alone says (where it was held, say) is taken from
    there. `facts_of` says whose record counts where they differ. Cases that one file alone holds are kept. The `notes` hold
    those of both, say which cases one file alone holds, and where the record of the other does not count.

    Raises `AuditError` with every mistake: records that differ (with the ids and the names of the facts, and never an answer),
    a case that one auditor judged in both, and keys of auditors or values of own columns that differ in capitals alone; and
    `ValueError` for a side that there is not.
    """
    side = None if facts_of is None else Side(facts_of)
    mine, theirs = {case.id for case in first.cases}, {case.id: case for case in second.cases}
    pairs = {case.id: _Pair(case, theirs[case.id], side or Side.FIRST) for case in first.cases if case.id in theirs}
    only_first = [case for case in first.cases if case.id not in theirs]
    only_second = [case for case in second.cases if case.id not in mine]
    apart = {id: names for id, pair in pairs.items() if (names := ", ".join(pair.differing))}
    in_order = (*first.cases, *only_second)
    columns = {case.id: pairs[case.id].columns if case.id in pairs else case.columns for case in in_order}
    problems = [
        *_judged_twice(pairs),
        *_auditors_written_otherwise(first, second),
        *_own_written_otherwise(columns),
    ]
    if side is None and apart:
        problems += [f"{id}: The two files differ in {names}." for id, names in apart.items()]
        problems.append(_WHAT_TO_DO)
    if problems:
        raise AuditError(problems)
    joined = (pairs[case.id].joined() if case.id in pairs else case for case in first.cases)
    notes = [*(f"First file: {one}" for one in first.notes), *(f"Second file: {one}" for one in second.notes)]
    notes += [*_alone(Side.FIRST, only_first), *_alone(Side.SECOND, only_second)]
    notes += [f"{id}: The two files differ in {names}; the {side} file counts." for id, names in apart.items()]
    notes += _in_both(first, second)
    return Audit(name=first.name, cases=(*joined, *only_second), notes=tuple(notes))


_WHAT_TO_DO = (
    "The facts of a case have to be the same in both files, or two people judged different cases. First set the files beside "
    "each other (thresholds audit encoders FIRST SECOND), agree on the facts, and write them into both; or say whose record "
    "counts (--facts-of first, or second)."
)
_MAY_BE_LEFT_OUT = ("multi_agency", "held", "seen", "follow_up", "stratum", "decision")
_LEFT_OUT: tuple[object, ...] = (None, ())
_ALWAYS_SAID = ("process", "weight", "invented")


@dataclass(frozen=True, slots=True)
class _Pair:
    """One case as each of the two files holds it, and the side that counts where they differ."""

    first: AuditedCase
    second: AuditedCase
    side: Side

    @property
    def differing(self) -> tuple[str, ...]:
        """The names of facts that the two hold otherwise, or one alone, and of what else is said of the case in two ways."""
        mine, theirs = self.first.case.known(), self.second.case.known()
        own = (name for name in self.first.columns if name in self.second.columns)
        return (
            *(name for name in {**mine, **theirs} if mine.get(name) != theirs.get(name)),
            *(name for name in _ALWAYS_SAID if getattr(self.first, name) != getattr(self.second, name)),
            *(name for name in _MAY_BE_LEFT_OUT if self._are_at_odds(name)),
            *(f"{OWN}{name}" for name in own if self.first.columns[name] != self.second.columns[name]),
        )

    @property
    def columns(self) -> Mapping[str, str]:
        """The own columns of both; of one that both have, what the side that counts says."""
        counting, other = self._in_order
        return {**other.columns, **counting.columns}

    def joined(self) -> AuditedCase:
        """The record that counts, with what the other alone says, and the judgements of both."""
        counting, other = self._in_order
        written = {name: getattr(counting, name) for name in AuditedCase.model_fields}
        left_out = {name: getattr(other, name) for name in _MAY_BE_LEFT_OUT if written[name] in _LEFT_OUT}
        judgements = (*self.first.judgements, *self.second.judgements)
        return AuditedCase(**{**written, **left_out, "columns": self.columns, "judgements": judgements})

    @property
    def _in_order(self) -> tuple[AuditedCase, AuditedCase]:
        return (self.first, self.second) if self.side is Side.FIRST else (self.second, self.first)

    def _are_at_odds(self, name: str) -> bool:
        """Whether both say something of this, and not the same."""
        mine, theirs = getattr(self.first, name), getattr(self.second, name)
        return mine not in _LEFT_OUT and theirs not in _LEFT_OUT and mine != theirs


def _judged_twice(pairs: Mapping[str, _Pair]) -> Iterator[str]:
    for id, pair in pairs.items():
        mine = {(one.auditor, one.of) for one in pair.first.judgements}
        for auditor in dict.fromkeys(one.auditor for one in pair.second.judgements if (one.auditor, one.of) in mine):
            yield (
                f"{id}: {auditor} judged this case in both files. Two people need two keys; where it is one person, keep one "
                "of the judgements."
            )


def _auditors_written_otherwise(first: Audit, second: Audit) -> Iterator[str]:
    spellings = Spellings[None]()
    keys = (one.auditor for case in (*first.cases, *second.cases) for one in case.judgements)
    for key in dict.fromkeys(keys):
        earlier = spellings.otherwise(key, None)
        if earlier is not None:
            yield f"Auditor {key} of the second file: {one_person(earlier[0])}"


def _own_written_otherwise(columns: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    spellings: dict[str, Spellings[str]] = {}
    for id, own in columns.items():
        for name, value in own.items():
            earlier = spellings.setdefault(name, Spellings()).otherwise(value, id)
            if earlier is not None:
                where = f"{id}: {OWN}{name}: This differs from case {earlier[1]}"
                yield f"{where} in its capitals or spaces alone: {ONE_GROUP}"


def _alone(which: Side, cases: Sequence[AuditedCase]) -> Iterator[str]:
    if cases:
        yield f"In the {which} file only, and kept ({len(cases)}): {', '.join(case.id for case in cases)}."


def _in_both(first: Audit, second: Audit) -> Iterator[str]:
    """Keys that both files have: they are taken as one person, and nobody else can know whether they are."""
    mine, theirs = ({one.auditor for case in audit.cases for one in case.judgements} for audit in (first, second))
    shared = sorted(mine & theirs)
    if shared:
        yield f"Judged in both files, and taken as one person each: {', '.join(shared)}."
