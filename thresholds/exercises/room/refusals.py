"""What is wrong with the lines of a file, as sentences: one and the same mistake is said once, with all its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def listed(shown: str, refused: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """A sentence for each mistake, in the order of the first line of each; `shown` is what the file is called.

    "answers.csv:2: tier: ..." where it is on one line, "answers.csv: lines 2, 5 and 9: tier: ..." where it is on several.
    """
    by_message: dict[str, dict[int, None]] = {}
    for line, message in sorted(refused, key=lambda one: one[0]):
        by_message.setdefault(message, {})[line] = None
    return tuple(f"{shown}:{_where(list(lines))}: {message}" for message, lines in by_message.items())


def _where(lines: Sequence[int]) -> str:
    if len(lines) == 1:
        return str(lines[0])
    *others, last = _runs(lines)
    return f" lines {', '.join(others)} and {last}" if others else f" lines {last}"


def _runs(lines: Sequence[int]) -> Iterator[str]:
    """The lines one by one, and three or more that follow each other as "2 to 4"."""
    begins = [at for at, line in enumerate(lines) if not at or line != lines[at - 1] + 1]
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        if end - begin > 2:
            yield f"{lines[begin]} to {lines[end - 1]}"
        else:
            yield from map(str, lines[begin:end])
