"""Numbering of strings is Arrow's, and does not trust a hash."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from resolution.encode import columns
from resolution.encode.columns import numbered
from resolution.encode.letters import letters_of
from resolution.numbering import equal_first, hash_strings, number_keys, pair_keys

texts = st.lists(st.one_of(st.none(), st.text(alphabet="abé\0\U0001f600", max_size=20)), max_size=40)


@given(given=texts)
def test_values_are_numbered_as_arrow_does(given: list[str | None]) -> None:
    """By first appearance, null by none; a slice of a column is as good as a column."""
    for column in (pa.array(given, pa.string()), pa.array(["x", *given], pa.string())[1:]):
        found, arrows = numbered(column), pc.dictionary_encode(column)
        assert found.strings.equals(arrows.dictionary)
        assert found.codes.tolist() == pc.fill_null(arrows.indices, -1).to_pylist()


def test_a_hash_that_tells_nothing_apart_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where different strings have one hash, Arrow numbers them."""

    def one_hash(_: NDArray[np.uint8], start: NDArray[np.int32]) -> NDArray[np.uint64]:
        return np.zeros(len(start) - 1, np.uint64)

    monkeypatch.setattr(columns, "hash_strings", one_hash)
    found = numbered(pa.chunked_array([["ann", "bob"], ["ann", None]]))
    assert found.codes.tolist() == [0, 1, 0, -1]
    assert found.strings.to_pylist() == ["ann", "bob"]


@given(keys=st.lists(st.integers(0, 5).map(lambda key: key << 60), max_size=40))
def test_keys_that_fall_into_one_slot_keep_their_numbers(keys: list[int]) -> None:
    """Keys that differ only in bits that the table does not look at are told apart."""
    number, first = number_keys(np.array(keys, np.uint64))
    assert [keys[place] for place in first] == list(dict.fromkeys(keys))
    assert [keys[first[one]] for one in number] == keys


@given(pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**31 - 1) | st.integers(0, 3)), max_size=40))
def test_pairs_are_numbered_by_both_codes(pairs: list[tuple[int, int]]) -> None:
    """Pairs share a number where both of their codes are the same, and only there."""
    left, right = np.array(pairs, np.int32).reshape(-1, 2).T.copy()
    number, first = number_keys(pair_keys(left, right))
    assert [pairs[place] for place in first] == list(dict.fromkeys(pairs))
    assert [pairs[first[one]] for one in number] == pairs


def test_strings_of_one_hash_are_noticed() -> None:
    """What is not letter by letter the first of its number, of whatever length, is found out."""
    letters, start = letters_of(pa.array(["ann", "bob", "ann", "anna"]))
    assert len(set(hash_strings(letters, start).tolist())) == 3
    right, first = np.array([0, 1, 0, 2], np.int32), np.array([0, 1, 3])
    assert equal_first(letters, start, right, first)
    for wrong in ([0, 0, 0, 2], [0, 1, 0, 0]):
        assert not equal_first(letters, start, np.array(wrong, np.int32), first)
