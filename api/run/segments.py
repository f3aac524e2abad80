"""Segment definitions, kept in the ledger: every version of each, who wrote it and when; the newest is in force."""

from collections.abc import Iterable
from typing import Final

from core.errors import ConflictError
from insight.segments import Definition, Saved, dump, inline, parse, segment_called
from lake.ledger import Ledger

STREAM: Final = "segments"


def save_segment(ledger: Ledger, name: str, definition: Definition, *, who: str, replace: bool = False) -> Saved:
    """Write a new segment, or a new version of one, into the ledger.

    Args:
        ledger: the workspace's.
        name: what people call it.
        definition: who belongs to it.
        who: id of the key, or name of the command, that saves it.
        replace: whether it may be a new version.

    Raises:
        ConflictError: there is a segment of that name and it was not to be replaced.
    """
    version = _versions(ledger).get(name, 0)
    if version and not replace:
        raise ConflictError(f"There is a segment '{name}'.", remedy="Choose another name, or replace it.")
    ledger.append(STREAM, {"name": name, "version": version + 1, "definition": dump(definition), "who": who})
    return Saved(name=name, version=version + 1, definition=definition)


def definitions(ledger: Ledger) -> dict[str, Saved]:
    """The newest version of every segment, by name, as it was written."""
    found: dict[str, Saved] = {}
    for entry in ledger.entries(STREAM):
        name, version = str(entry.entry["name"]), int(str(entry.entry["version"]))
        found[name] = Saved(name=name, version=version, definition=parse(str(entry.entry["definition"])))
    return dict(sorted(found.items()))


def saved_segments(ledger: Ledger) -> tuple[Saved, ...]:
    """The newest version of every segment, by name, with other segments' definitions put in."""
    found = definitions(ledger)
    named = {name: saved.definition for name, saved in found.items()}
    return tuple(
        Saved(name=saved.name, version=saved.version, definition=inline(saved.definition, named))
        for saved in found.values()
    )


def whole_definition(ledger: Ledger, definition: Definition, *, name: str | None = None) -> Definition:
    """A definition with other segments' definitions put in the place of their names.

    Args:
        ledger: the workspace's.
        definition: as somebody wrote it.
        name: what it is to be called, so that it is not defined by itself.

    Raises:
        MissingError: it names a segment that there is not.
        BadInputError: it is defined by itself, or the whole is too large.
    """
    named = {one.name: one.definition for one in definitions(ledger).values()}
    return inline(definition, named if name is None else {**named, name: definition})


def saved_segment(ledger: Ledger, said: str) -> Saved:
    """A segment by its name, whatever the case, or its id; other segments' definitions are put in.

    Raises:
        MissingError: there is none.
    """
    found = {one.segment_id: one for one in saved_segments(ledger)}
    return found[segment_id_of(said, found.values())]


def segment_id_of(said: str, known: Iterable[Saved]) -> str:
    """The id of the segment that is meant by an id, by a name, or by a name in another case, in this order.

    Raises:
        MissingError: none of these is.
    """
    ids = {one.name: one.segment_id for one in known}
    return said if said in ids.values() else ids[segment_called(said, ids)]


def _versions(ledger: Ledger) -> dict[str, int]:
    return {str(entry.entry["name"]): int(str(entry.entry["version"])) for entry in ledger.entries(STREAM)}
