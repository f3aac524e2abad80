"""Ids: deterministic, free of personal data, the same one by one and by column."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInputError
from core.ids import ID_PATTERN, check_id, content_id, content_ids, keyed_id, keyed_ids

KEY = b"k" * 32
texts = st.lists(st.text(max_size=20), min_size=1, max_size=20)


@given(texts)
def test_columns_and_scalars_name_alike(values: list[str]) -> None:
    """A column of ids holds, row by row, the id of each value."""
    column = pa.array(values, pa.string())
    assert keyed_ids("r", KEY, [column]).to_pylist() == [keyed_id("r", KEY, value) for value in values]
    assert content_ids("x", [column, column]).to_pylist() == [content_id("x", value, value) for value in values]


@given(st.text(max_size=40), st.binary(min_size=1, max_size=32))
def test_ids_are_valid_everywhere(value: str, key: bytes) -> None:
    """Every id fits Neptune's and our own rule for ids."""
    assert ID_PATTERN.fullmatch(keyed_id("ev", key, value))


def test_another_key_gives_other_ids() -> None:
    """Without the workspace key nobody can tell whose id it is."""
    assert keyed_id("r", b"a" * 32, "crm:1") != keyed_id("r", b"b" * 32, "crm:1")


def test_parts_do_not_run_together() -> None:
    """('ab', 'c') and ('a', 'bc') are different things."""
    assert content_id("x", "ab", "c") != content_id("x", "a", "bc")


def test_a_null_has_no_id() -> None:
    """What is not there is not named."""
    assert keyed_ids("r", KEY, [pa.array(["a", None])]).to_pylist()[1] is None


@pytest.mark.parametrize("text", ["", "A", "a b", "a@b", "x" * 65])
def test_what_cannot_be_an_id_is_refused(text: str) -> None:
    """An id from outside is checked before it is used."""
    with pytest.raises(BadInputError):
        check_id(text)
