"""Where the steps of a process map stand: round an ellipse, likely followers side by side, clockwise from the top.

Pure: tables in, places out. Journeys go round and back too often for columns; on an ellipse every move is a free chord.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A step on the map: its place (-1 to 1 both ways), its touchpoints, and how many journeys begin with it."""

    step: str
    x: float
    y: float
    touchpoints: int
    begins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A move on the map, from step to step, with how often and the median time it takes in seconds."""

    source: str
    target: str
    transitions: int
    median_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A process map ready to be drawn; arrows most frequent first."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def process_map(flow: pa.Table, steps: pa.Table, *, most_steps: int = 8, most_arrows: int = 14) -> Map:
    """Lay out the most frequent steps and the most frequent moves between them; repeats of a step are left out.

    Args:
        flow: as `journeys.flow` gives it.
        steps: as `journeys.steps` gives it.
        most_steps: how many steps to show.
        most_arrows: how many moves to show.
    """
    sizes = {row["step"]: row["touchpoints"] for row in steps.to_pylist()[:most_steps]}
    moves = [row for row in flow.to_pylist() if row["to_step"] in sizes and row["from_step"] != row["to_step"]]
    begins = {row["to_step"]: row["transitions"] for row in moves if row["from_step"] is None}
    arrows = [
        Arrow(
            source=row["from_step"],
            target=row["to_step"],
            transitions=row["transitions"],
            median_s=row["median_s"] or 0.0,
        )
        for row in moves
        if row["from_step"] in sizes
    ]
    around = _around(list(sizes), arrows, begins)
    turn = 2 * math.pi / max(len(around), 1)
    nodes = tuple(
        Node(
            step=step,
            x=math.sin(place * turn),
            y=math.cos(place * turn),
            touchpoints=sizes[step],
            begins=begins.get(step, 0),
        )
        for place, step in enumerate(around)
    )
    return Map(nodes=nodes, arrows=tuple(arrows[:most_arrows]))


def _around(steps: Sequence[str], arrows: Sequence[Arrow], begins: dict[str, int]) -> list[str]:
    """From the step that most journeys begin with, on to the likeliest follower that has no place yet."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(steps)
    graph.add_weighted_edges_from((arrow.source, arrow.target, float(arrow.transitions)) for arrow in arrows)
    left = list(steps)
    placed = sorted(left, key=lambda step: (-begins.get(step, 0), step))[:1]
    while len(placed) < len(steps):
        rest = [step for step in left if step not in placed]
        weights = {step: _weight(graph, placed[-1], step) for step in rest}
        placed.append(max(rest, key=lambda step: (weights[step], -rest.index(step))))
    return placed


def _weight(graph: "nx.DiGraph[str]", source: str, target: str) -> float:
    return float(graph[source][target]["weight"]) if graph.has_edge(source, target) else 0.0
