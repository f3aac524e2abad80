"""Patients and those who care for them: who treats whom, what is overdue, and what usually follows a diagnosis."""

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Column, Order, P, T

from gremlin_libs.rows import projected


def care_team(g: GraphTraversalSource, person: str) -> GraphTraversal:
    """Who cares for this person?

    Args:
        g: the graph.
        person: a person's id.

    Returns:
        One row a provider, by id: `uid`, `name`, and `events`, how many of the person's events they performed. Cost:
        the person's providers, and the person's events once.
    """
    performed = __.in_("PERFORMED_BY").where(__.in_("DID").has("uid", person)).count()
    team = g.V(person).has_label("Person").in_("CARES_FOR").order().by(T.id)
    return projected(team, ("uid", "name"), events=performed)


def panel(g: GraphTraversalSource, provider: str, limit: int = 100, *, after: str = "") -> GraphTraversal:
    """Whom does this provider care for, and what is overdue?

    Args:
        g: the graph.
        provider: a provider's id (`pv_…`).
        limit: the most rows.
        after: only people whose id is larger, for the next page.

    Returns:
        One row a person, by id: `uid`, `given_name`, `family_name`, `birth_year`, and `gaps`, the sorted names of open
        care gaps. Cost: sorts the ids of the provider's people.
    """
    people = g.V(provider).has_label("Provider").out("CARES_FOR").has("uid", P.gt(after)).order().by(T.id).limit(limit)
    gaps = __.out("HAS_GAP").values("name").order().fold()
    return projected(people, ("uid", "given_name", "family_name", "birth_year"), gaps=gaps)


def care_gaps(g: GraphTraversalSource, person: str) -> GraphTraversal:
    """What care is this person missing, and which event shows it?

    Args:
        g: the graph.
        person: a person's id.

    Returns:
        One row an open gap, by name, then by id: `uid`, `name`, `since_ts`, and `evidence`, a list by time and id of
        maps `uid`, `type`, `at_ts`. Cost: the person's gaps.
    """
    shown = projected(__.out("EVIDENCED_BY").order().by("at_ts").by(T.id), ("uid", "type", "at_ts"))
    gaps = g.V(person).has_label("Person").out("HAS_GAP").order().by("name").by(T.id)
    return projected(gaps, ("uid", "name", "since_ts"), evidence=shown.fold())


def care_pathway(g: GraphTraversalSource, condition: str, steps: int = 3, limit: int = 10) -> GraphTraversal:
    """What usually follows a diagnosis, step after step?

    Args:
        g: the graph.
        condition: a condition's name.
        steps: how many events after the diagnosis, 1 to 10; shorter journeys are left out.
        limit: the most rows.

    Returns:
        One row a pathway, most frequent first, then by its steps: `steps` (the types of the diagnosis and of the events
        after it) and `count`. Cost: every diagnosis of the condition, times `steps`.
    """
    named = g.V().has_label("Concept").has("kind", "condition").has("name", condition)
    diagnoses = named.in_("ABOUT").has_label("Event")
    walked = diagnoses.repeat(__.out("NEXT")).times(steps).group_count().by(__.path().unfold().values("type").fold())
    counted = walked.unfold().order().by(Column.values, Order.desc).by(Column.keys).limit(limit)
    return counted.project("steps", "count").by(Column.keys).by(Column.values)
