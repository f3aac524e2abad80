"""Fathers' names where they are the second name: Alem, whose father is Birhanu, is Alem Birhanu in the next file.

In Ethiopia, Somalia or Iceland people have no family name; a register that asks for the name, the father's and the
grandfather's in three columns holds the parts of what other files write as one name.
"""

import re
from itertools import combinations
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import evenly
from ingest.kinds.decide import are_varied
from ingest.kinds.settle import NAMES, WHOLE_NAME_WORDS, Apart, Candidate, Candidates
from ingest.kinds.whose import words_of

FATHER: Final = re.compile(
    r"\b(father'?s?|p[eè]re|padre|pai|vater|vader|ba+ba|otac|ot[eé]c|bapak|ayah|أب|الأب|والد|الوالد|አባት|отец|отца|батька)\b"
)
GRANDFATHER: Final = re.compile(r"\b(g(rand|d)? ?f(ather)?s?|grandfather|grand p[eè]re|abuelo|av[oô]|الجد|جد|አያት)\b")
SINGLE: Final = 1.3
"""Words of a name up to which it is one."""
ROWS: Final = 5000
"""Rows, and whole names, that are looked at."""
FOUND: Final = 0.02
TIMES_CHANCE: Final = 1.5
"""Rows whose name and father's name stand together in a whole name, to each for which this is so of another's father,
and the share of all rows beyond them: few names are everybody's in some countries, and hardly spelled alike."""
Pair = frozenset[str]


def with_fathers_names(table: pa.Table, columns: Candidates, apart: Apart) -> Candidates:
    """Take fathers' names for family names, beside names of one word without any, where another file has whole names.

    There the name and the father's have to stand together, and more often than with another's father.

    Args:
        table: columns of text.
        columns: what each was taken for.
        apart: whether two columns are never filled in the same row.

    Cost: ROWS rows of each of these columns, where headers tell of fathers.
    """
    whole = [one for one in columns if one.kind == "full_name" and one.shapes.words >= WHOLE_NAME_WORDS]
    turned: dict[str, str] = {}
    for name in (one for one in columns if one.kind in {"full_name", "given_name"} and _is_single(one)):
        beside = [one for one in columns if one is not name and not apart(one.column, name.column)]
        elsewhere = [one for one in whole if apart(one.column, name.column)]
        named = _named(name, beside)
        alone = not any(one.kind in NAMES for one in beside)
        if named and elsewhere and alone and _together(table, list(named)[:2], elsewhere):
            turned |= named
    return tuple(one.turned(turned[one.column], 0.75) if one.column in turned else one for one in columns)


def _together(table: pa.Table, parts: list[str], whole: list[Candidate]) -> bool:
    """Whether names and fathers' names of one row stand in whole names, and those of two rows seldom do."""
    names = (row for one in whole for (row,) in _rows(table, [one.column]))
    known = {frozenset(pair) for row in names for pair in combinations(row, 2)}
    rows = _rows(table, parts)
    fathers, half = [father for _, father in rows], len(rows) // 2
    true, chance = (
        sum(own | father in known for (own, _), father in zip(rows, theirs, strict=True))
        for theirs in (fathers, [*fathers[half:], *fathers[:half]])
    )
    return bool(rows) and true >= TIMES_CHANCE * chance + FOUND * len(rows)


def _rows(table: pa.Table, columns: list[str]) -> list[tuple[Pair, ...]]:
    """The words of some rows in which all these columns say something, whatever the order of the rows."""
    texts = pa.table({name: table.column(name).cast(pa.string()) for name in columns}).group_by(columns).aggregate([])
    for name in columns:
        texts = texts.filter(pc.fill_null(pc.not_equal(texts.column(name), ""), False))
    if not texts.num_rows:
        return []
    some = texts.take(evenly(pc.sort_indices(texts, [(name, "ascending") for name in columns[::-1]]), ROWS))
    return list(zip(*(words_of(some.column(name).to_pylist()) for name in columns), strict=True))


def _named(name: Candidate, beside: list[Candidate]) -> dict[str, str]:
    """What the name and those of the fathers beside it are, in this order; nothing where there are none."""
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
