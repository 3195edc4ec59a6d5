"""A rule set by its name or its folder. What reads YAML is imported when a rule set is first wanted, and not before."""

from __future__ import annotations

import threading
from pathlib import Path

from thresholds.language.rules import RuleSet
from thresholds.loading.places import shipped
from thresholds.loading.problems import nearest

_LOADED: dict[str, RuleSet] = {}
_LOADING = threading.Lock()


def load_rule_set(rule_set: str | Path) -> RuleSet:
    """A shipped rule set by its name, or anybody's by the `pathlib.Path` of its folder.

    A shipped rule set is read once and kept. Raises `KeyError` for an unknown name, `RuleSetError` for a rule set with
    mistakes, which holds them all. (A name is never taken for a path, so that a service cannot be made to read files.)
    """
    if isinstance(rule_set, Path):
        return _read(rule_set)
    loaded = _LOADED.get(rule_set)
    return _load_shipped(rule_set) if loaded is None else loaded


def _load_shipped(name: str) -> RuleSet:
    folders = shipped()
    if name not in folders:
        hint = " A folder of your own is given as a pathlib.Path." if "/" in name or "\\" in name else ""
        raise KeyError(f"There is no shipped rule set of this name; {nearest(name, folders)}{hint}")
    with _LOADING:
        if name not in _LOADED:
            _LOADED[name] = _read(folders[name])
        return _LOADED[name]


def _read(folder: Path) -> RuleSet:
    from thresholds.loading.rule_sets import read_rule_set

    return read_rule_set(folder)
