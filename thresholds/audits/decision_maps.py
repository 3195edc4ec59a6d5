"""What a decision tells of the tier, as data: for sources that record what was decided and no tier.

A map is a YAML file: for each decision a tier, a range of tiers, or that it says nothing of the tier, with how sure that is
and why. Those that are shipped stand under `rules/decision-maps`; any other file will do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from thresholds.audits.audited import AuditedCase, TierHeld
from thresholds.audits.judgements import read_tier
from thresholds.audits.mistakes import RecordError
from thresholds.loading.places import rules_folder
from thresholds.loading.problems import nearest
from thresholds.loading.reading import Reader
from thresholds.loading.yaml_nodes import Table, Text, Tree, read_yaml
from thresholds.scales import Basis, Tier

_FOLDER = "decision-maps"
_NOTHING = "nothing"
_KEYS = ("id", "title", "about", "decisions")
_DECISION_KEYS = ("decision", "also", "tier", "lowest", "highest", "says", "basis", "note")

_SPANS: Mapping[TierHeld, tuple[Tier, Tier]] = {
    TierHeld.ONE: (Tier.ONE, Tier.ONE),
    TierHeld.TWO_A: (Tier.TWO_A, Tier.TWO_A),
    TierHeld.TWO_B: (Tier.TWO_B, Tier.TWO_B),
    TierHeld.TWO: (Tier.TWO_A, Tier.TWO_B),
    TierHeld.TWO_WITH_THREE: (Tier.TWO_A, Tier.THREE),
    TierHeld.THREE: (Tier.THREE, Tier.THREE),
}
"""The tiers that each way of holding a case may mean."""


class DecisionMapError(RecordError):
    """A decision map that cannot be used. `problems` holds every mistake as a sentence with its file, line and column."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and what it tells of the tier: `lowest` to `highest`, or nothing where these are None.

    `words` are how sources write it, the first of them on pages. `basis` is how sure that is, and `note` why it is read so.
    """

    words: tuple[str, ...]
    lowest: Tier | None
    highest: Tier | None
    basis: Basis
    note: str

    @property
    def held(self) -> TierHeld | None:
        """The tier held, where the decision tells one: a tier, or Tier 2 without its half. None where it does not.

        That Tier 3 works alongside is an agreement, which no range of tiers says.
        """
        if self.lowest is None or self.highest is None:
            return None
        alone = (held for held in TierHeld if held is not TierHeld.TWO_WITH_THREE)
        return next((held for held in alone if _SPANS[held] == (self.lowest, self.highest)), None)

    def allows(self, held: TierHeld) -> bool:
        """Whether a case with this decision may have been held there."""
        if self.lowest is None or self.highest is None:
            return True
        lowest, highest = _SPANS[held]
        return lowest <= self.highest and highest >= self.lowest

    @property
    def in_words(self) -> str:
        """What it tells, to stand after "which"."""
        if self.lowest is None or self.highest is None:
            return "says nothing of the tier"
        if self.lowest is self.highest:
            return f"says Tier {self.lowest}"
        return f"says a tier from {self.lowest} to {self.highest}"


@dataclass(frozen=True, slots=True)
class DecisionMap:
    """The decisions of one source, each with what it tells of the tier."""

    id: str
    title: str
    about: str
    decisions: tuple[Decided, ...]

    def find(self, decision: str) -> Decided | None:
        """What is said of a decision, however its capitals and spaces are written; None where the map does not know it."""
        wanted = _folded(decision)
        return next((one for one in self.decisions if wanted in map(_folded, one.words)), None)

    @property
    def words(self) -> tuple[str, ...]:
        """Every decision, as it is written."""
        return tuple(word for one in self.decisions for word in one.words)


def _folded(decision: str) -> str:
    return " ".join(decision.casefold().split())


def shipped_decision_maps() -> Mapping[str, Path]:
    """The decision maps that are shipped: id to file, in order of id."""
    return {path.stem: path for path in sorted((rules_folder() / _FOLDER).glob("*.yaml"))}


def load_decision_map(name: str | Path) -> DecisionMap:
    """A shipped map by its id, or one in a file.

    Raises `DecisionMapError` with every mistake at once, and `KeyError` for an id of which there is none.
    """
    if isinstance(name, Path):
        path = name
    else:
        shipped = shipped_decision_maps()
        if name not in shipped:
            raise KeyError(f"There is no shipped decision map of this name; {nearest(name, shipped)}")
        path = shipped[name]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DecisionMapError([f"{path}: This file cannot be read: {error.strerror}."]) from None
    except UnicodeDecodeError:
        raise DecisionMapError([f"{path}: This is not text in UTF-8; save it as UTF-8."]) from None
    tree, problems = read_yaml(text, str(path))
    reading = _MapReader(Reader(list(problems)))
    found = None if tree is None else reading.map(tree)
    if reading.reader.problems:
        raise DecisionMapError(str(problem) for problem in sorted(reading.reader.problems))
    if found is None:
        raise DecisionMapError([f"{path}: This is empty: expected a decision map, with {', '.join(_KEYS)}."])
    return found


@dataclass
class _MapReader:
    reader: Reader

    def map(self, tree: Tree) -> DecisionMap | None:
        table = self.reader.table(tree, "a decision map", _KEYS)
        if table is None:
            return None
        id, title, about = (self.reader.text(self.reader.required(table, key, "The map"), key) for key in _KEYS[:3])
        items = self.reader.items(self.reader.required(table, "decisions", "The map"), "decisions")
        if not items and not self.reader.problems:
            self.reader.refuse(table.place, "There is no decision in this map.")
        known: dict[str, int] = {}
        decisions = [one for item in items if (one := self.decided(item, known)) is not None]
        return DecisionMap(id or "", title or "", about or "", tuple(decisions))

    def decided(self, tree: Tree, known: dict[str, int]) -> Decided | None:
        table = self.reader.table(tree, "a decision", _DECISION_KEYS)
        if table is None:
            return None
        first = self.reader.text(self.reader.required(table, "decision", "A decision"), "decision")
        also = table.get("also")
        words = (*((first,) if first else ()), *self.reader.texts(also, "also"))
        for word in words:
            if _folded(word) in known:
                message = f"This decision is in the map already, on line {known[_folded(word)]}: keep one."
                self.reader.refuse(table.place, message)
            known.setdefault(_folded(word), table.place.line)
        basis = self.reader.one_of(self.reader.required(table, "basis", "A decision"), "basis", Basis)
        note = self.reader.text(self.reader.required(table, "note", "A decision"), "note")
        lowest, highest = self.tiers(table)
        return None if basis is None or note is None or not words else Decided(words, lowest, highest, basis, note)

    def tiers(self, table: Table) -> tuple[Tier | None, Tier | None]:
        """What a decision says: one of a tier, two ends, or nothing."""
        given = {key for key in ("tier", "lowest", "highest", "says") if table.get(key) is not None}
        if given not in ({"tier"}, {"lowest", "highest"}, {"says"}):
            self.reader.refuse(
                table.place, f"Expected tier, or lowest and highest, or says: {_NOTHING}; and one of these only."
            )
            return None, None
        if given == {"says"}:
            says = table.get("says")
            if not isinstance(says, Text) or says.text != _NOTHING:
                self.reader.refuse(table.place, f"Expected says: {_NOTHING}. A tier stands under tier, or lowest and highest.")
            return None, None
        if given == {"tier"}:
            tier = self.tier(table.get("tier"))
            return tier, tier
        lowest, highest = self.tier(table.get("lowest")), self.tier(table.get("highest"))
        if lowest is not None and highest is not None and lowest > highest:
            self.reader.refuse(table.place, "The lowest tier is above the highest.")
        return lowest, highest

    def tier(self, tree: Tree | None) -> Tier | None:
        if isinstance(tree, Text) and tree.plain is not None:
            try:
                return read_tier(tree.text)
            except ValueError:
                pass
        if tree is not None:
            self.reader.refuse(tree.place, "Expected a tier: 1, 2A, 2B or 3.")
        return None


# Reading the tier held off the decisions of an audit.


@dataclass
class _Counted:
    """The cases of one decision: those that got their tier held from it, and those that did not."""

    decided: Decided
    read: int = 0
    unread: int = 0


def read_off(
    cases: Iterable[AuditedCase], decisions: DecisionMap | None
) -> tuple[tuple[AuditedCase, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Cases with the tier held as their decisions tell it, sentences about what became of them, and what is wrong.

    A tier held that is recorded stands. What a map does not know is a mistake, told with the id of the case. Where a decision
    tells no tier held, or there is no map, the tier held stays not known, and the notes say of how many cases.
    """
    given = tuple(cases)
    if decisions is None:
        without = sum(1 for case in given if case.decision is not None and case.held is None)
        notes = (f"{_cases(without)} {_have(without)} a decision and no tier held: a decision map may tell it.",)
        return given, notes if without else (), ()
    counted: dict[str, _Counted] = {}
    against: list[str] = []
    found: list[AuditedCase] = []
    problems: list[tuple[str, str]] = []
    for case in given:
        decided = None if case.decision is None else decisions.find(case.decision)
        if case.decision is not None and decided is None:
            hint = nearest(case.decision, decisions.words)
            problems.append((case.id, f"The map {decisions.id} has no such decision; {hint}"))
        if decided is None:
            found.append(case)
        elif case.held is not None:
            found.append(case)
            if not decided.allows(case.held):
                against.append(case.id)
        else:
            one = counted.setdefault(decided.words[0], _Counted(decided))
            one.read += decided.held is not None
            one.unread += decided.held is None
            found.append(case if decided.held is None else _with_held(case, decided.held))
    return tuple(found), tuple(_notes(counted, against, decisions)), tuple(problems)


def _with_held(case: AuditedCase, held: TierHeld) -> AuditedCase:
    return AuditedCase(**{**{name: getattr(case, name) for name in AuditedCase.model_fields}, "held": held})


def _notes(counted: Mapping[str, _Counted], against: list[str], decisions: DecisionMap) -> Iterable[str]:
    for word, one in counted.items():
        if one.read and one.decided.held is not None:
            yield (
                f"{_cases(one.read)} with the decision {word}: the tier held was read off it, {one.decided.held.value} (map "
                f"{decisions.id}; {one.decided.basis.mark})."
            )
        if one.unread:
            yield f"{_cases(one.unread)} with the decision {word}, which {one.decided.in_words}: the tier held is not known."
    if against:
        yield (
            f"{_cases(len(against))} held where by the map {decisions.id} the decision does not lead ({', '.join(against)}): "
            "the tier held stands as recorded."
        )


def _cases(number: int) -> str:
    return "1 case" if number == 1 else f"{number} cases"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"
