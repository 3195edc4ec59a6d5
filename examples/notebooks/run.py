"""Run the notebooks of this folder and keep what they show: `python examples/notebooks/run.py`. It needs the extra notebooks.

With `--check`, write nothing and say which notebooks no longer show what is kept (exit code 1). Notebooks that are named are
run in the place of all: `run.py --check examples/notebooks/01-suggest-and-ask.ipynb`.
"""

from __future__ import annotations

import copy
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
AS_FOUND = "as-found"
"""The tag of a cell whose table could be found otherwise, such as cases that a solver chose: its rows may be any that do.

Its caption, which says by which rules they were found, has to be the same, and so have the headings of its rows.
"""
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
PICTURE = "image/png"
_QUIET = "--log-level=ERROR"  # else each kernel warns that it speaks to this process unencrypted, on this machine
_KERNEL = {
    "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", _QUIET],
    **METADATA["kernelspec"],
}
_LONGEST_CELL_SECONDS = 600
_HEADINGS = re.compile(r"<caption>.*?</caption>|<th .*?</th>")


class NotebookError(Exception):
    """A notebook that cannot be run to its end: which cell stops, and of what."""


def notebooks(folder: Path) -> list[Path]:
    """The notebooks of a folder, in order."""
    return sorted(folder.glob("*.ipynb"))


def read(path: Path) -> Any:
    """The notebook in a file."""
    import nbformat

    return nbformat.read(path, as_version=4)


def executed(path: Path) -> Any:
    """The notebook as it is after a run in a new kernel of this Python, whose working folder is the notebook's own.

    The library is the one that is installed: neither `PYTHONPATH` nor anybody's own start-up files are read. Raises
    `NotebookError` where a cell stops with an error.
    """
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = read(path)
    with tempfile.TemporaryDirectory() as made:
        specification = Path(made, "kernels", "python3", "kernel.json")
        specification.parent.mkdir(parents=True)
        specification.write_text(json.dumps(_KERNEL), encoding="utf-8")
        kernels = KernelSpecManager(kernel_dirs=[str(specification.parent.parent)], ensure_native_kernel=False)
        client = NotebookClient(
            notebook,
            km=AsyncKernelManager(kernel_name="python3", kernel_spec_manager=kernels),
            timeout=_LONGEST_CELL_SECONDS,
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(path.parent)}},
        )
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        try:
            client.execute(env={**environment, "IPYTHONDIR": made}, cleanup_kc=True)
        except CellExecutionError as error:
            place = next(place for place, cell in enumerate(notebook.cells, 1) if _stopped(cell))
            raise NotebookError(f"{path.name}: cell {place} stops: {error.ename}: {error.evalue}") from None
    return notebook


def _stopped(cell: Any) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", []))


def written(notebook: Any) -> str:
    """A notebook as it is kept: nothing of the machine, the kernel or the time, and of a cell's metadata only its tags."""
    import nbformat

    kept = copy.deepcopy(notebook)
    kept.metadata = nbformat.from_dict(METADATA)
    for cell in kept.cells:
        cell.metadata = nbformat.from_dict({name: value for name, value in cell.metadata.items() if name == "tags"})
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = nbformat.from_dict({})
    return str(nbformat.writes(kept)).rstrip("\n") + "\n"


def differences(path: Path, now: Any) -> Iterator[str]:
    """What is kept in a file and is not what a run of it shows now, a sentence each."""
    kept, expected = read(path), copy.deepcopy(now)
    for place, (cell, ran) in enumerate(zip(kept.cells, expected.cells, strict=True), 1):
        if not _is_shown_alike(cell, ran):
            yield f"{path.name}: cell {place} shows something else now"
        ran.update({name: cell[name] for name in ("outputs",) if name in cell})  # looked at; what is left is how it is written
    if path.read_text(encoding="utf-8") != written(expected):
        yield f"{path.name}: not written as this script writes it"


def _is_shown_alike(kept: Any, now: Any) -> bool:
    before, after = (_shown(cell) for cell in (kept, now))
    if AS_FOUND in kept.metadata.get("tags", []):
        return _HEADINGS.findall(str(before)) == _HEADINGS.findall(str(after))
    return before == after


def _shown(cell: Any) -> list[object]:
    shown: list[object] = []
    for output in cell.get("outputs", []):
        kept = {name: value for name, value in output.items() if name != "metadata"}
        if PICTURE in kept.get("data", {}):  # each release of what draws draws a little otherwise; its words are compared
            kept["data"] = {**kept["data"], PICTURE: "a picture"}
        shown.append(kept)
    return shown


def main(arguments: list[str]) -> int:
    """Write the notebooks, or check them."""
    check, failed = "--check" in arguments, False
    for path in [Path(name) for name in arguments if name != "--check"] or notebooks(HERE):
        if not path.is_file():
            print(f"{path}: There is no such file.")
            failed = True
            continue
        try:
            now = executed(path)
        except ImportError:
            print("This needs the extra notebooks: pip install 'safeguarding-thresholds[notebooks,verify,charts]'")
            return 4
        except NotebookError as error:
            print(error)
            failed = True
            continue
        found = list(differences(path, now))
        failed |= check and bool(found)
        if found and not check:
            path.write_text(written(now), encoding="utf-8", newline="\n")
        for line in found if check else [f"{path.name}: written"] if found else []:
            print(line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
