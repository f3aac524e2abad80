"""Why: what holds a person's records together, or joins two records, read from the graph's evidence."""

from collections.abc import Sequence
from itertools import pairwise

import networkx as nx
import strawberry

from api.graphql import graph_reads
from api.graphql.context import Request
from api.graphql.contract import LinkRow
from api.graphql.knowing import known_person
from api.graphql.types.evidence import Explanation, link_of
from core.errors import BadInputError, MissingError
from core.ids import check_id
from resolution.why import Contribution as Said
from resolution.why import PairWhy, as_sentence


def explain(request: Request, left: str | None, right: str | None, entity: str | None) -> Explanation:
    """Explain a person, or two records.

    Raises:
        BadInputError: neither, or both, are asked for.
    """
    if entity is not None and left is None and right is None:
        return explain_entity(request, entity)
    if entity is None and left is not None and right is not None:
        return explain_pair(request, left, right)
    raise BadInputError("That cannot be explained.", remedy="Give `entity`, or both `left` and `right`.")


def explain_entity(request: Request, entity: str) -> Explanation:
    """Explain a person by every link among its records, strongest first.

    Raises:
        MissingError: there is no such person.
    """
    row = known_person(request, entity)
    links = graph_reads.evidence(request, row.id)
    alone = row.records <= 1
    said = f"{row.records} records are held to be one person by {len(links)} links."
    sentence = "The person has one record." if alone else said
    return _explanation(request, (row.id,), "alone" if alone else "same", sentence, links)


def explain_pair(request: Request, left: str, right: str) -> Explanation:
    """Explain two records: the chain of strongest links between them, if they are of one person.

    Raises:
        MissingError: there is no such record.
        BadInputError: both are the same record.
    """
    if left == right:
        raise BadInputError("Both are the same record.", remedy="Give two records.")
    people = [person_of(request, record) for record in (left, right)]
    if people[0] != people[1]:
        return _explanation(request, people, "different", f"{left} and {right} are held to be two people.", [])
    chain = strongest_chain(graph_reads.evidence(request, people[0]), left, right)
    sentence = " ".join(as_sentence(_why(link)) for link in chain)
    said = sentence or f"{left} and {right} are of one person by their pooled evidence, without a chain of links."
    return _explanation(request, people[:1], "same", said, chain)


def person_of(request: Request, record: str) -> str:
    """The id of the person whose record this is.

    Raises:
        MissingError: there is no such record.
    """
    person = graph_reads.person_of_record(request, check_id(record))
    if person is None:
        raise MissingError("There is no such record.", remedy="Take record ids from `identities`.")
    return person


def strongest_chain(links: list[LinkRow], left: str, right: str) -> list[LinkRow]:
    """The chain from left to right whose weakest link is strongest; ties by the fewest and smallest ids."""
    graph: nx.Graph[str] = nx.Graph()
    for link in sorted(links, key=lambda link: (link.left, link.right)):
        graph.add_edge(link.left, link.right, link=link, bits=link.weight_bits)
    if left not in graph or right not in graph or not nx.has_path(graph, left, right):
        return []
    tree = nx.maximum_spanning_tree(graph, weight="bits")
    way: list[str] = nx.shortest_path(tree, left, right)  # pyright: ignore[reportUnknownMemberType]  # half-typed stubs
    return [graph.edges[pair]["link"] for pair in pairwise(way)]


def _explanation(
    request: Request, people: Sequence[str], verdict: str, sentence: str, links: list[LinkRow]
) -> Explanation:
    """What is said of these people: one, or two who are held apart."""
    return Explanation(
        entity=strawberry.ID(people[0]) if len(people) == 1 else None,
        verdict=verdict,
        sentence=sentence,
        links=[link_of(link) for link in links],
        snapshot=request.snapshot().id,
        about=tuple(people),
    )


def _why(link: LinkRow) -> PairWhy:
    return PairWhy(
        left=link.left,
        right=link.right,
        probability=link.probability,
        weight_bits=link.weight_bits,
        contributions=tuple(Said(field=field, level=level, bits=bits) for field, level, bits in link.contributions),
        rule=link.rule or "",
        origin=link.origin or "model",
    )
