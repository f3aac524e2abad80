"""Threads that share the parts of a job, and how many there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInputError
from lake.workers import MOST, THREADS, cuts, in_threads, workers


@given(st.integers(0, 10_000), st.integers(1, 64))
def test_parts_follow_each_other_and_are_about_equal(count: int, parts: int) -> None:
    """Parts begin where the last one ended, hold everything once, and differ by one at most."""
    found = cuts(count, parts)
    assert [begin for begin, _ in found] == [0, *(end for _, end in found[:-1])]
    assert found[-1][1] == count
    assert {end - begin for begin, end in found} <= {count // parts, count // parts + 1}


def test_what_is_worked_on_side_by_side_comes_back_in_order() -> None:
    """Whichever thread is ready first."""
    assert in_threads(pow, range(100), [2] * 100) == [number**2 for number in range(100)]


def test_there_are_as_many_threads_as_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else as many as processors, up to a bound."""
    monkeypatch.setenv(THREADS, "5")
    assert workers() == len(cuts(100)) == 5
    monkeypatch.delenv(THREADS)
    assert 1 <= workers() <= MOST


@pytest.mark.parametrize("said", ["0", "-1", "two", "", "1.5"])
def test_another_number_of_threads_is_refused(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the setting and what it may be."""
    monkeypatch.setenv(THREADS, said)
    with pytest.raises(BadInputError, match=THREADS) as error:
        workers()
    assert "whole number above 0" in str(error.value.remedy)
