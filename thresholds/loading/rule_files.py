"""Reading the files of a rule set: rules, floors, sources, source cells, and the settings in `ruleset.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from thresholds.facts import FACTS, Case
from thresholds.facts.record import POSITIONS
from thresholds.language.rules import (
    Advice,
    AdviceKind,
    Citation,
    Collection,
    Conclusion,
    Example,
    ExampleKind,
    Floor,
    Outcome,
    Rule,
    Scale,
    Source,
    SourceCell,
)
from thresholds.loading.conditions import ConditionReader, Where
from thresholds.loading.problems import Place, nearest
from thresholds.loading.reading import Reader
from thresholds.loading.yaml_nodes import Items, Table, Text, Tree
from thresholds.scales import Basis, Stage, Status, Tier

FILE_KEYS = ("about", "advice", "rules", "floors", "sources", "cells")
RULE_KEYS = (
    "id",
    "title",
    "when",
    "unless",
    "conclude",
    "discretion",
    "source",
    "covers",
    "disagreement",
    "note",
    "valid",
    "examples",
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PATHWAY_KEYS = ("to", "panel", "expected_response")
GAP_KEYS = ("text", "calls_not_appropriate")
REST_IS_NO = "rest"


@dataclass
class Parts:
    """What the files of one rule set hold."""

    findings: list[Rule] = field(default_factory=list)
    advice: list[Rule] = field(default_factory=list)
    floors: list[Floor] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    cells: dict[str, SourceCell] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    cited: list[tuple[str, str, Place]] = field(default_factory=list)
    covered: list[tuple[str, str, Place]] = field(default_factory=list)


@dataclass
class FileReader:
    """Reads rule files into `parts`; mistakes go to `reader`."""

    reader: Reader
    outcomes: Mapping[str, Outcome]
    rule_set: str
    parts: Parts

    def read(self, tree: Tree, file: str) -> None:
        """Read one file."""
        table = self.reader.table(tree, "a rule file", FILE_KEYS)
        if table is None:
            return
        self.reader.text(table.get("about"), "about")
        advice = self.reader.truth(table.get("advice"), "advice")
        for item in self.reader.items(table.get("sources"), "sources"):
            self._source(item)
        for item in self.reader.items(table.get("cells"), "cells"):
            self._cell(item)
        for item in self.reader.items(table.get("rules"), "rules"):
            rule = self._rule(item, advice, file)
            if rule is not None:
                (self.parts.advice if advice else self.parts.findings).append(rule)
            self.reader.rule = ""
        for item in self.reader.items(table.get("floors"), "floors"):
            self._floor(item)
            self.reader.rule = ""

    # Sources and what they say.

    def _source(self, tree: Tree) -> None:
        table = self.reader.table(tree, "a source", ("id", "short", "title", "address", "seen"))
        if table is None:
            return
        texts = {
            key: self.reader.text(self.reader.required(table, key, "A source"), key)
            for key in ("id", "short", "title", "address", "seen")
        }
        if all(texts.values()):
            self._once(texts["id"] or "", table.place, "source")
            self.parts.sources[texts["id"] or ""] = Source(**{key: text or "" for key, text in texts.items()})

    def _cell(self, tree: Tree) -> None:
        table = self.reader.table(tree, "a source cell", ("id", "says", "facts", "none"))
        if table is None:
            return
        cell = self.reader.text(self.reader.required(table, "id", "A source cell"), "id")
        says = self.reader.text(self.reader.required(table, "says", "A source cell"), "says")
        facts = self.reader.texts(table.get("facts"), "facts")
        for name in facts:
            if name not in FACTS:
                self.reader.refuse(table.place, f"Unknown fact {name} in cell {cell}; {nearest(name, FACTS)}")
        if cell and says:
            self._once(cell, table.place, "cell")
            self.parts.cells[cell] = SourceCell(cell, says, facts, self.reader.text(table.get("none"), "none") or "")

    def _once(self, name: str, place: Place, what: str) -> None:
        key = f"{what} {name}"
        first = self.parts.places.setdefault(key, place)
        if first is not place:
            self.reader.refuse(place, f"The {what} {name} is there already, in {first.file} line {first.line}.")

    # Rules.

    def _conditions(self) -> ConditionReader:
        return ConditionReader(self.reader, self.outcomes)

    def _identified(self, tree: Tree, what: str, keys: tuple[str, ...]) -> tuple[Table, str] | None:
        table = self.reader.table(tree, what, None)
        if table is None:
            return None
        name = self.reader.text(self.reader.required(table, "id", f"A {what.split()[-1]}"), "id")
        if name is None:
            return None
        self.reader.rule = name
        self.reader.table(tree, what, keys)
        if not _ID.fullmatch(name):
            self.reader.refuse(table.place, "An id is made of small letters, digits and hyphens.")
        self._once(name, table.place, "id")
        return table, name

    def _rule(self, tree: Tree, advice: bool, file: str) -> Rule | None:
        identified = self._identified(tree, "a rule", RULE_KEYS)
        if identified is None:
            return None
        table, name = identified
        reader, noted = self.reader, len(self.reader.problems)
        title = reader.text(reader.required(table, "title", "The rule"), "title")
        conditions = self._conditions()
        when = conditions.read(reader.required(table, "when", "The rule"), Where.ADVICE if advice else Where.WHEN)
        if advice and table.get("unless") is not None:
            reader.refuse(table.place, "An advice rule needs no unless: it may say not.")
        unless = None if advice else conditions.read(table.get("unless"), Where.UNLESS)
        conclude = reader.required(table, "conclude", "The rule")
        concludes = () if advice else tuple(self._concludes(conclude))
        advises = tuple(self._advises(conclude)) if advice else ()
        source = self._citation(table)
        examples = tuple(self._examples(table, unless is not None))
        dated = table.get("valid")
        if dated is not None and not advice:
            reader.refuse(dated.place, "Only advice is dated: a finding holds as long as its rule set does.")
        valid = reader.table(dated, "valid", ("from", "to"))
        discretion = self._discretion(table)
        if conclude is not None and not concludes and not advises and len(reader.problems) == noted:
            reader.refuse(conclude.place, "The rule concludes nothing: expected an outcome, or a kind of advice.")
        if len(reader.problems) > noted or title is None or when is None or source is None:
            return None
        return Rule(
            id=name,
            title=title,
            when=when,
            unless=unless,
            concludes=concludes,
            advises=advises,
            source=source,
            covers=tuple(self._covers(table, name)),
            discretion=discretion,
            disagreement=reader.text(table.get("disagreement"), "disagreement") or "",
            note=reader.text(table.get("note"), "note") or "",
            valid_from=reader.date(valid.get("from"), "from") if valid else None,
            valid_to=reader.date(valid.get("to"), "to") if valid else None,
            examples=examples,
            rule_set=self.rule_set,
            file=file,
            line=table.place.line,
        )

    def _discretion(self, table: Table) -> bool:
        value = table.get("discretion")
        if value is not None and self.reader.text(value, "discretion") != "may":
            self.reader.refuse(value.place, "The one discretion there is: may (the source says it can, not that it must).")
        return value is not None

    def _concludes(self, tree: Tree | None) -> Iterator[Conclusion]:
        for key, value in self.reader.pairs(tree, "conclude") if tree else ():
            outcome = self.outcomes.get(key.text)
            if outcome is None:
                hint = " (advice belongs in a file with advice: true)" if key.text in list(AdviceKind) else ""
                self.reader.refuse(key.place, f"Unknown outcome {key.text}{hint}; {nearest(key.text, self.outcomes)}")
                continue
            known = outcome.values if isinstance(outcome, Scale) else outcome.members
            for item in self.reader.one_or_more(value):
                text = self.reader.text(item, key.text)
                if text is None:
                    continue
                if text not in known:
                    self.reader.refuse(item.place, f"Unknown value {text} of {key.text}; {nearest(text, known)}")
                elif isinstance(outcome, Scale) and text == known[0]:
                    self.reader.refuse(item.place, f"{key.text} stands at {text} or above anyway: conclude a higher value.")
                else:
                    yield Conclusion(key.text, known.index(text))

    def _advises(self, tree: Tree | None) -> Iterator[Advice]:
        for key, value in self.reader.pairs(tree, "conclude") if tree else ():
            if key.text not in list(AdviceKind):
                hint = " (a finding may not stand in a file with advice: true)" if key.text in self.outcomes else ""
                self.reader.refuse(key.place, f"Unknown kind of advice {key.text}{hint}; {nearest(key.text, AdviceKind)}")
                continue
            for item in self.reader.one_or_more(value):
                advice = self._advice(AdviceKind(key.text), item)
                if advice is not None:
                    yield advice

    def _advice(self, kind: AdviceKind, tree: Tree) -> Advice | None:
        reader = self.reader
        if kind is AdviceKind.STATUS:
            allowed = (Status.ACT_FIRST, Status.NOT_FOR_THIS_TOOL)
            text = reader.text(tree, "status")
            if text is not None and text not in allowed:
                reader.refuse(
                    tree.place, f"A rule may set the status to {' or '.join(allowed)}; the others follow from the case."
                )
            return Advice(kind, text) if text else None
        if kind is AdviceKind.PATHWAYS:
            table = reader.table(tree, "a pathway", PATHWAY_KEYS)
            if table is None:
                return None
            to = reader.text(reader.required(table, "to", "A pathway"), "to")
            response = reader.text(reader.required(table, "expected_response", "A pathway"), "expected_response")
            panel = reader.text(table.get("panel"), "panel") or ""
            return Advice(kind, to, response, panel) if to and response else None
        if kind is AdviceKind.REFERRAL_GAPS and isinstance(tree, Table):
            reader.table(tree, "a gap", GAP_KEYS)
            text = reader.text(reader.required(tree, "text", "A gap"), "text")
            judges = reader.truth(tree.get("calls_not_appropriate"), "calls_not_appropriate")
            return Advice(kind, text, judges=judges) if text else None
        text = reader.text(tree, kind)
        return Advice(kind, text) if text else None

    def _citation(self, table: Table) -> Citation | None:
        reader = self.reader
        source = reader.table(reader.required(table, "source", "The rule"), "source", ("work", "at", "basis"))
        if source is None:
            return None
        work_tree = reader.required(source, "work", "The source")
        work = reader.text(work_tree, "work")
        at = reader.text(reader.required(source, "at", "The source"), "at")
        basis = reader.one_of(reader.required(source, "basis", "The source"), "basis", Basis)
        if work is None or at is None or basis is None or work_tree is None:
            return None
        self.parts.cited.append((reader.rule, work, work_tree.place))
        return Citation(work, at, basis)

    def _covers(self, table: Table, rule: str) -> Iterator[str]:
        for item in self.reader.one_or_more(table.get("covers")):
            cell = self.reader.text(item, "covers")
            if cell is not None:
                self.parts.covered.append((rule, cell, item.place))
                yield cell

    def _floor(self, tree: Tree) -> None:
        identified = self._identified(tree, "a floor", ("id", "title", "when", "unless", "at_least", "source", "covers"))
        if identified is None:
            return
        table, name = identified
        reader, conditions = self.reader, ConditionReader(self.reader, {})  # a floor speaks of facts alone
        title = reader.text(reader.required(table, "title", "The floor"), "title")
        when = conditions.read(reader.required(table, "when", "The floor"), Where.WHEN)
        unless = conditions.read(table.get("unless"), Where.UNLESS)
        words = {tier.word: tier for tier in Tier}
        written = reader.text(reader.required(table, "at_least", "The floor"), "at_least")
        if written is not None and written not in words:
            reader.refuse(table.place, f"Unknown tier {written}; expected {', '.join(words)}.")
        source = self._citation(table)
        if title and when and written in words and source:
            covers = tuple(self._covers(table, name))
            self.parts.floors.append(
                Floor(
                    id=name,
                    title=title,
                    when=when,
                    unless=unless,
                    at_least=words[written],
                    source=source,
                    covers=covers,
                )
            )

    # Examples.

    def _examples(self, table: Table, has_exception: bool) -> Iterator[Example]:
        examples = self.reader.table(
            self.reader.required(table, "examples", "The rule"), "examples", [str(kind) for kind in ExampleKind]
        )
        if examples is None:
            return
        needed = [ExampleKind.COUNTS, ExampleKind.DOES_NOT, *([ExampleKind.EXCEPTED] if has_exception else [])]
        for kind in ExampleKind:
            tree = examples.get(kind)
            items = self.reader.items(tree, kind)
            if not items and kind in needed:
                self.reader.refuse(examples.place, f"The rule has no example under {kind}.")
            if items and kind not in needed and tree is not None:
                self.reader.refuse(tree.place, "The rule has no unless, so nothing excepts it.")
            for item in items:
                example = self._example(item, kind)
                if example is not None:
                    yield example

    def _example(self, tree: Tree, kind: ExampleKind) -> Example | None:
        table = self.reader.table(tree, "an example")
        if table is None:
            return None
        facts: dict[str, object] = {}
        given: list[Conclusion] = []
        gives: tuple[tuple[str, int | tuple[int, ...]], ...] = ()
        rest_is_no = False
        places: dict[str, Place] = {}
        for key, value in table.entries:
            if key.text == "gives":
                gives = tuple(self._gives(value))
            elif key.text == REST_IS_NO:
                rest_is_no = self.reader.text(value, REST_IS_NO) == "no"
                if not rest_is_no:
                    self.reader.refuse(value.place, "rest may be no: every other question of the stage is answered no.")
            elif key.text in self.outcomes:
                given += self._concludes(Table(((key, value),), key.place))
            elif isinstance(value, Text):
                facts[key.text] = value.plain if isinstance(value.plain, int) else value.text
                places[key.text] = value.place
            else:
                self.reader.refuse(value.place, f"{key.text} has to be answered with a word or a number.")
        try:
            case = Case(**facts)
        except ValidationError as error:
            for problem in error.errors():
                name = str(problem["loc"][0]) if problem["loc"] else ""
                self.reader.refuse(places.get(name, table.place), f"{name}: {problem['msg']}")
            return None
        answers = {name: case.__dict__[name] for name in POSITIONS if name in case.model_fields_set}
        known = {name: None if answer is None else int(answer) for name, answer in answers.items()}
        return Example(kind, tuple(known.items()), tuple(given), gives, rest_is_no, table.place.line)

    def _gives(self, tree: Tree) -> Iterator[tuple[str, int | tuple[int, ...]]]:
        """What the outcomes are; a scale may be said to stay at its lowest."""
        for key, value in self.reader.pairs(tree, "gives"):
            outcome = self.outcomes.get(key.text)
            if isinstance(outcome, Scale) and isinstance(value, Text) and value.text == outcome.values[0]:
                yield key.text, 0
            elif isinstance(outcome, Collection) and isinstance(value, Items) and not value.items:
                yield key.text, ()
            else:
                found = [conclusion.value for conclusion in self._concludes(Table(((key, value),), key.place))]
                if found:
                    yield key.text, tuple(sorted(found)) if isinstance(outcome, Collection) else found[0]


def required_knowledge(reader: Reader, tree: Tree | None) -> dict[Stage, tuple[str, ...]]:
    """What has to be answered at each stage before a lowest tier may be suggested."""
    words = {stage.word: stage for stage in Stage}
    required: dict[Stage, tuple[str, ...]] = {}
    for key, value in reader.pairs(tree, "required") if tree else ():
        if key.text not in words:
            reader.refuse(key.place, f"Unknown stage {key.text}; {nearest(key.text, words)}")
            continue
        for item in reader.one_or_more(value):
            name = reader.text(item, "required")
            if name is not None and name not in FACTS:
                reader.refuse(item.place, f"Unknown fact {name}; {nearest(name, FACTS)}")
            elif name is not None and words[key.text] not in FACTS[name].stages:
                reader.refuse(item.place, f"{name} is not asked at this stage, so nobody could answer it.")
        required[words[key.text]] = reader.texts(value, "required")
    return required
