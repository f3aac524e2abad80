"""The embedded engine answers each family of steps as TinkerPop does on its toy graph."""

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.strategies import SubgraphStrategy
from gremlin_python.process.traversal import Operator, Order, P, Pop, Scope, T, TextP
from gremlin_python.structure.graph import Vertex

from core.errors import BadInputError
from graph.contract import GraphSettings
from graph.embedded.refusals import TraversalError, UnsupportedError
from graph.stores.embedded import EmbeddedStore
from tests.graph.embedded_graphs import modern, open_with


@pytest.fixture(scope="module")
def g(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphTraversalSource]:
    """The toy graph."""
    store = open_with(tmp_path_factory.mktemp("modern"), modern())
    yield store.g()
    store.close()


def names(traversal: Any) -> list[str]:
    """The names of what a traversal finds, sorted."""
    return sorted(traversal.values("name").to_list())


def test_filters_keep_what_passes(g: GraphTraversalSource) -> None:
    """has, hasLabel, is, where, not, and, or let exactly the passing vertices through."""
    assert names(g.V().has("age", P.gt(30))) == ["josh", "peter"]
    assert names(g.V().has_label("software")) == ["lop", "ripple"]
    assert names(g.V().has("name", TextP.starting_with("m"))) == ["marko"]
    assert names(g.V().not_(__.out())) == ["lop", "ripple", "vadas"]
    assert names(g.V().or_(__.has("age", 27), __.has("lang"))) == ["lop", "ripple", "vadas"]
    assert names(g.V().where(__.out("created").has("name", "ripple"))) == ["josh"]


def test_unlike_types_do_not_compare(g: GraphTraversalSource) -> None:
    """A comparison without an answer lets nothing pass; under not() everything passes, as of TinkerPop 3.8."""
    assert g.V().has("age", P.gt("x")).to_list() == []
    assert g.V().values("age").is_(P.not_(P.gt("x"))).count().next() == 4


def test_neighbours_come_with_every_edge(g: GraphTraversalSource) -> None:
    """out, in, both and the edge steps go along every edge, as often as there are edges."""
    assert names(g.V("marko").out()) == ["josh", "lop", "vadas"]
    assert names(g.V("lop").in_("created")) == ["josh", "marko", "peter"]
    assert g.V().both().count().next() == 12
    assert names(g.V("marko").out_e("knows").in_v()) == ["josh", "vadas"]
    assert names(g.V("josh").both_e().other_v()) == ["lop", "marko", "ripple"]


def test_maps_of_properties(g: GraphTraversalSource) -> None:
    """ValueMap lists values, elementMap does not, project leaves unproductive keys out."""
    assert g.V("marko").value_map().next() == {"name": ["marko"], "age": [29]}
    assert g.V("lop").element_map().next() == {T.id: "lop", T.label: "software", "name": "lop", "lang": "java"}
    rows = g.V("lop").project("name", "age").by("name").by("age").to_list()
    assert rows == [{"name": "lop"}]


def test_labels_name_earlier_objects(g: GraphTraversalSource) -> None:
    """As and select, where with a label, and match agree on what a label means."""
    rows = g.V("marko").as_("a").out("knows").as_("b").select("a", "b").by("name").to_list()
    assert {row["b"] for row in rows} == {"josh", "vadas"}
    peers = g.V("marko").as_("a").out("created").in_("created").where(P.neq("a")).values("name").to_list()
    assert sorted(peers) == ["josh", "peter"]
    found = g.V().match(__.as_("a").out("created").as_("b"), __.as_("b").has("name", "ripple")).select("a").to_list()
    assert found == [Vertex("josh")]
    assert g.V("marko").as_("a").out().as_("a").select(Pop.first, "a").count().next() == 3


def test_order_is_total_and_stable(g: GraphTraversalSource) -> None:
    """Order sorts by each modulator in turn and drops what has no key."""
    assert g.V().order().by("age", Order.desc).values("name").to_list() == ["peter", "josh", "marko", "vadas"]
    assert g.inject("a", 1, None, True, 0.5).order().to_list() == [None, True, 0.5, 1, "a"]


def test_groups_are_reduced_whole(g: GraphTraversalSource) -> None:
    """Group's second modulator sees all of its group; groupCount counts."""
    assert g.V().group().by(T.label).by(__.count()).next() == {"person": 4, "software": 2}
    assert g.V().group_count().by("lang").next() == {"java": 2}
    assert g.V().has_label("person").values("age").mean().next() == pytest.approx(30.75)


def test_repeat_goes_round(g: GraphTraversalSource) -> None:
    """times, until and emit stop or show the rounds; paths keep every object."""
    assert names(g.V("marko").repeat(__.out()).times(2)) == ["lop", "ripple"]
    assert names(g.V("marko").repeat(__.out()).until(__.has_label("software"))) == ["lop", "lop", "ripple"]
    assert g.V("marko").emit().repeat(__.out()).count().next() == 6
    path = g.V("marko").repeat(__.out().simple_path()).until(__.has("name", "ripple")).path().by("name").next()
    assert path.objects == ["marko", "josh", "ripple"]


def test_branches_take_their_way(g: GraphTraversalSource) -> None:
    """choose, union, coalesce, optional and local each send a traverser where they should."""
    lang = g.V().choose(__.has_label("person"), __.values("name"), __.values("lang")).to_list()
    assert sorted(lang) == ["java", "java", "josh", "marko", "peter", "vadas"]
    assert g.V("lop").coalesce(__.values("age"), __.constant("none")).next() == "none"
    assert names(g.V("vadas").optional(__.out())) == ["vadas"]
    assert sorted(g.V("marko").union(__.out_e().count(), __.in_e().count()).to_list()) == [0, 3]


def test_side_effects_gather(g: GraphTraversalSource) -> None:
    """Aggregate gathers, cap shows, sack carries, math computes."""
    gathered = g.V().has_label("person").aggregate("x").by("age").cap("x").next()
    assert sorted(gathered) == [27, 29, 32, 35]
    assert sorted(g.with_sack(1).V("marko").out_e().sack(Operator.sum_).by("weight").sack().to_list()) == [
        1.4,
        1.5,
        2.0,
    ]
    assert g.V("marko").values("age").math("_ * 2 + 1").next() == pytest.approx(59.0)


def test_text_and_lists(g: GraphTraversalSource) -> None:
    """Text steps work on text, local scope on the items of a list."""
    assert g.V("marko").values("name").to_upper().concat("!").next() == "MARKO!"
    assert g.inject("a-b").split("-").next() == ["a", "b"]
    assert g.inject([3, 1, 2]).order(Scope.local).limit(Scope.local, 2).next() == [1, 2]


@pytest.mark.parametrize("step", ["call", "io", "pageRank", "noSuchStep"])
def test_what_is_unknown_is_refused_by_name(g: GraphTraversalSource, step: str) -> None:
    """A step the engine does not answer raises an error that names it."""
    traversal = g.V()
    traversal.bytecode.add_step(step)
    with pytest.raises(UnsupportedError, match=step):
        traversal.to_list()


def test_a_lambda_is_refused(g: GraphTraversalSource) -> None:
    """Code is never evaluated."""
    with pytest.raises(UnsupportedError, match="lambda"):
        g.V().map(lambda: "it.get()").to_list()


def test_errors_are_ours(g: GraphTraversalSource) -> None:
    """A traversal that is wrong says so as a BadInputError with TinkerPop's words."""
    with pytest.raises(TraversalError, match="Not a legal range"):
        g.V().range_(3, 1).to_list()
    assert issubclass(TraversalError, BadInputError)


def test_terminal_steps_are_the_drivers(g: GraphTraversalSource, tmp_path: Path) -> None:
    """next, to_set, has_next and iterate work without a server."""
    assert g.V("marko").next() == Vertex("marko")
    assert g.V().out().to_set() == {Vertex(name) for name in ("josh", "lop", "ripple", "vadas")}
    assert not g.V("nobody").has_next()
    store = open_with(tmp_path, modern())
    store.g().V("marko").drop().iterate()
    assert store.g().E().count().next() == 3
    store.close()


@pytest.mark.parametrize("step", ["as_bool", "as_number", "as_date"])
def test_a_value_that_cannot_be_read_is_not_shown(g: GraphTraversalSource, step: str) -> None:
    """Neither the error nor its cause repeats it, for it may be a person's."""
    with pytest.raises(TraversalError) as caught:
        getattr(g.V().values("name"), step)().to_list()
    shown = "".join(traceback.format_exception(caught.value))
    assert "Can't parse" in shown
    assert not any(name in shown for name in ("marko", "vadas", "lop", "josh", "ripple", "peter"))


@pytest.mark.parametrize(("language", "kept"), [("3.7", []), ("3.8", [1.0])])
@pytest.mark.parametrize(
    "child",
    [
        __.is_(P.gt("x")),
        __.is_(P.gt(float("nan"))),
        __.identity().is_(P.gt("x")),
        __.and_(__.is_(1.0), __.is_(P.lt("x"))),
        __.filter_(__.is_(P.lt("x"))),
    ],
    ids=str,
)
def test_what_has_no_answer_passes_not_from_3_8_on(
    tmp_path: Path, language: Literal["3.7", "3.8"], kept: list[float], child: GraphTraversal
) -> None:
    """Up to 3.7 it goes through all filters around it, and the outermost lets nothing pass."""
    store = EmbeddedStore(tmp_path, GraphSettings(language=language))
    assert store.g().inject(1.0).not_(child).to_list() == kept
    assert store.g().inject(1.0).where(__.not_(child)).to_list() == kept
    store.close()


def test_a_strategy_takes_the_traversals_that_the_driver_makes(g: GraphTraversalSource) -> None:
    """Criteria of a part of the graph are written with `__`, as everywhere."""
    old = SubgraphStrategy(vertices=__.has("age", P.gt(30)), edges=__.has_label("created"))
    seen = g.with_strategies(old)
    assert sorted(seen.V().values("name").to_list()) == ["josh", "peter"]
    assert seen.E().count().next() == 0


def test_a_time_limit_lets_pass_what_comes_in_time(g: GraphTraversalSource) -> None:
    """Nothing is in time for no time at all."""
    assert g.V().time_limit(60_000).count().next() == 6
    assert g.V().time_limit(0).count().next() == 0
