"""The reference page's examples are what the traversals answer, and stay within what both TinkerPop lines share."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from gremlin_python.process.graph_traversal import GraphTraversal
from gremlin_python.process.traversal import Bytecode

from graph import GraphStore, open_embedded
from gremlin_libs import CATALOGUE
from tests.graph.sample import sample_graph

GOLDEN: Final = Path(__file__).parent / "golden"
AGREED_STEPS: Final = """
V as bothE by coalesce constant count dedup emit fold group groupCount has hasLabel in inE inV is limit local
loops mean not or order otherV out outE outV path project repeat select simplePath times unfold union until
values where
"""
"""Steps that mean the same in TinkerPop 3.7 and 3.8 as they are used here; `choose`, `limit` inside `repeat`, `none`,
date, split and number steps do not."""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The made-up company of the reference page."""
    store = open_embedded(tmp_path_factory.mktemp("examples"))
    store.load(sample_graph())
    yield store
    store.close()


@pytest.mark.parametrize("question", CATALOGUE, ids=lambda question: str(question.__name__))
def test_the_example_of_the_reference_is_what_the_traversal_answers(
    question: Callable[..., GraphTraversal], company: GraphStore
) -> None:
    """The number of rows and the first rows of each golden file."""
    example = json.loads((GOLDEN / f"{question.__name__}.json").read_text(encoding="utf-8"))
    rows = company.run(question(company.g(), **example["arguments"]))
    assert len(rows) == example["rows"] > 0
    assert json.loads(json.dumps(rows[: len(example["first"])])) == example["first"]


@pytest.mark.parametrize("question", CATALOGUE, ids=lambda question: str(question.__name__))
def test_a_traversal_keeps_to_steps_that_both_lines_understand_alike(
    question: Callable[..., GraphTraversal], company: GraphStore
) -> None:
    """No step outside the agreed ones, in children neither; and no limit inside repeat."""
    arguments = json.loads((GOLDEN / f"{question.__name__}.json").read_text(encoding="utf-8"))["arguments"]
    steps = list(every_step(question(company.g(), **arguments).bytecode))
    assert {name for name, _ in steps} <= set(AGREED_STEPS.split())
    repeated = [inner for name, given in steps if name == "repeat" for inner, _ in every_step(given[0])]
    assert "limit" not in repeated


def every_step(bytecode: Bytecode) -> Iterator[tuple[str, list[Any]]]:
    """Each step of a traversal and of its children: name and arguments."""
    for name, *arguments in bytecode.step_instructions:
        yield name, arguments
        for argument in arguments:
            if isinstance(argument, Bytecode):
                yield from every_step(argument)
