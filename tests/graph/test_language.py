"""The page of the language passes over nothing: each method of gremlinpython is answered, or refused by its name."""

from pathlib import Path

import pytest
from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Bytecode, P, TextP

from graph.embedded.language import ANSWERED, DRIVER, RAISES, methods
from graph.embedded.refusals import UnsupportedError
from tests.graph.embedded_graphs import modern, open_with

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "gremlin-steps.md"
METHODS = list(methods())
REFUSED = sorted({method.word for method in METHODS if method.status == RAISES})


def test_no_method_is_passed_over() -> None:
    """Every public method of traversals, sources and predicates has a line on the page."""
    listed = {(method.owner, method.name) for method in METHODS}
    text = PAGE.read_text(encoding="utf-8")
    for owner in (GraphTraversal, GraphTraversalSource, __, P, TextP):
        names = {
            name
            for name, held in vars(owner).items()
            if not name.startswith("_") and callable(getattr(owner, name)) and held
        }
        assert {(owner.__name__, name) for name in names} <= listed
        assert all(f"`{name}`" in text for name in names)


def test_most_methods_are_answered() -> None:
    """What is refused is calls of services, files, other processors, and what profiles."""
    assert {method.status for method in METHODS} == {ANSWERED, DRIVER, RAISES}
    services = ["call", "io"]
    processors = ["connectedComponent", "pageRank", "peerPressure", "program", "shortestPath", "withComputer"]
    assert sorted([*services, *processors, "profile"]) == REFUSED


@pytest.mark.parametrize("word", REFUSED)
def test_what_is_refused_is_named(tmp_path: Path, word: str) -> None:
    """The error says the word, as a step or as what a source is told."""
    store = open_with(tmp_path, modern())
    sent = Bytecode()
    if word.startswith("with"):
        sent.add_source(word)
    sent.add_step("V")
    if not word.startswith("with"):
        sent.add_step(word)
    with pytest.raises(UnsupportedError, match=word):
        store.submit(sent)
    store.close()
