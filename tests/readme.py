"""The commands and the output that the README shows, so that they can be run and compared word for word.

python tests/readme.py first      print the first command
python tests/readme.py second     print the second command
python tests/readme.py compare    compare standard input with the output shown
"""

from __future__ import annotations

import difflib
import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str, page: Path = README) -> list[str]:
    """The blocks of code in a language on a page, in order."""
    return [text for name, text in _BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def command(number: int) -> str:
    """The first or the second command for a POSIX shell."""
    return blocks("sh")[number]


def output() -> str:
    """The output shown under the first command."""
    return blocks("text")[0]


def main(arguments: list[str]) -> int:
    """Do what is asked; 0 where it went well."""
    if arguments in (["first"], ["second"]):
        print(command(["first", "second"].index(arguments[0])), end="")
        return 0
    if arguments == ["compare"]:
        differing = list(
            difflib.unified_diff(output().splitlines(), sys.stdin.read().splitlines(), "README", "output", lineterm="")
        )
        print("\n".join(differing) or "as the README shows")
        return 1 if differing else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
