"""CSV as spreadsheets and people write it: what stands between the cells, on which line, and where a quotation mark opens."""

import pytest

from thresholds.csv_text import CsvError, csv_decoded, csv_table, is_workbook


def rows(text):
    return [(row.number, row.line, row.cells) for row in csv_table(text, "a list").rows]


def test_a_row_is_where_it_begins():
    text = 'a,b\n"1\n2",x\n\n3,y\n'
    assert rows(text) == [(1, 1, ("a", "b")), (2, 2, ("1\n2", "x")), (3, 4, ()), (4, 5, ("3", "y"))]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_are_counted_however_they_end(ends):
    assert [line for _, line, _ in rows(ends.join(("a,b", '"1', '2",x', "3,y")))] == [1, 2, 4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_stands_between_the_cells_is_found(delimiter):
    lines = (("a", "b", "c"), ('"1,5;"', "2", "3"))
    table = csv_table("\n".join(delimiter.join(line) for line in lines), "a list")
    assert table.delimiter == delimiter
    assert table.rows[1].cells == ("1,5;", "2", "3")


def test_what_excel_says_of_its_delimiter_is_believed_and_no_row():
    assert rows("sep=;\r\na;b,c,d\r\n") == [(2, 2, ("a", "b,c,d"))]


@pytest.mark.parametrize(
    ("text", "row", "line"),
    [
        ('a,b\n1,"2\n3,4\n', 2, 2),  # to the end of the file
        ('a,b\n1,2\n3,"4\n5,"six"\n', 3, 3),  # another one closes it
        ('a,b\n1,"2\n3"\n4,"5""\n6,7\n', 3, 4),  # after one that is well closed, and with one that is doubled
        ('a,b\n"1\n2","3"4\n', 2, 3),  # within a row of several lines
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_said_with_the_line_on_which_it_opens(text, row, line):
    with pytest.raises(CsvError, match="Look for a quotation mark that is not closed") as caught:
        rows(text)
    assert (caught.value.row, caught.value.line) == (row, line)


def test_a_cell_that_no_table_has():
    with pytest.raises(CsvError, match="a cell is longer than 131,072 characters, and no cell of a list is") as caught:
        rows("a,b\n1,2\n" + "x" * 131_073 + ",4\n")
    assert (caught.value.row, caught.value.line) == (3, 3)


def test_what_is_no_text_is_said_with_how_to_save_it():
    assert csv_decoded("\ufeffé".encode()) == "é"
    for data, found in (("é".encode("cp1252"), "Windows-1252"), ("é".encode("utf-16"), "UTF-16"), (b"a\0", "UTF-16")):
        with pytest.raises(CsvError, match=f'it looks like {found}.*save it as "CSV UTF-8') as caught:
            csv_decoded(data)
        assert caught.value.line is None


def test_a_workbook_is_known():
    assert is_workbook(b"PK\x03\x04...")
    assert is_workbook(b"\xd0\xcf\x11\xe0...")
    assert not is_workbook(b"PK,a\n")
