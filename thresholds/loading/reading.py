"""Reading a tree into values, and noting every mistake on the way instead of stopping at the first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from thresholds.loading.problems import Place, Problem, nearest
from thresholds.loading.yaml_nodes import Items, Table, Text, Tree

_E = TypeVar("_E", bound=StrEnum)


@dataclass
class Reader:
    """Notes mistakes, and the rule they are in. Every method returns None, or nothing, where it noted one."""

    problems: list[Problem] = field(default_factory=list)
    rule: str = ""

    def refuse(self, place: Place, message: str) -> None:
        """Note a mistake at this place."""
        self.problems.append(Problem(place, self.rule, message))

    def table(self, tree: Tree | None, what: str, keys: Iterable[str] | None = None) -> Table | None:
        """A mapping, with no keys but these (any, where `keys` is None)."""
        if tree is None:
            return None
        if not isinstance(tree, Table):
            self.refuse(tree.place, f"{what} has to be a mapping of keys to values.")
            return None
        known = None if keys is None else list(keys)
        for key, _ in tree.entries:
            if known is not None and key.text not in known:
                self.refuse(key.place, f"Unknown key {key.text} in {what}; {nearest(key.text, known)}")
        return tree

    def required(self, table: Table, key: str, what: str) -> Tree | None:
        """The value under a key that has to be there."""
        value = table.get(key)
        if value is None:
            self.refuse(table.place, f"{what} has no {key}.")
        return value

    def text(self, tree: Tree | None, what: str) -> str | None:
        """A text that is not empty, its line breaks folded."""
        if tree is None:
            return None
        if not isinstance(tree, Text) or not tree.text.strip() or tree.plain is None:
            self.refuse(tree.place, f"{what} has to be a text.")
            return None
        return " ".join(tree.text.split())

    def texts(self, tree: Tree | None, what: str) -> tuple[str, ...]:
        """A text or a list of texts."""
        return tuple(text for item in self.one_or_more(tree) if (text := self.text(item, what)) is not None)

    def one_or_more(self, tree: Tree | None) -> tuple[Tree, ...]:
        """The items of a list, or the one thing that stands there instead of a list."""
        if tree is None:
            return ()
        return tree.items if isinstance(tree, Items) else (tree,)

    def items(self, tree: Tree | None, what: str) -> tuple[Tree, ...]:
        """The items of a list."""
        if tree is None:
            return ()
        if not isinstance(tree, Items):
            self.refuse(tree.place, f"{what} has to be a list.")
            return ()
        return tree.items

    def one_of(self, tree: Tree | None, what: str, words: type[_E]) -> _E | None:
        """One of the words of an enumeration."""
        text = self.text(tree, what)
        if text is None or tree is None:
            return None
        if text not in list(words):
            self.refuse(tree.place, f"Unknown {what} {text}; {nearest(text, words)}")
            return None
        return words(text)

    def date(self, tree: Tree | None, what: str) -> dt.date | None:
        """A date written as 2011-07-31."""
        text = self.text(tree, what)
        if text is None or tree is None:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            self.refuse(tree.place, f"{what} has to be a date like 2011-07-31.")
            return None

    def truth(self, tree: Tree | None, what: str) -> bool:
        """True or false; false where it is left out."""
        if tree is None:
            return False
        if not isinstance(tree, Text) or not isinstance(tree.plain, bool):
            self.refuse(tree.place, f"{what} has to be true or false.")
            return False
        return tree.plain

    def pairs(self, tree: Tree | None, what: str) -> Iterator[tuple[Text, Tree]]:
        """The keys and values of a mapping that may have any keys."""
        table = self.table(tree, what)
        if table is not None:
            yield from table.entries
