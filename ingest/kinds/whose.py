"""Columns of names seen row by row: which is the first name, which the last, and which is of somebody else.

A whole name shares words with the other names of its row. A column of names that shares none with the family name
beside it, where there is no first name, is the first name; one that shares none with the person's own names is of an
employer, a doctor or a guardian. Of two columns of names that no header tells apart, the first name is the one that
tells the sex.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ingest.clean.run import clean_values, coded, decoded, one_chunk
from ingest.kinds.settle import WHOLE_NAME_WORDS, Candidate, Candidates, may_be_names
from ingest.kinds.sexes import TELLS_MORE, tells_sex
from ingest.kinds.shapes import WORD
from ingest.kinds.told import codes_of

ROWS: Final = 5000
"""Rows looked at where a table has twice as many; they are drawn by the names in them, wherever these stand."""
NAMES: Final = frozenset({"full_name", "given_name", "family_name"})
LEAST_ROWS: Final = 50
"""Rows that know both names, below which nothing is said of them."""
OTHER_PART: Final = 0.3
"""Share of rows in which a name holds the family name beside it, below which it is no whole name."""
STRANGER: Final = 0.1
"""Share of rows in which a name holds a word of the person's own, below which it is of another."""
OTHER_SCRIPT: Final = 0.3
"""Share of the rows with two names in which both are in one script, up to which one name is a writing of the other."""
COVERED: Final = 0.95
"""Share of the rows with a name in another script that know the first as well, from which the other says no more."""
NAME: Final = frozenset({"name", "full name", "fullname", "names", "navn", "namn", "naam", "nome", "nombre", "nama"})
"""Headers of the person's own name, and of nobody else's."""
KEYS: Final = frozenset({"email", "phone", "national_id", "identifier", "device"})
MOST_OF_ONE: Final = 6
"""Rows of one key that are of one person or one household."""
KEY_PAIRS: Final = 2000
CLEARLY: Final = 0.4
"""Share of rows of one key that have one name more, from which a column of names is rather the person's."""
COMMON: Final = 0.2
"""Share of rows in which a word stands that is a title, or everybody's."""
KANA: Final = frozenset({"KATAKANA", "HIRAGANA", "HALFWIDTH", "KATAKANA-HIRAGANA"})
UNSURE: Final = 0.6
"""Confidence in names told by their shape alone."""
DRAWN: Final = """
    SELECT row FROM (
        SELECT row, hash(names, row_number() OVER (PARTITION BY names ORDER BY row)) AS draw
        FROM (SELECT row, hash({names}) AS names FROM hashed))
    ORDER BY draw, row LIMIT {rows}"""
Words = tuple[frozenset[str], ...]
Ints = NDArray[np.int64]
Draw = Callable[[str], Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """Of the rows that know two columns, how many there are, the share with a word in common, and one script."""

    rows: int
    share: float


def by_rows(database: duckdb.DuckDBPyConnection, table: pa.Table, columns: Candidates) -> Candidates:
    """Bring the columns of names into agreement with each other's values.

    Args:
        database: any.
        table: columns of text.
        columns: what each was taken for.

    Cost: twice ROWS rows of each column of names at most; a hash of each of their values and two sorts of the rows
    where there are more, and one sort of the rows where two have changed places.
    """
    columns = _by_keys(columns, table)
    draw = _draw(database, table, sorted(one.column for one in columns if one.kind in NAMES))
    for rule in (_guesses, _kana, _parts, _readings, _strangers):
        columns = rule(columns, draw)
    return _first_by_sex(columns, table)


def _draw(database: duckdb.DuckDBPyConnection, table: pa.Table, names: Sequence[str]) -> Draw:
    """The words of a column in the rows looked at, rows and columns read once, and none before it is asked for."""
    rows = cache(partial(_drawn, database, table, names))

    @cache
    def words(name: str) -> Words:
        return _words_of(table.column(name).take(rows()).cast(pa.string()).to_pylist())

    return words


def _drawn(database: duckdb.DuckDBPyConnection, table: pa.Table, names: Sequence[str]) -> pa.Array:
    """The places of the rows looked at: all, or ROWS of them, by a hash of their names and how often these came before.

    Of rows with equal names each is drawn by itself, and which of them they are makes no difference.
    """
    if table.num_rows < 2 * ROWS:
        return pa.array(np.arange(table.num_rows))
    hashes = {f"name{place}": _hashes(database, table.column(name)) for place, name in enumerate(names)}
    database.register("hashed", pa.table(hashes | {"row": np.arange(table.num_rows)}))
    drawn = database.sql(DRAWN.format(names=", ".join(hashes), rows=ROWS)).to_arrow_table()
    database.unregister("hashed")
    return one_chunk(drawn.column("row"))


def _hashes(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray) -> pa.Array:
    """A hash of each row's value, shape (rows,); null where there is none."""
    return decoded(coded(column, partial(clean_values, database, recipe=(("c", "hash(v)"),))))


def _shared(left: Words, right: Words) -> _Shared:
    """Compare two columns; rows in different scripts, as of a name in Arabic and in English, are not compared."""
    both = [(one, other) for one, other in zip(left, right, strict=True) if one and other and _same_script(one, other)]
    found = sum(not one.isdisjoint(other) for one, other in both)
    return _Shared(rows=len(both), share=found / len(both) if both else 0.0)


def _same_script(one: frozenset[str], other: frozenset[str]) -> bool:
    return _script(one) == _script(other)


def _script(words: frozenset[str]) -> str:
    """The script of the first sign: LATIN, CYRILLIC, CJK, KATAKANA and so on."""
    return unicodedata.name(min(words)[0], "").split(" ")[0]


def _by_keys(columns: Candidates, table: pa.Table) -> Candidates:
    """The person's names are those that go with his numbers.

    Rows of one telephone or one number have one owner, but call on one doctor today and on another tomorrow. A column
    of names that changes where another stays is of somebody else, unless a header says that it is a part of the name;
    where none is left, the column of words that stays is the name.
    """
    suspects = [one for one in columns if _may_be_anothers(one)]
    rivals = [one for one in columns if one.kind in NAMES or may_be_names(one)]
    rows = _rows_of_one_key(columns, table) if suspects and len(rivals) > 1 else None
    if rows is None:
        return columns
    stays = {one.column: _stays(table, one.column, rows) for one in rivals}
    best = max(rivals, key=lambda one: (stays[one.column], one.column))
    others = {one.column for one in suspects if stays[one.column] + CLEARLY <= stays[best.column]}
    if not others:
        return columns
    turned = dict.fromkeys(others, "category")
    if not any(one.kind in NAMES and one.column not in others for one in columns):
        turned[best.column] = "full_name"
    return tuple(one.turned(turned[one.column], 0.7) if one.column in turned else one for one in columns)


def _may_be_anothers(column: Candidate) -> bool:
    """Whole names, and family names that no header tells; first names and earlier names change in a household."""
    guessed = column.kind == "family_name" and not column.said()
    own = column.header.of_alias() or column.header.words in NAME
    return (column.kind == "full_name" or guessed) and not own


def _rows_of_one_key(columns: Candidates, table: pa.Table) -> tuple[Ints, Ints] | None:
    """Rows side by side that share a telephone, an e-mail or a number which few rows have; None where there are few.

    Returns:
        The left and the right rows, each shape (pairs,): at most KEY_PAIRS of each key, evenly spaced.
    """
    pairs: list[tuple[Ints, Ints]] = []
    for one in columns:
        if one.kind in KEYS and one.facts.filled > one.facts.distinct:
            key = codes_of(table, one.column)
            size = np.bincount(key[key >= 0], minlength=1)[np.maximum(key, 0)]
            rows = np.flatnonzero((key >= 0) & (size > 1) & (size <= MOST_OF_ONE))
            order = rows[np.argsort(key[rows], kind="stable")]
            at = np.flatnonzero(key[order[:-1]] == key[order[1:]])
            at = at[:: max(1, len(at) // KEY_PAIRS)]
            pairs.append((order[at], order[at + 1]))
    left, right = (np.concatenate([np.zeros(0, np.int64), *(one[side] for one in pairs)]) for side in (0, 1))
    return (left, right) if len(left) >= LEAST_ROWS else None


def _stays(table: pa.Table, name: str, rows: tuple[Ints, Ints]) -> float:
    """Share of pairs of rows whose values have a word in common that is no title; 0 where few pairs know both."""
    left, right = (_words_of(table.column(name).take(pa.array(side)).cast(pa.string()).to_pylist()) for side in rows)
    uses = Counter(word for one in left for word in one)
    common = {word for word, count in uses.items() if count > COMMON * len(left)}
    both = [(one - common, other - common) for one, other in zip(left, right, strict=True) if one and other]
    return sum(not one.isdisjoint(other) for one, other in both) / len(both) if len(both) >= LEAST_ROWS else 0.0


def _words_of(texts: Sequence[str | None]) -> Words:
    return tuple(frozenset(word for word in WORD.findall((text or "").lower()) if len(word) > 1) for text in texts)


def _guesses(columns: Candidates, draw: Draw) -> Candidates:
    """One part of a name that no header tells, of which the column called the name holds nothing, is a trade or a town.

    Carter and Shoemaker are family names as well. Where both parts are guessed, the name may be somebody else's.
    """
    whole = [one for one in columns if one.kind == "full_name" and one.header.words in NAME]
    parts = [one for one in columns if one.kind in {"given_name", "family_name"}]
    if len(parts) != 1 or parts[0].said() or not any(_is_strange(parts[0], draw(one.column), draw) for one in whole):
        return columns
    return tuple(one.turned("category") if one is parts[0] else one for one in columns)


def _parts(columns: Candidates, draw: Draw) -> Candidates:
    """A whole name without the part that stands in a column beside it is the other part.

    Columns of other files, of which its rows have none, do not matter.
    """
    for part, other in (("family_name", "given_name"), ("given_name", "family_name")):
        for beside in (one for one in columns if one.kind == part and not one.header.of_alias()):
            turned = _turned_parts(_near(columns, beside, draw), beside, other, draw)
            if turned:
                return tuple(one.turned(turned[one.column], 0.75) if one.column in turned else one for one in columns)
    return columns


def _near(columns: Candidates, beside: Candidate, draw: Draw) -> Candidates:
    """The other columns of names that some row has together with this one."""
    others = (one for one in columns if one.kind in NAMES and one is not beside)
    return tuple(one for one in others if _meet(draw(one.column), draw(beside.column)))


def _meet(left: Words, right: Words) -> bool:
    return any(one and other for one, other in zip(left, right, strict=True))


def _turned_parts(near: Candidates, beside: Candidate, other: str, draw: Draw) -> dict[str, str]:
    """What the columns of names beside a part of the name are, where they are not what they were taken for."""
    others = [one for one in near if one.kind == other]
    if any(one.said() for one in others) or any(one.kind == beside.kind for one in near):
        return {}
    seen = {
        one.column: _shared(draw(one.column), draw(beside.column))
        for one in near
        if one.kind == "full_name" or one in others
    }
    bare = [one for one in near if one.column in seen and _is_bare(seen[one.column])]
    bare = [one for one in bare if one.shapes.words < WHOLE_NAME_WORDS] or bare
    whole = [one.column for one in others if seen[one.column].share > 1 - OTHER_PART]
    if len(bare) != 1 or len(others) != len(whole):
        return {}
    return {bare[0].column: other} | dict.fromkeys(whole, "full_name")


def _is_bare(seen: _Shared) -> bool:
    return seen.rows >= LEAST_ROWS and seen.share < OTHER_PART


def _kana(columns: Candidates, draw: Draw) -> Candidates:
    """Japanese names in kana beside kanji: where all rows have kana, they are the names, for one reads as another.

    One file may hold them whole and the next in parts, and kanji often stand without a space between the parts.
    """
    named = [one for one in columns if one.kind in NAMES]
    kana = {one.column for one in named if _are_kana(draw(one.column))}
    others = {one.column for one in named if one.column not in kana}
    read, written = (
        [any(row) for row in zip(*(draw(name) for name in sorted(those)), strict=True)] for those in (kana, others)
    )
    both = sum(one and two for one, two in zip(read, written, strict=False))
    if both < LEAST_ROWS:
        return columns
    left_out = others if both >= COVERED * sum(written) else kana
    return tuple(one.turned("text", 0.7) if one.column in left_out else one for one in columns)


def _are_kana(words: Words) -> bool:
    scripts = [_script(one) for one in words if one]
    return sum(script in KANA for script in scripts) >= COVERED * max(len(scripts), 1)


def _readings(columns: Candidates, draw: Draw) -> Candidates:
    """Of one name in two scripts, the writing in more words counts; the other is left out, or compared whole.

    Both as the person's names would count the same evidence twice. Where rows lack the first, the other is all that
    they say.
    """
    whole = sorted(
        (one for one in columns if one.kind == "full_name"),
        key=lambda one: (-one.shapes.words, -one.facts.distinct, one.column),
    )
    if len(whole) != 2:
        return columns
    main, other = (draw(one.column) for one in whole)
    both = sum(bool(one and two) for one, two in zip(main, other, strict=True))
    if both < LEAST_ROWS or _shared(main, other).rows > OTHER_SCRIPT * both:
        return columns
    known = both >= COVERED * sum(map(bool, other))
    return tuple(one.turned("text" if known else "category", 0.7) if one is whole[1] else one for one in columns)


def _strangers(columns: Candidates, draw: Draw) -> Candidates:
    """Names that share no word with the person's own are of somebody else, and compared whole.

    Relatives share the family name, so that the first name counts where there is one.
    """
    given = [one for one in columns if one.kind == "given_name"]
    own = [draw(one.column) for one in given or (one for one in columns if one.kind == "family_name")]
    whole = [one for one in columns if one.kind == "full_name"]
    strange = set[str]()
    for one in sorted(whole, key=lambda one: (-one.facts.distinct, one.column)):
        if own and _is_strange(one, tuple(frozenset[str]().union(*row) for row in zip(*own, strict=True)), draw):
            strange.add(one.column)
        else:
            own.append(draw(one.column))
    return tuple(one.turned("category", 0.7) if one.column in strange else one for one in columns)


def _is_strange(column: Candidate, own: Words, draw: Draw) -> bool:
    seen = _shared(draw(column.column), own)
    return seen.rows >= LEAST_ROWS and seen.share < STRANGER and not column.header.of_alias()


def _first_by_sex(columns: Candidates, table: pa.Table) -> Candidates:
    """Of two columns of names told by their shape alone, the first name is the one that better tells the sex."""
    named = {one.kind: one for one in columns if one.kind in {"given_name", "family_name"}}
    sexes = [one for one in columns if one.kind in {"sex", "category"} and _two_values(one)]
    if len(named) != 2 or any(one.confidence > UNSURE for one in named.values()) or not sexes:
        return columns
    given, family = named["given_name"], named["family_name"]
    first, last = codes_of(table, given.column), codes_of(table, family.column)
    told = [codes_of(table, sex.column) for sex in sexes]
    if max(tells_sex(last, sex) - tells_sex(first, sex) for sex in told) < TELLS_MORE:
        return columns
    turned = {given.column: "family_name", family.column: "given_name"}
    return tuple(one.turned(turned[one.column]) if one.column in turned else one for one in columns)


def _two_values(column: Candidate) -> bool:
    """Whether two values stand in nearly all rows."""
    most = sorted(column.facts.counts, reverse=True)[:2]
    return len(most) == 2 and sum(most) >= 0.95 * column.facts.filled and most[1] >= 0.2 * column.facts.filled
