"""What to ask every traversal with: arguments drawn from a graph itself, spread over the whole of it."""

from collections.abc import Iterable, Mapping
from math import inf
from typing import Any, Final

from gremlin_python.process.graph_traversal import __
from gremlin_python.process.traversal import P

from graph import GraphStore
from gremlin_libs import CATALOGUE
from gremlin_libs.likeness import WIDEST

POINTS: Final = 60
LIMITS: Final = (1, 2, 3, 5, 8, 13, 20, 50, 100, 200)
Starts = Mapping[str, list[dict[str, Any]]]


def starting_points(store: GraphStore) -> Starts:
    """Keyword arguments, by traversal."""
    people, records = ids(store, "Person"), ids(store, "Record")
    products, conditions = names(store, "Product"), names(store, "Concept", kind="condition")
    kinds = store.run(store.g().V().has_label("Event").values("type").dedup().order())
    outcomes = [{"outcome": kind, "limit": limit} for kind in kinds for limit in (1, 2, 9)]
    return {
        **{question.__name__: [{"person": person} for person in people] for question in CATALOGUE},
        "household": [{"person": person} for person in doing(store, "MEMBER_OF")],
        "hierarchy": [{"person": person} for person in doing(store, "LIVES_AT")],
        "community": [{"person": person, "hops": hops} for person in doing(store, "MEMBER_OF") for hops in (1, 2)],
        "care_team": [{"person": person} for person in doing(store, "CARES_FOR")],
        "care_gaps": [{"person": person} for person in doing(store, "HAS_GAP")],
        "touches": [{"person": person, "outcome": "order"} for person in bought(store)],
        "similar_people": [{"person": person} for person in sharing(store)],
        "first_touch": outcomes,
        "last_touch": outcomes,
        "attribution": [{"outcome": kind, "steps": steps} for kind in kinds for steps in (3, 2)],
        "person_of_record": [{"record_uid": record} for record in records],
        "shortest_evidence": chains(store),
        "who_knows": [{"identifier": identifier} for identifier in ids(store, "Identifier")],
        "supernodes": [{"label": label, "most": most} for label in ("Product", "Person", "Concept") for most in LIMITS],
        "timeline": [{"person": person, "start_ts": 0, "end_ts": 1_780_000_000_000} for person in people],
        "next_steps": [
            *({"event_type": kind} for kind in kinds),
            *({"event_type": "order", "about": name} for name in products),
        ],
        "bought_together": [{"product": name, "limit": limit} for name in products for limit in (2, 20)],
        "care_pathway": [{"condition": name, "steps": steps} for name in conditions for steps in (1, 2, 3)],
        "panel": [{"provider": provider, "limit": limit} for provider in ids(store, "Provider") for limit in (3, 30)],
        "segment_members": [{"segment": name, "limit": most} for name in ids(store, "Segment") for most in (1, 10, 99)],
        "persona_members": [{"persona": name, "limit": most} for name in ids(store, "Persona") for most in LIMITS],
        "shared_identifier_rings": [{"least": least, "limit": limit} for least in (1, 2, 3, 4) for limit in LIMITS],
    }


def ids(store: GraphStore, label: str) -> list[Any]:
    """Ids of a label."""
    return spread(store.run(store.g().V().has_label(label).values("uid").order()))


def names(store: GraphStore, label: str, **properties: str) -> list[Any]:
    """Names of a label's vertices that have these properties."""
    found = store.g().V().has_label(label)
    for name, value in properties.items():
        found = found.has(name, value)
    return spread(store.run(found.values("name").order()))


def doing(store: GraphStore, edge: str) -> list[Any]:
    """People with such an edge."""
    return spread(store.run(store.g().V().has_label("Person").where(__.both_e(edge)).values("uid").order()))


def bought(store: GraphStore) -> list[Any]:
    """People who ordered something."""
    who = store.g().V().has_label("Person").where(__.out("DID").has("type", "order"))
    return spread(store.run(who.values("uid").order()))


def sharing(store: GraphStore) -> list[Any]:
    """People of something that not too many have to do with, see `similar_people`."""
    rare = (
        store.g()
        .V()
        .has_label("Product", "Concept")
        .where(__.in_e("ABOUT").limit(WIDEST + 1).count().is_(P.lte(WIDEST)))
    )
    return spread(store.run(rare.in_("ABOUT").in_("DID").dedup().values("uid").order()))


def chains(store: GraphStore) -> list[dict[str, Any]]:
    """Pairs of records of one person."""
    several = store.g().V().has_label("Person").where(__.out("HAS_RECORD").limit(2).count().is_(2))
    pairs = store.run(
        several.order().by("uid").local(__.out("HAS_RECORD").order().by("uid").limit(2).values("uid").fold())
    )
    return [{"left": pair[0], "right": pair[1]} for pair in spread(pairs)]


def spread(items: list[Any]) -> list[Any]:
    """At most about `POINTS` of them, evenly spaced."""
    return items[:: max(1, len(items) // POINTS)]


def answers(store: GraphStore, starts: Starts, enough: float = inf) -> dict[str, list[list[object]]]:
    """What every traversal answers from its starting points, one after the other until `enough` had an answer."""
    return {
        question.__name__: _until(
            enough, (store.run(question(store.g(), **start)) for start in starts[question.__name__])
        )
        for question in CATALOGUE
    }


def _until(enough: float, found: Iterable[list[object]]) -> list[list[object]]:
    """All rows up to and with those that are the last needed."""
    kept: list[list[object]] = []
    for rows in found:
        kept.append(rows)
        enough -= bool(rows)
        if enough <= 0:
            break
    return kept
