"""What holds an entity together: the fewest links that join its records, and the cheapest way to break it.

The fewest, strongest links are the maximum spanning tree. Where one link alone holds two sides together it is a bridge,
and the weakest bridge is the weakest bond; where there is none, it is the minimum cut.

Source: Stoer and Wagner (1997), A Simple Min-Cut Algorithm, JACM 44(4), 585-591.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import networkx as nx
import pyarrow as pa

from resolution.why.contract import Bond, EntityWhy, WeakestBond

LARGEST_CUT: Final = 400
"""Records in an entity up to which the minimum cut is worth its time (seconds beyond)."""

LEAST_BITS: Final = 1e-6


def explain_entity(entity_id: str, members: Sequence[str], links: pa.Table) -> EntityWhy:
    """Explain one entity by its links.

    Args:
        entity_id: the entity.
        members: its record ids.
        links: rows in the schema of LINKS; those with an end elsewhere are passed over.

    Returns:
        The explanation; the same for any order of members and links.
    """
    inside = sorted(members)
    graph = _graph(inside, links)
    parts = nx.number_connected_components(graph)
    tree = nx.maximum_spanning_edges(graph, weight="bits", data=False)
    evidence = sorted((_bond(graph, *edge) for edge in tree), key=_strongest)
    return EntityWhy(
        entity_id=entity_id,
        members=tuple(inside),
        links=graph.number_of_edges(),
        evidence=tuple(evidence),
        weakest=_weakest(graph) if parts == 1 and len(inside) > 1 else None,
        parts=parts,
    )


def _graph(members: list[str], links: pa.Table) -> "nx.Graph[str]":
    """The links among the members, in a fixed order."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(members)
    columns = (links.column(name).to_pylist() for name in ("left", "right", "weight_bits", "probability"))
    for left, right, bits, probability in sorted(zip(*columns, strict=True)):
        if left in graph and right in graph:
            graph.add_edge(left, right, bits=bits, probability=probability, cost=max(bits, LEAST_BITS))
    return graph


def _bond(graph: "nx.Graph[str]", one: str, other: str) -> Bond:
    left, right = sorted((one, other))
    says = graph.edges[left, right]
    return Bond(left=left, right=right, weight_bits=says["bits"], probability=says["probability"])


def _strongest(bond: Bond) -> tuple[float, str, str]:
    return -bond.weight_bits, bond.left, bond.right


def _weakest(graph: "nx.Graph[str]") -> WeakestBond | None:
    """The weakest bridge, or else the minimum cut of a graph that is not too large."""
    bridges = sorted((_bond(graph, *edge) for edge in nx.bridges(graph)), key=_strongest)
    if bridges:
        cut = nx.Graph(graph)
        cut.remove_edge(bridges[-1].left, bridges[-1].right)
        return _break((bridges[-1],), nx.connected_components(cut))
    if len(graph) > LARGEST_CUT:
        return None
    _, sides = nx.stoer_wagner(graph, weight="cost")
    one = set(sides[0])
    crossing = sorted(
        (_bond(graph, *edge) for edge in graph.edges if (edge[0] in one) != (edge[1] in one)), key=_strongest
    )
    return _break(tuple(crossing), (set(side) for side in sides))


def _break(links: tuple[Bond, ...], sides: Iterable[set[str]]) -> WeakestBond:
    """Say which records fall off: the smaller side, or the one that does not hold the first record."""
    apart = max(sides, key=lambda side: (-len(side), min(side)))
    return WeakestBond(links=links, weight_bits=sum(bond.weight_bits for bond in links), apart=tuple(sorted(apart)))


def entity_sentence(why: EntityWhy) -> str:
    """Say in a few sentences what holds the entity together and what would break it."""
    count = len(why.members)
    if count == 1:
        return f"{why.entity_id} holds one record; nothing joins it to another."
    said = f"{why.entity_id} holds {count} records, joined by {why.links} links"
    if why.parts > 1:
        return f"{said}; {why.parts} groups of them are held together by their pooled profiles, not by a link."
    if why.weakest is None:
        return f"{said}; no single link holds it together."
    bonds, apart = why.weakest.links, len(why.weakest.apart)
    cut = f"the link {bonds[0].left} = {bonds[0].right}" if len(bonds) == 1 else f"{len(bonds)} links"
    falls = why.weakest.apart[0] if apart == 1 else f"{apart} records"
    return (
        f"{said}. Its weakest bond is {cut} ({why.weakest.weight_bits:+.1f} bits): without it {falls} would fall off."
    )
