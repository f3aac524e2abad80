"""Asks every traversal of gremlin_libs on the sample company, keeps an example of each, and draws it.

`python tools/traversal_examples.py` writes `tests/gremlin_libs/golden/NAME.json`, which a test holds and the reference
page shows, and `docs/pictures/traversals/NAME.svg`: the part of the graph that it walks from where it begins.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

import matplotlib.patches as shapes
import networkx as nx
from gremlin_python.process.graph_traversal import GraphTraversal, __
from gremlin_python.process.translator import Translator
from gremlin_python.process.traversal import Bytecode

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graph import GraphStore, open_embedded  # noqa: E402 (the project stands beside this script)
from gremlin_libs import CATALOGUE  # noqa: E402 (the project stands beside this script)
from insight.pictures.canvas import COLOURS, FAINT, INK, LINE, bare, new_figure, write  # noqa: E402 (the project stands beside this script)
from tests.graph.sample import sample_graph  # noqa: E402 (the project stands beside this script)
from tests.gremlin_libs.starting_points import Starts, starting_points  # noqa: E402 (the project stands beside this script)

GOLDEN: Final = ROOT / "tests" / "gremlin_libs" / "golden"
PICTURES: Final = ROOT / "docs" / "pictures" / "traversals"
MOVES: Final = frozenset({"out", "in", "both", "outE", "inE", "bothE"})
FEW_ROWS: Final = 3
FEW_NEIGHBOURS: Final = 3
MOST_DRAWN: Final = 14
Part: TypeAlias = "nx.MultiDiGraph[str]"


def main() -> int:
    """Write every example."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = open_embedded(Path(folder))
        store.load(sample_graph())
        starts = starting_points(store)
        for question in CATALOGUE:
            example = example_of(store, question.__name__, starts)
            text = json.dumps(example, indent=1, ensure_ascii=False)
            (GOLDEN / f"{question.__name__}.json").write_text(text + "\n", encoding="utf-8")
            _draw(store, question(store.g(), **example["arguments"]), PICTURES / f"{question.__name__}.svg")
        store.close()
    return 0


def example_of(store: GraphStore, name: str, starts: Starts) -> dict[str, Any]:
    """The starting point with the most rows, of the first few: arguments, Gremlin text, number of rows, first rows."""
    question = next(one for one in CATALOGUE if one.__name__ == name)
    tried = [(arguments, store.run(question(store.g(), **arguments))) for arguments in starts[name][:20]]
    arguments, rows = max(tried, key=lambda one: min(len(one[1]), FEW_ROWS))
    text = Translator().of("g").translate(question(store.g(), **arguments).bytecode)
    return {"arguments": arguments, "gremlin": text, "rows": len(rows), "first": rows[:FEW_ROWS]}


def _draw(store: GraphStore, traversal: GraphTraversal, path: Path) -> None:
    """The neighbourhood of where the traversal begins, along the edges it names."""
    edges = sorted(set(_edge_labels(traversal.bytecode)))
    part: Part = nx.MultiDiGraph()
    for uid, label in _beginnings(store, traversal.bytecode):
        part.add_node(uid, label=label, begins=True)
    _grow(store, part, edges)
    figure, axes = new_figure(7.5, 4.2)
    bare(axes)
    axes.set_xticks([])
    axes.set_yticks([])
    laid = nx.kamada_kawai_layout(part.to_undirected(as_view=True))
    places = {uid: (float(place[0]), float(place[1])) for uid, place in laid.items()}
    labels = sorted({data["label"] for _, data in part.nodes(data=True)})
    colour = {label: COLOURS[turn % len(COLOURS)] for turn, label in enumerate(labels)}
    for left, right, data in part.edges(data=True):
        _arrow(axes, places[left], places[right], data["label"])
    for uid, data in part.nodes(data=True):
        ring = INK if data.get("begins") else "white"
        across, up = places[uid]
        axes.scatter([across], [up], s=620, color=colour[data["label"]], edgecolors=ring, linewidths=2.5, zorder=3)
        axes.annotate(
            data["label"], places[uid], (0, -21), textcoords="offset points", ha="center", fontsize=8, color=INK
        )
    axes.margins(0.14)
    write(figure, path)


def _arrow(axes: Any, start: Any, end: Any, label: str) -> None:
    axes.add_patch(
        shapes.FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=12, color=LINE, shrinkA=14, shrinkB=14)
    )
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    axes.text(*middle, label, fontsize=6.5, color=FAINT, ha="center", va="center")


def _beginnings(store: GraphStore, bytecode: Bytecode) -> list[tuple[str, str]]:
    """Where the traversal stands before it first moves: id and label of the vertex with most edges."""
    traversal = store.g().V(*bytecode.step_instructions[0][1:])
    for name, *arguments in bytecode.step_instructions[1:]:
        if not name.startswith("has"):
            break
        traversal.bytecode.add_step(name, *arguments)
    wide = traversal.order().by(__.both_e().count()).by("uid").tail(1)
    return [(row["uid"], row["label"]) for row in _rows(store, wide.project("uid", "label").by("uid").by(__.label()))]


def _rows(store: GraphStore, traversal: GraphTraversal) -> list[dict[str, str]]:
    """Maps of words."""
    return cast(list[dict[str, str]], store.run(traversal))


def _edge_labels(bytecode: Bytecode) -> Iterator[str]:
    """Every edge label that a traversal names, children included."""
    for name, *arguments in bytecode.step_instructions:
        for argument in arguments:
            if isinstance(argument, Bytecode):
                yield from _edge_labels(argument)
            elif name in MOVES:
                yield str(argument)


def _grow(store: GraphStore, part: "Part", edges: list[str]) -> None:
    """Add neighbours along these edges, nearest first, a few a vertex and label, until the picture is full."""
    queue = list(part)
    while queue and len(part) < MOST_DRAWN:
        uid = queue.pop(0)
        for edge in edges:
            for left, right, other, label in _neighbours(store, uid, edge):
                if other not in part:
                    if len(part) >= MOST_DRAWN:
                        continue
                    part.add_node(other, label=label)
                    queue.append(other)
                if not part.has_edge(left, right):
                    part.add_edge(left, right, label=edge)


def _neighbours(store: GraphStore, uid: str, edge: str) -> list[tuple[str, str, str, str]]:
    """Out end, in end, other end and its label, of the first few edges."""
    found = store.g().V(uid).both_e(edge).order().by(__.other_v().values("uid")).limit(FEW_NEIGHBOURS)
    rows = _rows(
        store,
        found.project("left", "right", "other", "label")
        .by(__.out_v().values("uid"))
        .by(__.in_v().values("uid"))
        .by(__.other_v().values("uid"))
        .by(__.other_v().label()),
    )
    return [(row["left"], row["right"], row["other"], row["label"]) for row in rows]


if __name__ == "__main__":
    sys.exit(main())
