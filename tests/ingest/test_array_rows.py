"""JSON arrays in pieces: wherever the file is cut, every object comes out whole, and what is no array is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInputError
from ingest.adapters.array_rows import cut_array
from ingest.adapters.blocks import Block
from ingest.adapters.files import read_chunks

TEXTS = st.text('a"\\[]{},: é\n', max_size=6)
VALUES = st.recursive(
    st.none() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def texts(block: Block) -> list[object]:
    """The elements of a block, parsed."""
    starts = [0, *block.ends.tolist()[:-1]]
    return [json.loads(block.data[a:b]) for a, b in zip(starts, block.ends.tolist(), strict=True)]


@given(values=st.lists(VALUES, min_size=1, max_size=6), size=st.integers(1, 40), indent=st.sampled_from([None, 1]))
def test_every_element_comes_out_whole(values: list[object], size: int, indent: int | None) -> None:
    """Quotes, backslashes and brackets inside strings, and pieces of any size, change nothing."""
    data = (" " + json.dumps(values, ensure_ascii=False, indent=indent) + "\n").encode()
    blocks = list(cut_array([data[at : at + size] for at in range(0, len(data), size)], "x.json"))
    assert [value for block in blocks for value in texts(block)] == values
    assert [number for block in blocks for number in block.first_lines.tolist()] == list(range(1, len(values) + 1))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[{"a": 1}, {"a"', "its closing bracket is missing"),
        ('[{"a": "x}]', "its closing bracket is missing"),
        ('[{"a": 1}] {"b": 2}', "something follows its closing bracket"),
        ('{"a": 1}', "it does not begin with a bracket"),
    ],
)
def test_what_is_no_array_is_refused(tmp_path: Path, text: str, why: str) -> None:
    """The error says what is wrong and what to do."""
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(BadInputError, match=why) as error:
        list(read_chunks(path))
    assert ".jsonl" in str(error.value.remedy)


def test_an_element_that_is_no_object_costs_only_itself(tmp_path: Path) -> None:
    """A number, a forgotten comma and a damaged object are rejects by their place; the others are read."""
    path = tmp_path / "x.json"
    path.write_text('[{"a": 1}, 7, {"a": 2} {"a": 3}, {"a": }, {"a": 4}]')
    (chunk,) = read_chunks(path)
    assert chunk.rows.to_pydict() == {"a": ["1", "4"]}
    assert [one.line for one in chunk.rejects] == [2, 3, 4]


def test_an_array_is_held_in_pieces(tmp_path: Path) -> None:
    """A file of 10 MB comes in chunks of a few, none of its objects lost."""
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"n": number, "note": "x" * 1000} for number in range(10_000)]))
    chunks = list(read_chunks(path))
    assert max(chunk.rows.nbytes for chunk in chunks) < path.stat().st_size / 2
    assert sum(chunk.rows.num_rows for chunk in chunks) == 10_000
