"""The lines of a file of JSON Lines, each read strictly by itself, and none of them so long that it is held whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from thresholds.case_files import LONGEST_LINE
from thresholds.json_text import RefusedError, decoded, json_value


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines that hold anything, numbered from 1; None for one that is too long, which is never held whole."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE + 1)
            yield number, None
        elif line.removeprefix(b"\xef\xbb\xbf").strip():
            yield number, line


def value_of(line: bytes | None) -> object:
    """The value on a line. Raises `RefusedError` where it cannot be read, or is too long."""
    if line is None:
        raise RefusedError(f"This line is longer than {LONGEST_LINE // 1_000_000} MB.")
    return json_value(decoded(line).rstrip(), is_line=True)
