"""YAML as values that know where they stand.

YAML 1.2, so that the answer `no` is a word. Anchors, tags and several documents in a file are refused: nothing here needs
them, and an anchor can make a small file enormous. A key given twice is a mistake, not a choice of the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from thresholds.loading.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Text:
    """A single value, as written; `plain` is what YAML takes it for: a text, a number, a truth, or None."""

    text: str
    plain: str | int | float | bool | None
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Tree, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping; each key once."""

    entries: tuple[tuple[Text, Tree], ...]
    place: Place

    def get(self, key: str) -> Tree | None:
        """The value under this key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Tree = Text | Items | Table


Lines = dict[tuple[int | str, ...], int]
"""On which line the thing stands that is reached by these keys and positions."""


def plain_value(tree: Tree, at: tuple[int | str, ...], lines: Lines) -> object:
    """A tree as plain values, where it is no rule but somebody's data; the line of each is put into `lines`."""
    lines[at] = tree.place.line
    match tree:
        case Text(_, plain, _):
            return plain
        case Items(items, _):
            return [plain_value(item, (*at, number), lines) for number, item in enumerate(items)]
        case Table(entries, _):
            return {name.text: plain_value(value, (*at, name.text), lines) for name, value in entries}


def read_yaml(text: str, file: str) -> tuple[Tree | None, list[Problem]]:
    """The tree in a YAML text, None for an empty one, and the mistakes. `file` is named in the mistakes."""
    try:
        node = YAML(typ="safe", pure=True, plug_ins=[]).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        return None, [Problem(place, "", f"This is not YAML that can be read: {_first_line(error.problem)}.")]
    except RecursionError:
        return None, [Problem(Place(file, 1, 1), "", "This is nested too deeply to be read.")]
    except (YAMLError, ValueError) as error:
        return None, [Problem(Place(file, 1, 1), "", f"This is not YAML that can be read: {_first_line(str(error))}.")]
    if node is None:
        return None, []
    reader = _TreeReader(file)
    try:
        return reader.tree(node), reader.problems
    except RecursionError:
        return None, [Problem(Place(file, 1, 1), "", "This is nested too deeply to be read.")]


def _first_line(text: str | None) -> str:
    return (text or "it breaks off").strip().splitlines()[0].rstrip(".")


class _TreeReader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def tree(self, node: Node) -> Tree:
        place = self._place(node)
        if node.anchor:
            self._refuse(place, "Anchors and aliases (& and *) are not read here: write the value out.")
            return Text("", None, place)
        if not isinstance(node, ScalarNode) and str(node.tag).rpartition(":")[2] not in ("seq", "map"):
            self._refuse(place, "Tags (!) are not read here.")
        if isinstance(node, ScalarNode):
            return Text(node.value, self._plain(node, place), place)
        if isinstance(node, SequenceNode):
            return Items(tuple(self.tree(item) for item in node.value), place)
        if isinstance(node, MappingNode):
            return Table(tuple(self._entries(node)), place)
        raise TypeError(f"YAML has no {type(node).__name__}")

    def _entries(self, node: MappingNode) -> Iterator[tuple[Text, Tree]]:
        seen: dict[str, Place] = {}
        for key, value in node.value:
            name = self.tree(key)
            if not isinstance(name, Text):
                self._refuse(name.place, "A key has to be a single word or text.")
                continue
            if name.text in seen:
                self._refuse(name.place, f"{name.text} is given twice; first on line {seen[name.text].line}.")
                continue
            seen[name.text] = name.place
            yield name, self.tree(value)

    def _plain(self, node: ScalarNode, place: Place) -> str | int | float | bool | None:
        kind = str(node.tag).rpartition(":")[2]
        text = str(node.value)
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        try:
            if kind == "int":
                return int(text.replace("_", ""), 10)
            if kind == "float":
                return float(text.replace("_", ""))
        except ValueError:
            return text
        if kind not in ("str", "timestamp"):
            self._refuse(place, "Tags (!) are not read here.")
        return text

    def _place(self, node: Node) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def _refuse(self, place: Place, message: str) -> None:
        self.problems.append(Problem(place, "", message))
