"""Gremlin as text means what the same words mean in code, and nothing that writes can be said."""

import pytest
from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Column, Order, P, Scope, T, TextP, TraversalStrategies
from gremlin_python.statics import long
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInputError
from gremlin_libs import parse

G = GraphTraversalSource(None, TraversalStrategies())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("g.V()", G.V()),
        ("g.V('e_1').out(\"DID\").toList()", G.V("e_1").out("DID")),
        ("g.V().has('a', gt(3L)).limit(2);", G.V().has("a", P.gt(long(3))).limit(2)),
        ("g.V().has('a', P.within('x', 'y'))", G.V().has("a", P.within("x", "y"))),
        ("g.V().has('a', within(['x', 'y']))", G.V().has("a", P.within(["x", "y"]))),
        ("g.V().has('a', gte(1).and(lt(2.5)))", G.V().has("a", P.gte(1).and_(P.lt(2.5)))),
        (
            "g.V().has('a', startingWith('x').or(TextP.containing('y')))",
            G.V().has("a", TextP.starting_with("x").or_(TextP.containing("y"))),
        ),
        ("g.V().where(__.out('X').count().is(0))", G.V().where(__.out("X").count().is_(0))),
        ("g.V().where(out('X').values('n'))", G.V().where(__.out("X").values("n"))),
        ("g.V().order().by('n', desc).by(T.id)", G.V().order().by("n", Order.desc).by(T.id)),
        (
            "g.V().groupCount().by(label).order(local).by(values, Order.desc)",
            G.V().group_count().by(T.label).order(Scope.local).by(Column.values, Order.desc),
        ),
        ("g . V ( ) . has ( 'a' , true ) . values ( 'it\\'s' )", G.V().has("a", True).values("it's")),
        ("g.V().repeat(out()).times(2).path().by('uid')", G.V().repeat(__.out()).times(2).path().by("uid")),
    ],
)
def test_text_means_what_code_means(text: str, meant: GraphTraversal) -> None:
    """The same bytecode comes out."""
    assert str(parse(text, G).bytecode) == str(meant.bytecode)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("g.addV('x')", "'addV' is refused"),
        ("g.V().drop()", "'drop' is refused"),
        ("g.V().property('a', 1)", "'property'"),
        ("g.V().sideEffect(drop())", "'drop'"),
        ("g.V().where(__.addE('X'))", "'addE'"),
        ("g.V().map{it.get()}", "Line 1, column 10: '(' should stand"),
        ("g.V().has('a', eval('1'))", "'eval'"),
        ("g.V().by(system)", "'system' is unknown"),
        ("g.V().has('a', between(1))", "'between' takes other arguments"),
        ("g.V().has('a', gt(1).and(2))", "'and' takes other arguments"),
        ("g.V(", "Line 1, column 5"),
        ("g.V() g.V()", "nothing should follow"),
        ("h.V()", "such as 'g' should stand here"),
        ("", "Line 1, column 1"),
        ("g.V(" + "[" * 200, "nested too deeply"),
        ("g.V('" + "x" * 20_000 + "')", "too long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(text: str, reason: str) -> None:
    """Writing steps, closures and broken text are errors that say where."""
    with pytest.raises(BadInputError) as caught:
        parse(text, G)
    assert reason in caught.value.message


@given(st.text(alphabet="gV().,'\"[]outhas13 _PTgt\\", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but our own error comes out of broken text."""
    try:
        found = parse("g.V()." + text, G)
    except BadInputError:
        return
    assert isinstance(found, GraphTraversal)
