"""An audit to fill in: the headings, one case that is made up, and in Excel what each column holds and its pick lists."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from thresholds.audits.audited import Audit, AuditedCase
from thresholds.audits.columns import FACT_COLUMNS, Column
from thresholds.audits.form import Form
from thresholds.audits.sheets import HEADINGS_OF_COLUMNS, SHEETS_OF_TEMPLATES, heading_of_list, letter, open_pyxl
from thresholds.audits.tables import MADE_UP
from thresholds.audits.writing import Table, as_csv, as_workbook, one_table, parts_of, saved, separate_tables
from thresholds.facts.vocabulary import FACTS
from thresholds.scales import Stage

if TYPE_CHECKING:
    from openpyxl import Workbook

_COLUMNS, _WORDS = SHEETS_OF_TEMPLATES
_ROWS = 500
"""How far down pick lists reach, and cells are kept as text."""

_TYPED_AS_TEXT = ("id", "process", "stratum", "auditor", "held", "tier", "decision")
"""What Excel would make numbers or dates of."""


def template_audit() -> Audit:
    """The audit that a template holds: one case that is made up, and says so, with the judgements of two auditors."""
    case = AuditedCase.model_validate(
        {
            "id": MADE_UP,
            "process": "made-up-process",
            "multi_agency": False,
            "invented": True,
            "held": "2A",
            "seen": "paper",
            "follow_up": [{"what": "re_referred", "because": "new_information", "weeks": 6}],
            "case": {"age_months": 30, "violence_at_home": "suspected", "special_needs": "no"},
            "judgements": [
                {
                    "auditor": "auditor-1",
                    "tier": "2B",
                    "replies": {"referral_appropriate": "yes", "risks_identified": "partly", "tier_appropriate": "no"},
                    "noted": ["siblings_left_out"],
                },
                {
                    "auditor": "auditor-2",
                    "tier": "2A",
                    "replies": {"referral_appropriate": "yes", "tier_3_consulted": "could_not_be_judged"},
                    "why_not_judged": {"tier_3_consulted": "file_incomplete"},
                },
            ],
        }
    )
    return Audit(name="template", cases=(case,))


def template_facts(stages: Sequence[Stage] = tuple(Stage), only: Collection[str] | None = None) -> tuple[str, ...]:
    """The facts that have a column in a template: those asked at any of these stages, and those of the made-up case.

    Where there are `only` some that are wanted, these and those of the made-up case, and no others.
    """
    made_up = template_audit().cases[0].case.known()
    wanted = {name for name, fact in FACTS.items() if set(fact.stages) & set(stages)} if only is None else set(only)
    return tuple(name for name in FACT_COLUMNS if name in made_up or name in wanted)


def template_csv(form: Form = Form.WIDE, facts: Sequence[str] | None = None) -> bytes:
    """The template as CSV, with a column for each of these facts, by default for every fact."""
    return as_csv(one_table(template_audit(), form, template_facts() if facts is None else facts))


def template_workbook(form: Form = Form.WIDE, facts: Sequence[str] | None = None) -> bytes:
    """The template as an Excel workbook; in the long form `facts` are those in the pick list of facts.

    Raises `ExcelUnavailableError` where the extra `excel` is not installed.
    """
    asked = template_facts() if facts is None else tuple(facts)
    audit = template_audit()
    tables = (
        (one_table(audit, form, asked),)
        if form is Form.WIDE
        else tuple(_asking(table, asked) for table in separate_tables(audit, form))
    )
    workbook = as_workbook(tables)
    lists = _add_words(workbook, tables)
    for table in tables:
        _add_pick_lists(workbook, table, lists)
    _add_explanations(workbook, tables)
    return saved(workbook)


def _asking(table: Table, facts: tuple[str, ...]) -> Table:
    """A table whose column of facts, where it has one, may hold these only."""
    columns = ((heading, replace(one, words=facts) if one.name == "fact" else one) for heading, one in table.columns)
    return replace(table, columns=tuple(columns))


def _add_words(workbook: Workbook, tables: Sequence[Table]) -> dict[tuple[str, ...], str]:
    """A sheet with each list of words once, and where each stands."""
    sheet = workbook.create_sheet(_WORDS)
    lists: dict[tuple[str, ...], str] = {}
    for _, column in parts_of(tables):
        if column.words and not column.many and column.words not in lists:
            at = letter(len(lists))
            lists[column.words] = f"{_WORDS}!${at}$2:${at}${len(column.words) + 1}"
            sheet[f"{at}1"] = heading_of_list(len(lists))
            for number, word in enumerate(column.words, 2):
                sheet[f"{at}{number}"] = word
                sheet[f"{at}{number}"].number_format = "@"
    return lists


def _add_pick_lists(workbook: Workbook, table: Table, lists: dict[tuple[str, ...], str]) -> None:
    pyxl, sheet = open_pyxl(), workbook[table.name]
    picks: dict[str, Any] = {}
    for index, (_, column) in enumerate(table.columns):
        if column.name in _TYPED_AS_TEXT:
            for row in range(2, _ROWS + 2):
                sheet[f"{letter(index)}{row}"].number_format = "@"
        if column.words in lists:
            where = lists[column.words]
            if where not in picks:
                picks[where] = pyxl.worksheet.datavalidation.DataValidation("list", formula1=where, allow_blank=True)
                picks[where].showErrorMessage, picks[where].errorStyle = True, "warning"
                picks[where].error = "Choose one of the words in the list, or leave the cell empty."
                sheet.add_data_validation(picks[where])
            picks[where].add(f"{letter(index)}2:{letter(index)}{_ROWS + 1}")


def _add_explanations(workbook: Workbook, tables: Sequence[Table]) -> None:
    sheet = workbook.create_sheet(_COLUMNS)
    sheet.append(list(HEADINGS_OF_COLUMNS))
    for heading, column in parts_of(tables):
        sheet.append([heading, column.says, _allowed(column), "yes" if column.is_needed else ""])
    sheet.append([])
    for sentence in (
        f"The case {MADE_UP} is made up: delete its row. Put your own auditors' keys in place of auditor-1 and auditor-2.",
        "An empty cell is not known, which is never read as no. Columns that you do not want may be deleted.",
        "Write nobody's name anywhere.",
    ):
        sheet.append([sentence])
    for at, width in (("A", 34), ("B", 70), ("C", 60), ("D", 8)):
        sheet.column_dimensions[at].width = width


def _allowed(column: Column) -> str:
    if column.name in FACTS and not column.words:
        fact = FACTS[column.name]
        return f"A whole number from {fact.lowest} to {fact.highest} ({fact.unit})."
    if column.name.endswith("_weeks"):
        return "A whole number of weeks."
    return "The name of a fact, from the list." if column.name == "fact" else column.expected
