"""Saved segments as a caller may know of them: those whose definition asks only about what the caller sees clearly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from api.graphql.context import Request
from api.policy import FIELDS, FieldClass, allowed, event_class
from api.run.segments import STREAM, definitions, save_segment, saved_segments, segment_id_of
from core.errors import DeniedError
from insight.contract import Sql
from insight.segments import (
    Confidence,
    Consent,
    Definition,
    Event,
    EventFilter,
    Profile,
    Reading,
    Related,
    Saved,
    Total,
    fitted,
    inline,
    parse,
    to_sql,
    walk,
)
from lake.ledger import Ledger

LEAVES: Final[Mapping[type, FieldClass]] = {
    Reading: FieldClass.HEALTH,
    Consent: FieldClass.BEHAVIOUR,
    Confidence: FieldClass.EVIDENCE,
}

EVENTS: Final = (FieldClass.BEHAVIOUR, FieldClass.HEALTH)
"""What events may be of; the words of the data change the class of nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A saved segment, its definition with other segments put in the place of their names, and when it was saved."""

    saved: Saved
    whole: Definition
    at: datetime

    @property
    def meant(self) -> Saved:
        """The segment with its whole definition."""
        return Saved(name=self.saved.name, version=self.saved.version, definition=self.whole)


def known_segments(request: Request) -> dict[str, Known]:
    """The segments this caller may know of, by id, in the order of their names."""
    return {
        known.saved.segment_id: known
        for known in _newest(request.engine.ledger).values()
        if _is_open(request, known.whole)
    }


def known_segment(request: Request, said: str) -> Known:
    """One segment this caller may know of, by its id or its name, whatever the case.

    Raises:
        MissingError: there is none, or not for this caller.
    """
    known = known_segments(request)
    return known[segment_id_of(said, [one.saved for one in known.values()])]


def read_definition(request: Request, tree: object) -> tuple[Definition, Definition]:
    """Read a definition from JSON: as given, and with other segments put in the place of their names.

    Raises:
        BadInputError: it is no definition, or names a segment that is not there.
        DeniedError: its outcome would tell the caller what is hidden.
    """
    definition = parse(msgspec.json.encode(tree))
    named = {known.saved.name: known.saved.definition for known in known_segments(request).values()}
    written = inline(definition, named)
    whole = in_words(request, written)
    for field_class, by in sorted((asked_by(whole) | asked_by(written)).items()):
        if not allowed(request.caller.role, [field_class]):
            raise DeniedError(
                f"The definition asks about {field_class}, by {by}, which a {request.caller.role} does not see.",
                remedy="Mend it if it is a slip of the pen; see docs/reference/policy.md for who sees what.",
                needs=field_class,
            )
    return definition, whole


def in_words(request: Request, definition: Definition) -> Definition:
    """The definition in the words of the snapshot: what it asks of events and profiles, as those are written."""
    return fitted(request.connection(), definition, region=request.engine.region).definition


def members_of(request: Request, known: Known) -> Sql:
    """The query for the people in a saved segment, in the words of the snapshot and as of its clock."""
    return to_sql(in_words(request, known.whole), request.snapshot().at)


def store_segment(request: Request, name: str, definition: Definition, *, replace: bool) -> Saved:
    """Save a definition under a name, for this caller.

    Raises:
        ConflictError: the name is taken and was not to be replaced, or belongs to a segment the caller may not know of.
    """
    hidden = name in definitions(request.engine.ledger) and all(
        known.saved.name != name for known in known_segments(request).values()
    )
    return save_segment(
        request.engine.ledger, name, definition, who=request.caller.key_id, replace=replace and not hidden
    )


def classes_of(definition: Definition) -> frozenset[FieldClass]:
    """What knowing who is in the segment tells of a person."""
    return frozenset(asked_by(definition))


def asked_by(definition: Definition) -> dict[FieldClass, str]:
    """For each class of knowledge that a definition asks for, the last part of it that does, in words."""
    return {found: what for _, node, _ in walk(definition) for found, what in _classes(node)}


def _is_open(request: Request, whole: Definition) -> bool:
    """Whether a caller sees clearly what a definition asks about: as it is written, and as the data writes it.

    The lake is asked once a snapshot: c360.toml may call events "Lab Result" that a definition calls "lab_result".
    """
    role = request.caller.role
    if not allowed(role, classes_of(whole)):
        return False
    events = tuple(node for _, node, _ in walk(whole) if isinstance(node, EventFilter))
    if not events or allowed(role, EVENTS):
        return True
    asked = (request.snapshot().id, *events)
    return allowed(role, request.engine.classes.answer(asked, lambda: _classes_in_data(request, events)))


def _classes_in_data(request: Request, events: Sequence[Event | Total]) -> frozenset[FieldClass]:
    """What conditions on events ask about, in the words of the snapshot; what the events are about is nothing to it."""
    plain = (msgspec.structs.replace(node, about=()) for node in events)
    return frozenset[FieldClass]().union(*(classes_of(in_words(request, node)) for node in plain))


def _classes(node: Definition) -> Iterator[tuple[FieldClass, str]]:
    if type(node) in LEAVES:
        yield LEAVES[type(node)], f"a {type(node).__name__.lower()}"
    elif isinstance(node, Profile):
        field = FIELDS.get(field_of(node.field))
        yield field.field_class if field is not None else FieldClass.EVIDENCE, f"the field {node.field}"
    elif isinstance(node, Related):
        yield FieldClass.HEALTH if node.to == "condition" else FieldClass.BEHAVIOUR, f"a {node.to}"
    elif isinstance(node, EventFilter):
        yield from _event_classes(node)
        if node.cost is not None or (isinstance(node, Total) and node.sum == "cost"):
            yield FieldClass.FINANCIAL, "the cost of events"


def _event_classes(node: EventFilter) -> Iterator[tuple[FieldClass, str]]:
    """An event without a type may be of any class; one of a type that nobody knows counts as health."""
    if not node.type:
        yield from ((found, "events of any type") for found in EVENTS)
    for event_type in node.type:
        for channel in node.channel or (None,):
            yield event_class(event_type, channel), f"events of type {event_type}"


def _newest(ledger: Ledger) -> dict[str, Known]:
    saved = definitions(ledger)
    whole = {segment.name: segment.definition for segment in saved_segments(ledger)}
    at = {str(entry.entry["name"]): entry.at for entry in ledger.entries(STREAM)}
    return {name: Known(saved=segment, whole=whole[name], at=at[name]) for name, segment in saved.items()}


def field_of(name: str) -> str:
    """The field of the schema that shows a profile field: `given_name` is `Person.givenName`."""
    head, *rest = name.split("_")
    return f"Person.{head}" + "".join(part.capitalize() for part in rest)
