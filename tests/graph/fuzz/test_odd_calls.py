"""A step that is called as no form of it allows is refused by its name: no empty answer, no fault of ours."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph import open_embedded
from graph.embedded.compiler import REFUSED
from graph.embedded.refusals import UnsupportedError
from graph.embedded.registry import STEPS
from graph.embedded.signatures import FORMS
from tests.graph.fuzz.agreement import ERROR, Ours, Theirs, text
from tests.graph.fuzz.odd import OddCalls, behind_beginning
from tests.graph.fuzz.shapes import Drawn, names

OPEN = frozenset({"V", "E", "hasId", "none", "values"})
"""TinkerGraph refuses ids that its manager cannot convert, `none()` of 3.7 and null as a key of what is no element."""


BEYOND_LONG = str(10**30)


def _stands_open(call: Drawn) -> bool:
    """Whether a call is of a kind that TinkerGraph refuses and that is known to be answered emptily here.

    Beside the steps of OPEN: comparing what is no number with one that no long holds, and `select()` of a label that
    nothing has, inside a `repeat()`.
    """
    drawn = set(names(behind_beginning(call.steps)))
    return bool(OPEN & drawn) or BEYOND_LONG in text(call) or {"repeat", "select"} <= drawn


def test_each_step_says_what_it_takes() -> None:
    """No step of the registry lacks its forms."""
    assert STEPS.keys() - REFUSED - FORMS.keys() == set()


def test_odd_calls_are_answered_or_refused(tmp_path: Path) -> None:
    """Thousands of calls with random arguments end in an answer or in an error of the engine's own."""
    ours, odd = Ours(tmp_path), OddCalls(1)
    for _ in range(4000):
        call = odd.call()
        try:
            ours.answer(call)
        except Exception as error:
            error.add_note(text(call))
            raise
    ours.close()


@pytest.mark.parametrize("count", [800, pytest.param(10_000, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])])
def test_what_tinkergraph_refuses_is_not_answered_emptily(
    gremlin_server: Callable[[str], str], tmp_path: Path, count: int
) -> None:
    """Where TinkerGraph raises, nothing is no answer."""
    ours, theirs, odd = Ours(tmp_path), Theirs(gremlin_server("3.8.1"), "fuzz"), OddCalls(count)
    calls = [odd.call() for _ in range(count)]
    refused = [call for call, answer in zip(calls, theirs.answers(calls), strict=True) if answer == ERROR]
    empty = [call for call in refused if ours.answer(call) == ("answer", ())]
    assert [text(call) for call in empty if not _stands_open(call)] == []
    theirs.close()
    ours.close()


def test_the_error_names_step_and_arguments(tmp_path: Path) -> None:
    """What was given is said, and nothing moved before."""
    store = open_embedded(tmp_path)
    with pytest.raises(UnsupportedError, match=r"sample\(\) with a text"):
        store.g().add_v("x").sample("many").iterate()
    assert store.g().V().count().next() == 0
    store.close()
