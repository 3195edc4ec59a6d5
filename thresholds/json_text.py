"""JSON that somebody gives: read strictly, and what is wrong with it said with its place and none of its values."""

from __future__ import annotations

import json

from thresholds.households import printable

LARGEST_JSON = 5_000_000
"""How many bytes of JSON are read as one value."""


class RefusedError(Exception):
    """Input that cannot be read any further. The message holds none of it."""


def decoded(data: bytes) -> str:
    """Bytes as text. Raises `RefusedError` where they are not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError("This is not text in UTF-8; save it as UTF-8.") from None


def json_value(text: str, *, is_line: bool = False) -> object:
    """The value that JSON text holds; `is_line` where it is one line of many, so that only the column is told.

    Raises `RefusedError`: for what is no JSON (NaN among it), for a key given twice, and for what is nested too deeply.
    """
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if is_line else f"line {error.lineno}, column {error.colno}"
        raise RefusedError(f"This is not JSON, from {place}: {error.msg}.") from None
    except RecursionError:
        raise RefusedError("This is nested too deeply.") from None
    except ValueError:
        raise RefusedError("This is not JSON: it holds a number that is far too long.") from None


def is_json(text: str | bytes) -> bool:
    """Whether this is a whole JSON value."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise RefusedError(f"{printable(name)} is given twice.")
        found[name] = value
    return found


def _no_constant(name: str) -> object:
    raise RefusedError(f"This is not JSON: {name} is no number.")
