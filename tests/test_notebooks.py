"""The notebooks show what they show now, and can be read where no JavaScript runs.

What is kept is looked at in any environment; to run a notebook needs the extra notebooks, and some the extra verify.
"""

import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from examples.notebooks import run
from thresholds import __version__

ROOT = run.HERE.parent.parent
NOTEBOOKS = run.notebooks(run.HERE)
NEEDS_SOLVER = "thresholds.verification"
NEEDS_CHARTS = "thresholds.views.charts"
READABLE = {"text/plain", "text/html", "text/markdown", "image/png", "image/svg+xml"}
ELEMENTS_THAT_RUN = {"script", "iframe", "object", "embed", "form", "input", "button", "link"}

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def kept(path):
    return json.loads(path.read_text(encoding="utf-8"))


def outputs(notebook):
    return [output for cell in notebook["cells"] for output in cell.get("outputs", [])]


def joined(text):
    return text if isinstance(text, str) else "".join(text)


class Reading(HTMLParser):
    """What is wrong with a piece of HTML for a reader who runs no scripts, or has it read aloud."""

    def __init__(self):
        super().__init__()
        self.wrong = []
        self.tables = []

    def handle_starttag(self, tag, attributes):
        if tag in ELEMENTS_THAT_RUN:
            self.wrong.append(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("on") or "javascript:" in (value or ""):
                self.wrong.append(f"<{tag} {name}>")
        if tag == "table":
            self.tables.append(set())
        elif tag == "caption":
            self.tables[-1].add("caption")
        elif tag == "th":
            self.tables[-1].add("th")
            if dict(attributes).get("scope") not in ("col", "row"):
                self.wrong.append("<th> without scope")
        elif tag == "img" and not dict(attributes).get("alt"):
            self.wrong.append("<img> without alt")

    def handle_endtag(self, tag):
        if tag == "table" and (without := {"caption", "th"} - self.tables[-1]):
            self.wrong.append(f"<table> without {' and '.join(sorted(without))}")


def unreadable(output):
    """What a reader cannot read of an output, in any order."""
    if output["output_type"] == "error":
        return ["an error"]
    if output["output_type"] == "stream":
        return [] if output["name"] == "stdout" else ["something on standard error"]
    data = output["data"]
    wrong = sorted(data.keys() - READABLE)
    if "text/plain" not in data:
        wrong.append("no text/plain")
    if len(joined(data.get("text/plain", ""))) > 1000 and "text/html" not in data:
        wrong.append("a long repr")
    reading = Reading()
    reading.feed(joined(data.get("text/html", "")))
    reading.close()
    return [*wrong, *reading.wrong]


@each
def test_every_output_can_be_read_where_no_javascript_runs(path):
    shown = outputs(kept(path))
    assert shown, "the outputs are kept with the notebook"
    assert [wrong for output in shown for wrong in unreadable(output)] == []


@each
def test_every_table_is_there_as_text_too(path):
    data = [output.get("data", {}) for output in outputs(kept(path))]
    tables = [one for one in data if joined(one.get("text/html", "")).startswith('<div class="thresholds">')]
    assert tables
    for one in tables:
        (caption,) = re.findall("<caption>(.*?)</caption>", joined(one["text/html"]))
        assert " ".join(joined(one["text/plain"]).split()).startswith(unescape(caption))


@each
def test_nothing_of_a_machine_or_of_a_time_is_kept(path):
    written = path.read_text(encoding="utf-8")
    for folder in (ROOT, Path.home(), Path(tempfile.gettempdir())):
        assert folder == Path(folder.anchor) or str(folder) not in written
    assert not re.search(r"/(home|Users|tmp|root)/|site-packages|[A-Z]:\\\\", written)
    assert not re.search(r"\d{4}-\d\d-\d\dT\d\d:\d\d|\b0x[0-9a-f]{6,}", written)
    notebook = kept(path)
    assert notebook["metadata"] == run.METADATA
    assert all(cell["metadata"].keys() <= {"tags"} for cell in notebook["cells"])
    assert [cell["execution_count"] for cell in notebook["cells"] if cell["cell_type"] == "code"] == list(
        range(1, sum(cell["cell_type"] == "code" for cell in notebook["cells"]) + 1)
    )


@each
def test_a_notebook_says_at_its_head_that_what_it_holds_is_made_up(path):
    first = joined(kept(path)["cells"][0]["source"])
    assert re.search(r"invented|made up", first)


@each
def test_the_cells_are_short(path):
    for place, cell in enumerate(kept(path)["cells"], 1):
        if cell["cell_type"] == "code":
            assert joined(cell["source"]).count("\n") < 25, f"cell {place}"


def display(**data):
    return {"output_type": "execute_result", "data": {name.replace("_", "/"): value for name, value in data.items()}}


@pytest.mark.parametrize(
    ("output", "wrong"),
    [
        ({"output_type": "error", "ename": "KeyError"}, "an error"),
        ({"output_type": "stream", "name": "stderr", "text": "!"}, "something on standard error"),
        (display(text_html="<p>1"), "no text/plain"),
        (display(text_plain="R(" + "x" * 1000 + ")"), "a long repr"),
        (display(text_plain="", application_javascript="alert(1)"), "application/javascript"),
        (display(text_plain="", text_html="<script>1</script>"), "<script>"),
        (display(text_plain="", text_html=["<p ", 'onclick="1">']), "<p onclick>"),
        (display(text_plain="", text_html='<a href="javascript:1">'), "<a href>"),
        (display(text_plain="", text_html='<table><tr><th scope="col">A</table>'), "<table> without caption"),
        (display(text_plain="", text_html="<table><caption>A</caption><td>1</table>"), "<table> without th"),
        (display(text_plain="", text_html="<table><caption>A</caption><th>1</table>"), "<th> without scope"),
        (display(text_plain="", text_html='<img src="a.png">'), "<img> without alt"),
    ],
)
def test_what_cannot_be_read_is_noticed(output, wrong):
    assert wrong in unreadable(output)


def test_what_can_be_read_is_not_complained_of():
    readable = '<table><caption>A</caption><tr><th scope="col">B</th></tr><tr><td>1</td></tr></table>'
    assert unreadable(display(text_plain="A", text_html=readable)) == []


# To run them.


@pytest.fixture
def script():
    """Runs the script on a notebook in a process of its own, where warnings of what runs kernels fail no test of ours."""
    for name in ("nbformat", "nbclient", "ipykernel"):
        if importlib.util.find_spec(name) is None:
            pytest.skip("the extra notebooks is not installed")

    def in_a_process(*arguments):
        command = [sys.executable, run.__file__, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout.splitlines()

    return in_a_process


@each
def test_a_notebook_shows_what_is_kept_of_it(path, script):
    if NEEDS_SOLVER in path.read_text(encoding="utf-8"):
        pytest.importorskip("z3", reason="the extra verify is not installed")
    if NEEDS_CHARTS in path.read_text(encoding="utf-8"):
        pytest.importorskip("matplotlib", reason="the extra charts is not installed")
    assert script("--check", path) == (0, []), "if this is meant: python examples/notebooks/run.py"


@pytest.fixture
def made(tmp_path, script):
    """Writes a notebook of these cells to a file, each a source and the tags it has."""
    import nbformat

    def make(*cells):
        notebook = nbformat.v4.new_notebook()
        for place, (source, *tags) in enumerate(cells, 1):
            cell = nbformat.v4.new_code_cell(source, id=f"cell-{place}", metadata={"tags": tags} if tags else {})
            notebook.cells.append(cell)
        path = tmp_path / "made.ipynb"
        path.write_text(run.written(notebook), encoding="utf-8")
        return path

    return make


def shown(path):
    return [joined(one.get("text", "") or one["data"]["text/plain"]) for one in outputs(kept(path))]


def test_a_notebook_runs_in_its_own_folder_and_with_the_library_that_is_installed(made, script, tmp_path, monkeypatch):
    (tmp_path / "elsewhere" / "thresholds").mkdir(parents=True)
    (tmp_path / "elsewhere" / "thresholds" / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "elsewhere"))
    path = made(("import os\nos.getcwd()",), ("import sys\nsys.executable",), ("import thresholds\nthresholds.__version__",))
    assert script(path) == (0, ["made.ipynb: written"])
    assert shown(path) == [repr(str(tmp_path)), repr(sys.executable), repr(__version__)]


def test_a_notebook_that_has_changed_is_said_and_then_written(made, script):
    path = made(("1 + 1",), ("print(2)\nprint(3)",))
    said = [f"made.ipynb: cell {place} shows something else now" for place in (1, 2)]
    assert script("--check", path) == (1, [*said, "made.ipynb: not written as this script writes it"])
    assert shown(path) == []
    assert script(path) == (0, ["made.ipynb: written"])
    assert shown(path) == ["2", "2\n3\n"]
    assert script("--check", path) == (0, [])


def test_a_cell_that_stops_is_named_and_nothing_is_written(made, script):
    path = made(("1",), ("{}['a']",), ("3",))
    before = path.read_text(encoding="utf-8")
    assert script(path) == (1, ["made.ipynb: cell 2 stops: KeyError: 'a'"])
    assert path.read_text(encoding="utf-8") == before


def test_a_notebook_that_there_is_not_is_said(script, tmp_path):
    assert script(tmp_path / "none.ipynb") == (1, [f"{tmp_path / 'none.ipynb'}: There is no such file."])


def test_without_the_extra_one_sentence_says_what_to_install(made, monkeypatch, capsys):
    path = made(("1",))
    monkeypatch.setitem(sys.modules, "nbclient", None)
    assert run.main([str(path)]) == 4
    assert (
        capsys.readouterr().out
        == "This needs the extra notebooks: pip install 'safeguarding-thresholds[notebooks,verify,charts]'\n"
    )


TABLE = '<table><caption>By rules 1</caption><tr><th scope="row">up</th><td>a case</td></tr></table>'


@pytest.mark.parametrize(
    ("tags", "change", "is_noticed"),
    [
        ((), ("a case", "another"), True),
        ((run.AS_FOUND,), ("a case", "another"), False),
        ((run.AS_FOUND,), ("rules 1", "rules 2"), True),
        ((run.AS_FOUND,), (">up<", ">down<"), True),
    ],
)
def test_what_was_found_may_differ_in_a_tagged_cell_where_rules_and_headings_are_the_same(made, tags, change, is_noticed):
    path = made(("1", *tags))
    path.write_text(run.written(showing(path, TABLE)), encoding="utf-8")
    found = list(run.differences(path, showing(path, TABLE.replace(*change))))
    assert found == (["made.ipynb: cell 1 shows something else now"] if is_noticed else [])


def showing(path, html):
    """The notebook with an output in its first cell."""
    from nbformat.v4 import new_output

    notebook = run.read(path)
    notebook.cells[0].outputs = [new_output("display_data", {"text/html": html, "text/plain": html})]
    return notebook


def test_what_is_of_the_machine_is_not_kept(made):
    path = made(("1",))
    notebook = run.read(path)
    notebook.metadata.language_info["version"] = "3.11.7"
    notebook.cells[0].metadata["execution"] = {"iopub.execute_input": "2026-11-24T10:00:00Z"}
    as_kept, path_text = run.written(notebook), path.read_text(encoding="utf-8")
    assert as_kept == path_text
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert list(run.differences(path, notebook)) == ["made.ipynb: not written as this script writes it"]
