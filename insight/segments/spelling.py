"""A definition in the words of the data: each value as the lake writes it, and the values that nobody has.

Whoever writes "Houston" means the city that cleaning wrote as "houston", and "order" means events of type "Order" too.
So a definition is fitted to a snapshot before it is compiled, and all three compilers compare what is written. Pure:
what the data says is handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import msgspec

from insight.segments.definition import (
    CONDITIONS,
    PURCHASES,
    READINGS,
    All,
    Any,
    Consent,
    Definition,
    Event,
    Leaf,
    Not,
    Profile,
    Reading,
    Related,
    Scalar,
    Total,
    texts_of,
)
from insight.segments.fields import BORN, FIELDS

Part = Literal["type", "about", "channel"]
LISTED: Final = frozenset({"sex", "city", "region", "country"})
"""Profile fields that many share: whoever may ask about one may know which values there are."""
PARTS: Final[tuple[Part, ...]] = ("about", "channel")
NOUNS: Final = {"type": "an event of type", "about": "such an event about", "channel": "such an event through"}


class Vocabulary(Protocol):
    """What the people of a snapshot have, asked value by value."""

    def stored(self, field: str, value: str) -> str | None:
        """The value of a profile field as somebody has it; None when nobody does."""
        ...

    def begins(self, field: str, prefix: str) -> str | None:
        """How somebody's value of a profile field begins, when some begins so but for case."""
        ...

    def spellings(self, part: Part, value: str, types: Sequence[str]) -> tuple[str, ...]:
        """Every way that events of these types (all, when none are given) write the value."""
        ...

    def purposes(self, purpose: str) -> tuple[str, ...]:
        """Every way that a purpose of consent is written."""
        ...

    def near(self, what: str, value: str, types: Sequence[str]) -> tuple[str, ...]:
        """Values that there are, of a profile field, a part of events or "purpose", the most alike first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A value of a definition that nobody has.

    Attributes:
        path: its condition's place in the tree.
        part: the profile field, the part of events, or "purpose".
        what: what it is a value of, in words.
        value: as it was written.
        near: some that there are, the most alike first; none where they would name people.
    """

    path: str
    part: str
    what: str
    value: str
    near: tuple[str, ...] = ()

    def __str__(self) -> str:
        near = f" There are {', '.join(self.near)}." if self.near else ""
        return f"{self._nobody(self.value)}{near}"

    @property
    def note(self) -> str:
        """For what is kept and read by many: other values than of types and `LISTED` may be personal, and stay out."""
        if self.part == "type" or self.part in LISTED:
            return str(self)
        return f"{self._nobody('…')} The definition has the value."

    def _nobody(self, value: str) -> str:
        return f"Nobody has {self.what} '{value}'{f' ({self.path})' if self.path else ''}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A definition in the words of the data, and its values that nobody has."""

    definition: Definition
    unheard: tuple[Unheard, ...] = ()


def fit(definition: Definition, words: Vocabulary) -> Fitted:
    """Write every value of a definition as the data does; one that nobody has stays as it is, and is told.

    Args:
        definition: with other segments' definitions put in.
        words: of the snapshot that it is to be held against.
    """
    fitter = _Fitter(words)
    return Fitted(definition=fitter.fitted(definition, ""), unheard=tuple(fitter.unheard))


class _Fitter:
    """Walks one definition and remembers what nobody has."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.unheard: list[Unheard] = []

    def fitted(self, node: Definition, path: str) -> Definition:
        prefix = f"{path}." if path else ""
        match node:
            case All(of=parts):
                return All(of=tuple(self.fitted(part, f"{prefix}of[{n}]") for n, part in enumerate(parts)))
            case Any(of=parts):
                return Any(of=tuple(self.fitted(part, f"{prefix}of[{n}]") for n, part in enumerate(parts)))
            case Not(of=part):
                return Not(of=self.fitted(part, f"{prefix}of"))
            case _:
                return self._leaf(node, path)

    def _leaf(self, leaf: Leaf, path: str) -> Definition:
        match leaf:
            case Profile():
                return self._profile(leaf, path)
            case Event() | Total():
                return self._events(leaf, path)
            case Related():
                return self._related(leaf, path)
            case Reading(measure=measure):
                found = self._said("about", texts_of(measure), READINGS, path, "a reading of")
                return msgspec.structs.replace(leaf, measure=_one(found))
            case Consent(purpose=purpose):
                return msgspec.structs.replace(leaf, purpose=_one(self._purposes(texts_of(purpose), path)))
            case _:
                return leaf

    def _profile(self, leaf: Profile, path: str) -> Profile:
        if FIELDS[leaf.field].kind != "text" or leaf.field == BORN or leaf.op in ("present", "absent"):
            return leaf
        if leaf.op == "in":
            return msgspec.structs.replace(leaf, values=tuple(self._value(leaf, value, path) for value in leaf.values))
        return msgspec.structs.replace(leaf, value=self._value(leaf, leaf.value, path))

    def _value(self, leaf: Profile, value: Scalar | None, path: str) -> Scalar:
        text, ask = str(value), self.words.begins if leaf.op == "prefix" else self.words.stored
        found = ask(leaf.field, text)
        if found is None:
            self._tell(path, leaf.field, f"the {FIELDS[leaf.field].says}", text)
        return text if found is None else found

    def _events(self, leaf: Event | Total, path: str) -> Definition:
        before = len(self.unheard)
        types = self._said("type", leaf.type, (), path, NOUNS["type"])
        unknown = {told.value for told in self.unheard[before:]}
        known = tuple(one for one in types if one not in unknown)
        if leaf.type and not known:
            return msgspec.structs.replace(leaf, type=types)
        rest = {part: self._said(part, getattr(leaf, part), known, path, NOUNS[part]) for part in PARTS}
        return msgspec.structs.replace(leaf, type=types, **rest)

    def _related(self, leaf: Related, path: str) -> Definition:
        types = CONDITIONS if leaf.to == "condition" else PURCHASES
        noun = "the condition" if leaf.to == "condition" else "an order of the product"
        named = [self._said("about", (name,), types, path, noun) for name in leaf.names]
        if leaf.how == "all" and any(len(ways) > 1 for ways in named):
            return All(of=tuple(Related(to=leaf.to, names=ways, how="any") for ways in named))
        return msgspec.structs.replace(leaf, names=tuple(way for ways in named for way in ways))

    def _said(self, part: Part, values: Sequence[str], types: Sequence[str], path: str, noun: str) -> tuple[str, ...]:
        said: list[str] = []
        for value in values:
            found = self.words.spellings(part, value, types)
            if not found:
                self._tell(path, part, noun, value, types)
            said += found or (value,)
        return tuple(dict.fromkeys(said))

    def _purposes(self, purposes: Sequence[str], path: str) -> tuple[str, ...]:
        said: list[str] = []
        for purpose in purposes:
            found = self.words.purposes(purpose)
            if not found:
                self._tell(path, "purpose", "an answer about consent to", purpose)
            said += found or (purpose,)
        return tuple(dict.fromkeys(said))

    def _tell(self, path: str, part: str, what: str, value: str, types: Sequence[str] = ()) -> None:
        near = self.words.near(part, value, types)
        self.unheard.append(Unheard(path=path, part=part, what=what, value=value, near=near))


def _one(values: tuple[str, ...]) -> str | tuple[str, ...]:
    """One text by itself, several together."""
    return values[0] if len(values) == 1 else values
