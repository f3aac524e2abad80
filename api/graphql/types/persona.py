"""Personas: kinds of people, found by clustering, or the run's reason why there are none."""

from dataclasses import replace
from typing import Any, Final

import strawberry

from api.graphql.context import Request
from api.graphql.contract import Query
from api.graphql.lake_reads import fetch
from api.policy import Access, FieldClass, access, feature_class

FOUND: Final = Query(
    text="SELECT persona_id, name, size, share, stability, traits FROM personas ORDER BY size DESC, persona_id"
)
REASON: Final = Query(text="SELECT reason FROM persona_search")
NOT_KEPT: Final = "The run that made this snapshot kept no reason."
"""Said of a snapshot from before the reason was kept, or one that no run of ours made."""


@strawberry.type(description="What sets a persona apart.")
class Trait:
    """What sets a persona apart."""

    feature: str
    says: str
    mean: float
    overall: float
    lift: float


@strawberry.type(description="One kind of person.")
class Persona:
    """One kind of person."""

    id: strawberry.ID
    name: str
    size: int
    share: float = strawberry.field(description="Of all people clustered, 0 to 1.")
    stability: float = strawberry.field(description="Mean adjusted Rand index over bootstrap samples.")
    traits: list[Trait] = strawberry.field(description="Strongest first.")


@strawberry.type(description="The personas of a snapshot.")
class Personas:
    """The personas of a snapshot."""

    personas: list[Persona]
    reason: str | None = strawberry.field(
        description="Why there are no stable personas, or why some are not shown; null where all are."
    )
    snapshot: str


def all_personas(request: Request) -> Personas:
    """The personas, largest first; one named by its health only for those who may see health counted."""
    found = _found(request)
    counted = access(request.caller.role, FieldClass.HEALTH) is not Access.DENIED
    shown = found if counted else [_without_health(persona) for persona in found if not _is_named_by_health(persona)]
    reason = _why_fewer(request, len(found) - len(shown)) if found else _why_none(request)
    return Personas(personas=shown, reason=reason, snapshot=request.snapshot().id)


def open_personas(request: Request) -> dict[str, Persona]:
    """The personas that the caller may know somebody to be of, by name, with what traits the caller may know of."""
    found = _found(request)
    if request.sees(FieldClass.HEALTH):
        return {persona.name: persona for persona in found}
    return {persona.name: _without_health(persona) for persona in found if not _is_named_by_health(persona)}


def _found(request: Request) -> list[Persona]:
    return [_persona(*row) for row in fetch(request, FOUND)]


def _why_none(request: Request) -> str:
    kept = [str(reason) for (reason,) in fetch(request, REASON) if reason]
    return kept[0] if kept else NOT_KEPT


def _why_fewer(request: Request, hidden: int) -> str | None:
    if not hidden:
        return None
    named = "1 persona is" if hidden == 1 else f"{hidden} personas are"
    return f"{named} not shown: what names them is about health, which a {request.caller.role} does not see."


def _is_named_by_health(persona: Persona) -> bool:
    """Whether a trait that is in the persona's name tells about health: who knows the name would know that."""
    said = persona.name.lower().split(", ")
    return any(trait.says.lower() in said and _is_about_health(trait) for trait in persona.traits)


def _without_health(persona: Persona) -> Persona:
    return replace(persona, traits=[trait for trait in persona.traits if not _is_about_health(trait)])


def _is_about_health(trait: Trait) -> bool:
    return feature_class(trait.feature) is FieldClass.HEALTH


def _persona(
    persona_id: str, name: str, size: int, share: float, stability: float, traits: list[dict[str, Any]]
) -> Persona:
    return Persona(
        id=strawberry.ID(persona_id),
        name=name,
        size=size,
        share=share,
        stability=stability,
        traits=[Trait(**trait) for trait in traits],
    )
