"""The plan: a traversal as small frozen values, whatever protocol it came by.

Only `frontend` makes plans and only compilation reads them: another wire form needs another front end, no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the language with a family: ("T", "id"), ("Order", "desc"), ("Scope", "local")."""

    family: str
    name: str


@dataclass(frozen=True, slots=True)
class Predicate:
    """A test by operator name: ("gt", (5,)), ("and", (Predicate, Predicate)); arguments may be plans."""

    operator: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CardinalityValue:
    """A property value that says how it joins those already there."""

    cardinality: str
    value: Any


@dataclass(frozen=True, slots=True)
class Strategy:
    """A traversal strategy by name, with its settings."""

    name: str
    configuration: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Instruction:
    """One step with its arguments, and the steps that modulate it (by, from, to, option, with …)."""

    name: str
    arguments: tuple[Any, ...]
    modulators: "tuple[Instruction, ...]" = ()

    def modulated(self, name: str) -> "list[Instruction]":
        """The modulators of this name, in order."""
        return [item for item in self.modulators if item.name == name]


@dataclass(frozen=True)
class Plan:
    """A traversal: what the source is told, then the steps."""

    source: tuple[Instruction, ...]
    steps: tuple[Instruction, ...]

    @cached_property
    def instructions(self) -> tuple[Instruction, ...]:
        """All steps, also of children and modulators; parents first."""
        return tuple(_instructions(self.steps))

    @cached_property
    def everything(self) -> tuple[Instruction, ...]:
        """All steps and source steps, also of children, modulators and strategies; parents first."""
        return tuple(_instructions((*self.source, *self.steps)))

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of all steps, also of children and modulators; asked for several times of each traversal."""
        return frozenset(instruction.name for instruction in self.instructions)


T_ID: Final = Token("T", "id")
T_LABEL: Final = Token("T", "label")
T_KEY: Final = Token("T", "key")
T_VALUE: Final = Token("T", "value")
LOCAL: Final = Token("Scope", "local")
OUT: Final = Token("Direction", "OUT")
IN: Final = Token("Direction", "IN")
WITH_STEPS: Final = (Instruction, Plan, Predicate, Strategy, dict, list, tuple)


def _instructions(value: Any) -> Iterator[Instruction]:
    if isinstance(value, Instruction):
        yield value
        for part in (*value.arguments, *value.modulators):
            if isinstance(part, WITH_STEPS):  # most parts are words and numbers
                yield from _instructions(part)
    elif isinstance(value, Plan):
        yield from _instructions(value.steps)
    elif isinstance(value, Predicate):
        yield from _instructions(value.arguments)
    elif isinstance(value, Strategy):
        yield from _instructions(value.configuration)
    elif isinstance(value, dict | list | tuple):
        parts: Any = value.values() if isinstance(value, dict) else value  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]  # of any value
        for part in parts:
            if isinstance(part, WITH_STEPS):
                yield from _instructions(part)
