"""Fathers' names where they are the second name: Alem, whose father is Birhanu, is Alem Birhanu in the next file.

In Ethiopia, Somalia or Iceland people have no family name; a register that asks for the name, the father's and the
grandfather's in three columns holds the parts of what other files write as one name.
"""

import re
from typing import Final

from ingest.kinds.decide import are_varied
from ingest.kinds.settle import NAMES, WHOLE_NAME_WORDS, Apart, Candidate, Candidates

FATHER: Final = re.compile(
    r"\b(f(ather)?s?|p[eè]re|padre|pai|vater|vader|ba+ba|otac|ot[eé]c|bapak|ayah|أب|الأب|والد|الوالد|አባት|отец|отца|батька)\b"
)
GRANDFATHER: Final = re.compile(r"\b(g(rand|d)? ?f(ather)?s?|grandfather|grand p[eè]re|abuelo|av[oô]|الجد|جد|አያት)\b")
SINGLE: Final = 1.3
"""Words of a name up to which it is one."""


def with_fathers_names(columns: Candidates, apart: Apart) -> Candidates:
    """Take fathers' names for family names, beside names of one word without any, where another file has whole names.

    Args:
        columns: what each was taken for.
        apart: whether two columns are never filled in the same row.
    """
    whole = [one for one in columns if one.kind == "full_name" and one.shapes.words >= WHOLE_NAME_WORDS]
    turned: dict[str, str] = {}
    for name in (one for one in columns if one.kind in {"full_name", "given_name"} and _is_single(one)):
        beside = [one for one in columns if one is not name and not apart(one.column, name.column)]
        elsewhere = any(apart(one.column, name.column) for one in whole)
        if elsewhere and not any(one.kind in NAMES for one in beside):
            turned |= _named(name, beside)
    return tuple(one.turned(turned[one.column], 0.75) if one.column in turned else one for one in columns)


def _named(name: Candidate, beside: list[Candidate]) -> dict[str, str]:
    """What the name and those of the fathers beside it are; nothing where there are none."""
    old = [one for one in beside if GRANDFATHER.search(one.header.words) and _is_single(one)]
    fathers = [one for one in beside if FATHER.search(one.header.words) and one not in old and _is_single(one)]
    if not fathers:
        return {}
    named = {name.column: "given_name", fathers[0].column: "family_name"}
    return named | {one.column: "middle_name" for one in old[:1]}


def _is_single(column: Candidate) -> bool:
    """Whether a column holds names of one word."""
    letters = column.shapes.by_row["mostly_letters"] >= 0.8
    return column.shapes.words <= SINGLE and letters and are_varied(column.facts)
