"""Reading `when` and `unless`: a line of plain text for each leaf, `all`, `any`, `at least N of` and `not` for groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from thresholds.facts import FACTS, Fact, Kind, Polarity
from thresholds.facts.record import GATES
from thresholds.language.conditions import (
    All,
    Answered,
    AnyOf,
    AtLeastOf,
    AtStage,
    Comparison,
    Condition,
    Counted,
    Found,
    Includes,
    Leaf,
    Not,
    Number,
    Reached,
    Settled,
    Stands,
    YoungerThan,
)
from thresholds.language.rules import Collection, Outcome, Scale
from thresholds.loading.problems import Place, nearest
from thresholds.loading.reading import Reader
from thresholds.loading.yaml_nodes import Items, Table, Text, Tree
from thresholds.scales import Reading, Stage


class Where(Enum):
    """Where a condition stands; what it may read depends on it."""

    WHEN = "when"
    UNLESS = "unless"
    ADVICE = "advice"


_WORD = r"[A-Za-z_][A-Za-z0-9_]*"
_CONFIRMED = re.compile(rf"confirmed ({_WORD})")
_COMPARED = re.compile(rf"({_WORD})(?: (lowest|highest|confirmed))? (>=|<=|<|>) (\S+)")
_STANDS_AT = re.compile(rf"({_WORD}) (lowest|highest|confirmed) is (\S+)")
_INCLUDES = re.compile(rf"({_WORD}) includes? ({_WORD})")
_IS = re.compile(rf"({_WORD}) is (\w+(?: or \w+)*)")
_AT_LEAST_OF = re.compile(r"at least (\d+) of")
_UNKNOWN = "unknown"


@dataclass
class ConditionReader:
    """Reads conditions over the facts and these outcomes; mistakes go to `reader`."""

    reader: Reader
    outcomes: Mapping[str, Outcome]

    def read(self, tree: Tree | None, where: Where) -> Condition | None:
        """A condition; None where it has a mistake, which is noted."""
        match tree:
            case None:
                return None
            case Text(text=text, place=place):
                return self._leaf(" ".join(text.split()), place, where)
            case Table(entries=((key, value),)):
                return self._group(key, value, where)
            case _:
                self._refuse(
                    tree.place,
                    "A condition is one line of text, or one of all, any, at least N of"
                    + (", not" if where is Where.ADVICE else "")
                    + ". A list belongs under all or any.",
                )
                return None

    def _group(self, key: Text, value: Tree, where: Where) -> Condition | None:
        counted = _AT_LEAST_OF.fullmatch(key.text)
        if key.text == "not":
            if where is not Where.ADVICE:
                self._refuse(key.place, "A finding may not say not: what is not known would count as a reason.")
                return None
            part = self.read(value, where)
            return Not(part) if part is not None else None
        if key.text not in ("all", "any") and not counted:
            self._refuse(key.place, f"Unknown key {key.text} in a condition; expected all, any or at least N of.")
            return None
        if counted and where is Where.UNLESS:
            self._refuse(key.place, "An exception may hold all and any only.")
            return None
        if not isinstance(value, Items) or not value.items:
            self._refuse(value.place, f"{key.text} has to be a list with something in it.")
            return None
        parts = tuple(part for item in value.items if (part := self.read(item, where)) is not None)
        if len(parts) < len(value.items):
            return None
        if not counted:
            return All(parts) if key.text == "all" else AnyOf(parts)
        number = int(counted[1])
        if not 1 <= number <= len(parts):
            self._refuse(key.place, f"at least {number} of {len(parts)}: expected a number from 1 to {len(parts)}.")
            return None
        return AtLeastOf(number, parts)

    # One line of text.

    def _leaf(self, text: str, place: Place, where: Where) -> Leaf | None:
        if re.fullmatch(_WORD, text):
            return self._found(text, False, place, where)
        if match := _CONFIRMED.fullmatch(text):
            return self._found(match[1], True, place, where)
        forms: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Place, Where], Leaf | None]], ...] = (
            (_COMPARED, self._compared),
            (_STANDS_AT, self._stands_at),
            (_INCLUDES, self._includes),
            (_IS, self._is),
        )
        for pattern, read in forms:
            if match := pattern.fullmatch(text):
                return read(match, place, where)
        self._refuse(
            place,
            "This cannot be read as a condition; expected for example: strangulation, confirmed strangulation, "
            "incidents_12_months >= 4, age_months < 84, dv_scale >= 3, concerns include family"
            + (", consent is refused or not_sought, tier highest < 3." if where is Where.ADVICE else "."),
        )
        return None

    def _found(self, name: str, confirmed: bool, place: Place, where: Where) -> Leaf | None:
        fact = self._fact(name, place)
        if fact is None or not self._may_read(fact, place, where):
            return None
        if fact.kind not in (Kind.ANSWER, Kind.YES_NO):
            how = f"{name} >= 1" if fact.kind is Kind.COUNT else f"{name} < 84" if fact.kind is Kind.AGE else f"{name} is ..."
            self._refuse(place, f"{name} is not answered yes or no; expected for example {how}.")
            return None
        if confirmed and fact.kind is not Kind.ANSWER:
            self._refuse(place, f"{name} cannot be suspected, so it needs no confirmed.")
            return None
        if confirmed and name in GATES:
            self._refuse(
                place, f"{name} is an opening question, which is as sure as what hangs on it: confirmed reads a detail."
            )
            return None
        return Found(name, confirmed)

    def _compared(self, match: re.Match[str], place: Place, where: Where) -> Leaf | None:
        name, reading, sign, value = match[1], match[2], Comparison(match[3]), match[4]
        outcome = self.outcomes.get(name)
        if isinstance(outcome, Scale):
            return self._scale(outcome, reading, sign, value, place, where)
        if outcome is not None:
            self._refuse(place, f"{name} is a set; expected {name} include {outcome.members[0]}.")
            return None
        fact = self._fact(name, place)
        if fact is None or not self._may_read(fact, place, where):
            return None
        if fact.kind not in (Kind.COUNT, Kind.AGE) or not re.fullmatch(r"-?\d+", value):
            self._refuse(place, f"{name} {sign} {value}: expected {fact.expected} and, for a comparison, a number.")
            return None
        number = int(value)
        if not fact.lowest <= number <= fact.highest:
            self._refuse(place, f"{name} {sign} {value} can never change anything; expected {fact.expected}.")
            return None
        if where is Where.ADVICE:
            return Number(name, sign, number)
        if fact.kind is Kind.AGE:
            if sign is Comparison.BELOW:
                return YoungerThan(number)
            self._refuse(
                place, "A finding may only ask whether a child is younger (age_months < n): growing older never raises."
            )
            return None
        if sign is not Comparison.AT_LEAST or number < 1:
            self._refuse(place, f"A finding may only ask for so many or more ({name} >= n, n from 1).")
            return None
        return Counted(name, number)

    def _scale(
        self, scale: Scale, reading: str | None, sign: Comparison, value: str, place: Place, where: Where
    ) -> Leaf | None:
        if value not in scale.values:
            self._refuse(place, f"Unknown value {value} of {scale.name}; expected {', '.join(scale.values)}.")
            return None
        position = scale.values.index(value)
        if where is Where.ADVICE:
            return Stands(scale.name, Reading(reading or Reading.SUGGESTED), sign, position)
        if where is Where.UNLESS:
            self._refuse(place, f"An exception may not read {scale.name}: it may read protective facts only.")
            return None
        if reading or sign is not Comparison.AT_LEAST or not position:
            self._refuse(place, f"A finding may only ask whether {scale.name} has reached a value above the lowest (>=).")
            return None
        return Reached(scale.name, position)

    def _stands_at(self, match: re.Match[str], place: Place, where: Where) -> Leaf | None:
        scale = self.outcomes.get(match[1])
        if not isinstance(scale, Scale):
            self._refuse(place, f"{match[1]} is not a scale; {nearest(match[1], self.outcomes)}")
            return None
        return self._scale(scale, match[2], Comparison.IS, match[3], place, where)

    def _includes(self, match: re.Match[str], place: Place, where: Where) -> Leaf | None:
        collection = self.outcomes.get(match[1])
        if not isinstance(collection, Collection):
            sets = [name for name, outcome in self.outcomes.items() if isinstance(outcome, Collection)]
            self._refuse(place, f"{match[1]} is not a set that rules collect; {nearest(match[1], sets)}")
            return None
        if match[2] not in collection.members:
            self._refuse(place, f"Unknown member {match[2]} of {match[1]}; {nearest(match[2], collection.members)}")
            return None
        if where is Where.UNLESS:
            self._refuse(place, f"An exception may not read {match[1]}: it may read protective facts only.")
            return None
        return Includes(match[1], collection.members.index(match[2]))

    def _is(self, match: re.Match[str], place: Place, where: Where) -> Leaf | None:
        name, words = match[1], match[2].split(" or ")
        if where is not Where.ADVICE:
            self._refuse(place, f"A finding may not say is: write {name} (suspected or yes) or confirmed {name}.")
            return None
        if (name, words) == ("range", ["settled"]):
            return Settled()
        if name == "stage":
            stages = [self._word(word, {stage.word: stage for stage in Stage}, "stage", place) for word in words]
            return AtStage(tuple(stage for stage in stages if stage is not None)) if None not in stages else None
        scale = self.outcomes.get(name)
        if isinstance(scale, Scale):
            if len(words) == 1:
                return self._scale(scale, None, Comparison.IS, words[0], place, where)
            self._refuse(place, f"{name} is one value at a time; put several under any.")
            return None
        fact = self._fact(name, place)
        if fact is None:
            return None
        known: dict[str, int | None] = {_UNKNOWN: None}
        if fact.words is not None:
            known |= {word.word: int(word) for word in fact.words}
        answers = []
        for word in words:
            if word not in known:
                self._refuse(place, f"Unknown answer {word} to {name}; expected {', '.join(known)}.")
                return None
            answers.append(known[word])
        return Answered(name, tuple(answers))

    def _word(self, word: str, known: Mapping[str, Stage], what: str, place: Place) -> Stage | None:
        if word not in known:
            self._refuse(place, f"Unknown {what} {word}; {nearest(word, known)}")
        return known.get(word)

    def _fact(self, name: str, place: Place) -> Fact | None:
        fact = FACTS.get(name)
        if fact is None and name in self.outcomes:
            self._refuse(place, f"{name} is an outcome; expected for example {name} >= ... or {name} include ...")
        elif fact is None:
            self._refuse(place, f"Unknown fact {name}; {nearest(name, [*FACTS, *self.outcomes])}")
        return fact

    def _may_read(self, fact: Fact, place: Place, where: Where) -> bool:
        allowed = {
            Where.WHEN: (Polarity.RISK, Polarity.AGE),
            Where.UNLESS: (Polarity.PROTECTIVE,),
            Where.ADVICE: tuple(Polarity),
        }[where]
        if fact.polarity in allowed:
            return True
        if fact.polarity is Polarity.CONTEXT:
            why = "it is a context fact, and no finding reads one; a file with advice: true may"
        elif where is Where.WHEN:
            why = "it is a protective fact, which stands under unless"
        else:
            why = "an exception reads protective facts only"
        self._refuse(place, f"{fact.name} may not stand here: {why}.")
        return False

    def _refuse(self, place: Place, message: str) -> None:
        self.reader.refuse(place, message)
