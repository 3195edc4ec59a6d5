"""Where the shipped rule sets are."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
SETTINGS = "ruleset.yaml"


def rules_folder() -> Path:
    """The folder of the shipped rule sets: inside the package when installed from a wheel, beside it in a checkout.

    Raises FileNotFoundError where there is neither.
    """
    for folder in (_PACKAGE / "rules", _PACKAGE.parent / "rules"):
        if any(folder.glob(f"*/{SETTINGS}")):
            return folder
    raise FileNotFoundError("The rules that belong to this package are not beside it: install it again.")


def shipped() -> dict[str, Path]:
    """The shipped rule sets: id to folder, in order of id."""
    return {path.parent.name: path.parent for path in sorted(rules_folder().glob(f"*/{SETTINGS}"))}
