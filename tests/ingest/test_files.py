"""Files as people send them: whatever is wrong with one has an answer, and the good rows come through."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInputError, MissingError
from ingest.adapters.csv_rows import find_separator
from ingest.adapters.files import find_files, read_chunks, read_file
from ingest.adapters.row_ends import Shape, row_ends

Rejects = list[tuple[int, str | None, str]]


def read(path: Path) -> tuple[list[dict[str, str | None]], Rejects]:
    """A file's rows and rejects."""
    rows, _, rejects = read_file(path)
    found = [(one["line"], one["field"], one["reason"]) for one in rejects.to_pylist()]
    return rows.to_pylist(), found


def written(path: Path, data: str | bytes) -> Path:
    """A file with that content."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    """Whatever separates cells, the columns are seen, and a case named NA stays a text."""
    text = "case;what;when\nNA;a b;2020\nB;c d;2021\n".replace(";", separator)
    rows, rejects = read(written(tmp_path / "x.csv", text))
    assert [row["case"] for row in rows] == ["NA", "B"]
    assert [row["when"] for row in rows] == ["2020", "2021"]
    assert rejects == []


def test_quoted_cells_may_hold_line_ends(tmp_path: Path) -> None:
    """A line end inside quotes belongs to the cell, and later rows keep their line."""
    text = 'id,note\n1,"two\nlines, ""quoted"""\n2,12" screen\n3,x,y\n'
    rows, rejects = read(written(tmp_path / "x.csv", text))
    assert rows == [{"id": "1", "note": 'two\nlines, "quoted"'}, {"id": "2", "note": '12" screen'}]
    assert rejects == [(5, None, "The row has 3 cells, the header 2.")]


def test_ragged_rows_are_rejected_with_their_line(tmp_path: Path) -> None:
    """Rows with too many or too few cells are named; blank lines are no rows."""
    rows, rejects = read(written(tmp_path / "x.csv", "a,b\n1,2\n3\n\n4,5,6\n7,8\n"))
    assert [row["a"] for row in rows] == ["1", "7"]
    assert [line for line, _, _ in rejects] == [3, 5]


def test_a_separator_at_the_end_of_rows_is_no_cell(tmp_path: Path) -> None:
    """Exports that end every row with a separator are read, their blank column left nameless."""
    rows, rejects = read(written(tmp_path / "x.csv", "a,b\n1,2,\n3,4,\n5,6,7,8\n"))
    assert [(row["a"], row["b"]) for row in rows] == [("1", "2"), ("3", "4")]
    assert [line for line, _, _ in rejects] == [4]


@pytest.mark.parametrize("rows", ["1,2\n3,4\n", '1,"2\n2"\n3,4\n', "1,2\r\n3,4"])
def test_columns_at_the_end_that_no_row_has_are_left_out(tmp_path: Path, rows: str) -> None:
    """A header may name more than its program ever writes."""
    found, rejects = read(written(tmp_path / "x.csv", f"a,b,c,d\n{rows}"))
    assert [list(row) for row in found] == [["a", "b"]] * 2
    assert [row["a"] for row in found] == ["1", "3"]
    assert rejects == []


@pytest.mark.parametrize("rows", ["1,2\n3,4,5\n", "3,4,5\n1,2\n", "1\n3,4,5\n"])
def test_a_column_that_some_row_has_stays(tmp_path: Path, rows: str) -> None:
    """Rows that lack it are rejected, and told by their line."""
    found, rejects = read(written(tmp_path / "x.csv", f"a,b,c\n{rows}"))
    assert found == [{"a": "3", "b": "4", "c": "5"}]
    assert [line for line, _, _ in rejects] == [2 if rows.startswith("1") else 3]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("cell", ["y", '"y\ny"', '"y\ry"'])
def test_cells_that_only_later_rows_of_a_long_file_have_are_read(tmp_path: Path, end: str, cell: str) -> None:
    """Rows without them have blank ones; rows with more cells than the header, or fewer than all, are rejected."""
    short = [f"{n},x{n}" for n in range(9000)]
    late = [f"a,{cell},2,3", "b,y,2", "c,y", "d,y,2,3,4", "e"]
    found, rejects = read(written(tmp_path / "x.csv", end.join(["k,name,one,two", *short, *late, *short[:5], ""])))
    rows = [tuple(row.values()) for row in found]
    assert rows[9000:9003] == [("a", cell.strip('"'), "2", "3"), ("b", "y", "2", ""), ("c", "y", "", "")]
    assert (rows[0], rows[-1], len(rows)) == (("0", "x0", "", ""), ("4", "x4", "", ""), 9008)
    assert len(rejects) == 2


def test_a_carriage_return_in_a_row_of_a_long_file_spoils_that_row_alone(tmp_path: Path) -> None:
    """Others keep their cells, whether their last ones are there or not."""
    rows = [*(f"{n},x{n}" for n in range(9000)), "a,y\ry,2,3", "b,y,2,3", "c,y"]
    found, rejects = read(written(tmp_path / "x.csv", "\n".join(["k,name,one,two", *rows])))
    assert [tuple(row.values()) for row in found[9000:]] == [("b", "y", "2", "3"), ("c", "y", "", "")]
    assert [line for line, _, _ in rejects] == [9002]


def test_a_column_that_rows_leave_blank_stays(tmp_path: Path) -> None:
    """A separator at the end of the row writes it."""
    found, rejects = read(written(tmp_path / "x.csv", "a,b,c\n1,2,\n3,4,\n"))
    assert ([row["c"] for row in found], rejects) == (["", ""], [])


def test_rows_of_one_cell_do_not_leave_one_column(tmp_path: Path) -> None:
    """They are lines of another table, or of none."""
    found, rejects = read(written(tmp_path / "x.csv", "a,b,c\nsum\n12\n"))
    assert (found, [line for line, _, _ in rejects]) == ([], [2, 3])


@pytest.mark.parametrize("tail", ['3,"cut', "3", '3,"cut\nmore\n'])
def test_a_truncated_file_keeps_its_whole_rows(tmp_path: Path, tail: str) -> None:
    """What stands before the cut is read; the last row is rejected where it is not whole."""
    rows, rejects = read(written(tmp_path / "x.csv", f"a,b\n1,2\n{tail}"))
    assert rows == [{"a": "1", "b": "2"}]
    assert [line for line, _, _ in rejects] == [3]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    """Byte order marks and Windows-1252 are recognised."""
    rows, rejects = read(written(tmp_path / "x.csv", "name,city\nMüller,Köln\n".encode(encoding)))
    assert rows == [{"name": "Müller", "city": "Köln"}]
    assert rejects == []


def test_damaged_bytes_cost_only_their_rows(tmp_path: Path) -> None:
    """In a file that is UTF-8, a row that is not is rejected and said why."""
    data = "name,city\nMüller,Köln\n".encode() + b"M\xfcller,Bonn\n" + "Jäger,Österreich\n".encode()
    rows, rejects = read(written(tmp_path / "x.csv", data))
    assert [row["name"] for row in rows] == ["Müller", "Jäger"]
    assert rejects == [(3, None, "Not UTF-8: set the source's encoding.")]


def test_an_encoding_that_is_none_is_refused(tmp_path: Path) -> None:
    """The user's own word for an encoding is checked."""
    with pytest.raises(BadInputError, match="no encoding 'utf-9'"):
        list(read_chunks(written(tmp_path / "x.csv", "a\n1\n"), encoding="utf-9"))


def test_a_duplicate_header_is_refused(tmp_path: Path) -> None:
    """Two columns of one name cannot be told apart."""
    with pytest.raises(BadInputError, match="more than one column is named 'b'"):
        read(written(tmp_path / "x.csv", "a,b,b\n1,2,3\n"))


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    """A picture is no table, whatever it is called."""
    with pytest.raises(BadInputError, match="not a text file"):
        read(written(tmp_path / "x.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10))


@pytest.mark.parametrize("name", ["x.csv", "x.jsonl", "x.json"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, name: str) -> None:
    """Nothing to read is no failure of a run, but it is told."""
    chunks = list(read_chunks(written(tmp_path / name, "")))
    assert sum(chunk.rows.num_rows for chunk in chunks) == 0
    assert [one.line for chunk in chunks for one in chunk.rejects] == [1]


def test_json_lines_are_flattened_and_bad_ones_rejected(tmp_path: Path) -> None:
    """Objects inside objects become dotted columns, lists stay JSON, and no column needs every row."""
    lines = ['{"id": 1, "home": {"city": "Bonn"}}', "{cut", '{"id": "2", "tags": ["a"]}', "[1]"]
    rows, rejects = read(written(tmp_path / "x.jsonl", "\n".join(lines)))
    assert rows[0] == {"id": "1", "home.city": "Bonn", "tags": None}
    assert rows[1] == {"id": "2", "home.city": None, "tags": '["a"]'}
    assert [line for line, _, _ in rejects] == [2, 4]


def test_a_json_array_is_read_and_a_cut_one_refused(tmp_path: Path) -> None:
    """A whole array of objects is a table; half of one is an error that says what to do."""
    text = json.dumps([{"a": "x"}, {"a": None, "b": 2.5}])
    assert read(written(tmp_path / "x.json", text))[0] == [{"a": "x", "b": None}, {"a": None, "b": "2.5"}]
    with pytest.raises(BadInputError, match="cut short"):
        read(written(tmp_path / "y.json", text[:-5]))


def test_a_damaged_object_of_a_json_array_is_rejected(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 reject their object by its place; no name is changed to hold signs of doubt."""
    text = '[{"a": "Müller"}, {"a": "K?ln"}, {"a": "Åse"}]'.encode().replace(b"?", b"\xf6")
    rows, rejects = read(written(tmp_path / "x.json", text))
    assert [row["a"] for row in rows] == ["Müller", "Åse"]
    assert [line for line, _, _ in rejects] == [2]


def test_parquet_of_any_type_becomes_text(tmp_path: Path) -> None:
    """Numbers, instants and lists come as a person would write them; a damaged file is refused."""
    path = tmp_path / "x.parquet"
    day = pa.array([86_400_000_000], pa.timestamp("us", tz="UTC"))
    pq.write_table(pa.table({"n": [7], "t": day, "l": [["a"]], "b": [True], "s": [None]}), path)
    (row,), _ = read(path)
    assert (row["n"], str(row["t"])[:10], row["l"], row["b"], row["s"]) == ("7", "1970-01-02", '["a"]', "true", None)
    with pytest.raises(BadInputError, match="no whole Parquet file"):
        read(written(tmp_path / "y.parquet", path.read_bytes()[:-20]))


def test_patterns_name_files_in_order(tmp_path: Path) -> None:
    """A pattern gives each file once, by name; one that names nothing is an error."""
    for name in ("b.csv", "a.csv"):
        written(tmp_path / name, "x\n")
    assert [path.name for path in find_files(tmp_path, ["*.csv", "a.csv"])] == ["a.csv", "b.csv"]
    with pytest.raises(MissingError, match="No file is at"):
        find_files(tmp_path, "c*.csv")


CELLS = st.lists(st.lists(st.text('ab,"\n\r;', max_size=4), min_size=2, max_size=2), min_size=1, max_size=8)


@given(rows=CELLS)
def test_rows_end_where_a_csv_reader_ends_them(rows: list[list[str]]) -> None:
    """Cutting at our row ends never cuts a quoted cell."""
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows]
    found = row_ends("".join(quoted).encode(), Shape(separator=",", width=2), last=False)
    sizes = [len(row.encode()) for row in quoted]
    assert found.ends.tolist() == [sum(sizes[: number + 1]) for number in range(len(sizes))]
    assert found.lines.tolist() == [row.count("\n") for row in quoted]
    assert found.spoilt == {}


def test_a_file_of_one_column_has_no_separator() -> None:
    """A comma is assumed where nothing separates."""
    assert find_separator(b"name\nx y\n") == ","


PATIENT = {
    "id": "1",
    "identifier": [{"system": "http://ids.example/mrn", "value": "A7"}, {"system": "urn:oid:2.16.8", "value": "9"}],
    "name": [{"use": "official", "family": "Lee", "given": ["Ann", "Eve"]}, {"use": "maiden", "family": "Roe"}],
    "telecom": [
        {"system": "phone", "value": "555-0100"},
        {"system": "phone", "value": "555-0101", "use": "mobile"},
        {"system": "phone", "value": "555-0199", "use": "old"},
        {"system": "email", "value": "ann@x.example"},
    ],
    "address": [{"line": ["12 Oak St", "Apt 4"], "city": "Reno", "postalCode": "89501"}],
}


def test_lists_that_describe_people_become_columns(tmp_path: Path) -> None:
    """Contacts and numbers by their system, all of one in one cell but those of old; each name and address apart."""
    lines = [json.dumps(PATIENT), json.dumps({"id": "2", "telecom": [], "name": [{"family": "Poe"}]})]
    rows, _ = read(written(tmp_path / "x.jsonl", "\n".join(lines)))
    assert {column: value for column, value in rows[0].items() if value is not None} == {
        "id": "1",
        "identifier.ids.example/mrn": "A7",
        "identifier.2.16.8": "9",
        "use of name": "official",
        "name.family": "Lee",
        "name.given": "Ann Eve",
        "use of name other": "maiden",
        "name other.family": "Roe",
        "telecom.phone": "555-0100; 555-0101",
        "telecom.email": "ann@x.example",
        "address.line": "12 Oak St Apt 4",
        "address.city": "Reno",
        "address.postalCode": "89501",
    }
    assert {column: value for column, value in rows[1].items() if value is not None} == {
        "id": "2",
        "name.family": "Poe",
    }


@pytest.mark.parametrize(
    "value",
    [
        [{"sku": "1", "name": "Lamp"}],
        [{"system": f"s{n}", "value": "1"} for n in range(30)],
        [{"family": "Lee", 'a"b': "1"}],
        [{"family": "Lee", "": "1"}],
        [{"family": "Lee", "*": "1"}],
        ["x", "y"],
    ],
)
def test_other_lists_stay_as_they_are(tmp_path: Path, value: list[object]) -> None:
    """Goods of an order, systems that are none, keys that no path can hold: nothing of them is lost."""
    rows, _ = read(written(tmp_path / "x.jsonl", json.dumps({"id": "1", "a": value})))
    assert rows == [{"id": "1", "a": json.dumps(value, separators=(",", ":"))}]


def test_one_odd_row_takes_nothing_from_the_others(tmp_path: Path) -> None:
    """A text where others have a list, a list too long, a value of no system: each is kept in its own row."""
    names = [{"family": name} for name in "abcd"]
    contacts = [{"value": "7"}, {"system": "email", "value": "a@x.example"}]
    lines = [{"name": names[:1], "telecom": contacts}, {"name": "Bob Bab"}, {"name": names}]
    rows, _ = read(written(tmp_path / "x.jsonl", "\n".join(map(json.dumps, lines))))
    assert [row.get("name.family") for row in rows] == ["a", None, "a"]
    assert [row.get("name third.family") for row in rows] == [None, None, "c"]
    assert [row.get("name") for row in rows] == [None, "Bob Bab", json.dumps(names, separators=(",", ":"))]
    assert rows[0]["telecom.value"] == "7"


@pytest.mark.parametrize("other", ["name.family", "a.b", "line", ""])
def test_columns_of_one_name_are_both_kept(tmp_path: Path, other: str) -> None:
    """A key with a dot, or one that is a word of the reader's own, beside what becomes a column of that name."""
    row = {"name": [{"family": "Lee"}], "a": {"b": "1"}, other: "2"}
    (found,), _ = read(written(tmp_path / "x.jsonl", json.dumps(row)))
    assert sorted(value for value in found.values() if value) == ["1", "2", "Lee"]
