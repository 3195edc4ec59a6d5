"""Loading a rule set: its settings, its files, what it shares and what it extends; every mistake reported at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from thresholds.evaluation.reference import find
from thresholds.facts.record import encode
from thresholds.language.conditions import Condition, Stands, leaves
from thresholds.language.rules import CircleError, Collection, Outcome, RuleSet, Scale
from thresholds.loading.places import SETTINGS, shipped
from thresholds.loading.problems import Place, RuleSetError, nearest
from thresholds.loading.reading import Reader
from thresholds.loading.rule_files import FileReader, Parts, required_knowledge
from thresholds.loading.yaml_nodes import Table, Tree, read_yaml
from thresholds.scales import EARLIEST_MONTHS, Reading, Tier

SETTING_KEYS = (
    "id",
    "version",
    "title",
    "about",
    "status",
    "valid_from",
    "valid_to",
    "extends",
    "authors",
    "reviewed_by",
    "pathways_on",
    "scales",
    "sets",
    "required",
    "shares",
)


def read_rule_set(folder: Path) -> RuleSet:
    """The rule set in a folder. Raises `RuleSetError` with every mistake in all its files."""
    reader = Reader()
    loaded = _RuleSetReader(reader, folder, ()).read()
    if reader.problems or loaded is None:
        raise RuleSetError(reader.problems)
    return loaded.rule_set


@dataclass
class _Loaded:
    rule_set: RuleSet
    parts: Parts


@dataclass
class _RuleSetReader:
    """Reads one folder, and the folder of what it extends before it."""

    reader: Reader
    folder: Path
    inside: tuple[Path, ...]
    parts: Parts = field(default_factory=Parts)

    def read(self) -> _Loaded | None:
        settings_place = Place(str(self.folder / SETTINGS), 1, 1)
        tree = self._tree(self.folder / SETTINGS)
        settings = self.reader.table(tree, SETTINGS, SETTING_KEYS)
        if settings is None:
            if tree is None and not self.reader.problems:
                self.reader.refuse(settings_place, "This file is empty: it has to say what the rule set is.")
            return None
        parent = self._parent(settings)
        if settings.get("extends") is not None and parent is None:
            return None
        outcomes = {outcome.name: outcome for outcome in parent.rule_set.outcomes} if parent else {}
        outcomes |= self._outcomes(settings, outcomes)
        name = self.reader.text(self.reader.required(settings, "id", SETTINGS), "id") or self.folder.name
        if name != self.folder.name:
            self.reader.refuse(settings_place, f"The id {name} is not the name of its folder, {self.folder.name}.")
        if parent:
            self.parts.places |= parent.parts.places
            self.parts.sources |= parent.parts.sources
            self.parts.cells |= parent.parts.cells
        for path in self._files(settings):
            file_tree = self._tree(path)
            if file_tree is not None:
                FileReader(self.reader, outcomes, name, self.parts).read(file_tree, self._named(path))
        rule_set = self._assemble(name, settings, outcomes, parent.rule_set if parent else None)
        if rule_set is None:
            return None
        self._check_names()
        self._check_meaning(rule_set, settings_place)
        return _Loaded(rule_set, self.parts)

    # Files.

    def _tree(self, path: Path) -> Tree | None:
        place = Place(str(path), 1, 1)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.reader.refuse(
                place,
                "There is no such file." + (" A rule set is a folder with this file in it." if path.name == SETTINGS else ""),
            )
            return None
        except UnicodeDecodeError:
            self.reader.refuse(place, "This file is not text in UTF-8.")
            return None
        except OSError as error:
            self.reader.refuse(place, f"This file cannot be read: {error.strerror}.")
            return None
        tree, problems = read_yaml(text, str(path))
        self.reader.problems += problems
        return tree

    def _files(self, settings: Table) -> Iterator[Path]:
        for path in sorted(self.folder.glob("*.yml")):
            self.reader.refuse(Place(str(path), 1, 1), f"This file would not be read: rename it to {path.stem}.yaml.")
        yield from (path for path in sorted(self.folder.glob("*.yaml")) if path.name != SETTINGS)
        for shared in self.reader.texts(settings.get("shares"), "shares"):
            yield Path(os.path.normpath(self.folder / shared))

    def _named(self, path: Path) -> str:
        return f"{path.resolve().parent.name}/{path.name}"

    def _parent(self, settings: Table) -> _Loaded | None:
        extends = settings.get("extends")
        name = self.reader.text(extends, "extends")
        if name is None or extends is None:
            return None
        beside = {path.parent.name: path.parent for path in sorted(self.folder.resolve().parent.glob(f"*/{SETTINGS}"))}
        folders = shipped() | beside
        if name not in folders:
            self.reader.refuse(
                extends.place, f"There is no rule set {name} beside this one, nor shipped; {nearest(name, folders)}"
            )
            return None
        resolved = self.folder.resolve()
        if folders[name].resolve() in (resolved, *self.inside):
            self.reader.refuse(extends.place, "A rule set cannot extend itself, directly or through others.")
            return None
        return _RuleSetReader(self.reader, folders[name], (*self.inside, resolved)).read()

    # Settings.

    def _outcomes(self, settings: Table, inherited: Mapping[str, Outcome]) -> dict[str, Outcome]:
        outcomes: dict[str, Outcome] = {}
        for key, value in self.reader.pairs(settings.get("scales"), "scales") if settings.get("scales") else ():
            table = self.reader.table(value, "a scale", ("label", "values", "at_least"))
            if table is None:
                continue
            values = self.reader.texts(self.reader.required(table, "values", "A scale"), "values")
            at_least = self.reader.texts(table.get("at_least"), "at_least")
            outcomes[key.text] = Scale(key.text, values, at_least, self._label(key.text, table))
            if len(set(values)) < max(2, len(values)):
                self.reader.refuse(value.place, "A scale has two values or more, each once.")
        for key, value in self.reader.pairs(settings.get("sets"), "sets") if settings.get("sets") else ():
            table = self.reader.table(value, "a set", ("label", "members"))
            if table is not None:
                members = self.reader.texts(self.reader.required(table, "members", "A set"), "members")
                outcomes[key.text] = Collection(key.text, members, self._label(key.text, table))
        for name, outcome in outcomes.items():
            if name in inherited:
                self.reader.refuse(settings.place, f"The outcome {name} is declared by what this rule set extends.")
            for lower in outcome.at_least if isinstance(outcome, Scale) else ():
                other = outcomes.get(lower, inherited.get(lower))
                if not isinstance(other, Scale) or other == outcome or other.values != _values(outcome):
                    self.reader.refuse(
                        settings.place, f"{name} is at least {lower}, which has to be another scale of the same values."
                    )
        return outcomes

    def _label(self, name: str, table: Table) -> str:
        return self.reader.text(table.get("label"), "label") or name.replace("_", " ")

    def _assemble(self, name: str, settings: Table, outcomes: Mapping[str, Outcome], parent: RuleSet | None) -> RuleSet | None:
        reader = self.reader
        texts = {
            key: reader.text(reader.required(settings, key, SETTINGS), key) for key in ("version", "title", "about", "status")
        }
        valid_from = reader.date(reader.required(settings, "valid_from", SETTINGS), "valid_from")
        pathways_on = reader.date(reader.required(settings, "pathways_on", SETTINGS), "pathways_on")
        tier = outcomes.get("tier")
        if not isinstance(tier, Scale) or tier.values != tuple(word.word for word in Tier):
            reader.refuse(settings.place, f"A rule set needs a scale tier with the values {', '.join(t.word for t in Tier)}.")
            return None
        required = required_knowledge(reader, settings.get("required"))
        for stage, names in parent.required.items() if parent else ():
            required[stage] = tuple(dict.fromkeys((*names, *required.get(stage, ()))))
        if valid_from is None or pathways_on is None:
            return None
        return RuleSet(
            id=name,
            version=texts["version"] or "",
            title=texts["title"] or "",
            about=texts["about"] or "",
            status=texts["status"] or "",
            valid_from=valid_from,
            valid_to=reader.date(settings.get("valid_to"), "valid_to"),
            extends=parent,
            authors=reader.texts(settings.get("authors"), "authors"),
            reviewed_by=reader.texts(settings.get("reviewed_by"), "reviewed_by"),
            pathways_on=pathways_on,
            outcomes=tuple(outcomes.values()),
            findings=(*(parent.findings if parent else ()), *self.parts.findings),
            advice=(*(parent.advice if parent else ()), *self.parts.advice),
            floors=(*(parent.floors if parent else ()), *self.parts.floors),
            required=required,
            sources=self.parts.sources,
            cells=tuple(self.parts.cells.values()),
        )

    # What can be seen only once everything is read.

    def _check_names(self) -> None:
        for rule, work, place in self.parts.cited:
            if work not in self.parts.sources:
                self._refuse(rule, place, f"Unknown source {work}; {nearest(work, self.parts.sources)}")
        for rule, cell, place in self.parts.covered:
            if cell not in self.parts.cells:
                self._refuse(rule, place, f"Unknown source cell {cell}; {nearest(cell, self.parts.cells)}")

    def _check_meaning(self, rule_set: RuleSet, settings_place: Place) -> None:
        for rule in self.parts.advice:
            if any(advice.judges for advice in rule.advises) and not _reads_highest(rule.when):
                self._refuse(
                    rule.id,
                    self._place(rule.id),
                    "A gap that calls a referral not appropriate has to read tier highest: with less known the tier may be 3.",
                )
        try:
            _ = rule_set.steps
        except CircleError as error:
            for name in error.rules:
                self._refuse(name, self._place(name, settings_place), str(error))
            return
        for position in find(rule_set, encode({"age_months": EARLIEST_MONTHS}), Reading.SUGGESTED).counting:
            rule = rule_set.findings[position]
            self._refuse(rule.id, self._place(rule.id, settings_place), "The rule counts when nothing but an age is known.")

    def _place(self, rule: str, otherwise: Place | None = None) -> Place:
        return self.parts.places.get(f"id {rule}", otherwise or Place(str(self.folder), 1, 1))

    def _refuse(self, rule: str, place: Place, message: str) -> None:
        self.reader.rule = rule
        self.reader.refuse(place, message)
        self.reader.rule = ""


def _values(outcome: Outcome) -> tuple[str, ...]:
    return outcome.values if isinstance(outcome, Scale) else ()


def _reads_highest(condition: Condition) -> bool:
    return any(
        isinstance(leaf, Stands) and (leaf.scale, leaf.reading) == ("tier", Reading.HIGHEST) for leaf in leaves(condition)
    )
