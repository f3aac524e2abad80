"""Columns of names seen row by row: which is the first name, which the last, and which is of somebody else.

A whole name shares words with the other names of its row. A column of names that shares none with the family name
beside it, where there is no first name, is the first name; one that shares none with the person's own names is of an
employer, a doctor or a guardian. Of two columns of names that no header tells apart, the first name is the one that
tells the sex.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from ingest.clean.run import clean_values, coded, decoded, one_chunk
from ingest.clean.titles import TITLES
from ingest.kinds.lexicon import GIVEN_ONLY
from ingest.kinds.settle import NAMES, WHOLE_NAME_WORDS, Candidate, Candidates, may_be_names
from ingest.kinds.sexes import TELLS_MORE, tells_sex
from ingest.kinds.shapes import WORD
from ingest.kinds.told import codes_of

ROWS: Final = 5000
"""Rows looked at where a table has twice as many; they are drawn by the names in them, wherever these stand."""
LEAST_ROWS: Final = 50
"""Rows that know both names, below which nothing is said of them."""
OTHER_PART: Final = 0.3
"""Share of rows in which a name holds the family name beside it, below which it is no whole name."""
HALF: Final = 0.5
OFTEN_ALONE: Final = 0.2
"""Share of the rows with a name that lack the part beside it, from which they are looked at."""
STRANGER: Final = 0.1
"""Share of rows in which a name holds a word of the person's own, below which it is of another."""
FEW: Final = 0.1
"""Distinct names to one of the most varied column, below which they are of programmes or branches."""
HIMSELF: Final = 0.5
"""Share of rows in which whoever receives shares a word with whoever orders, from which they are mostly one."""
OTHER_SCRIPT: Final = 0.3
"""Share of the rows with two names in which both are in one script, up to which one name is a writing of the other."""
KNOWN: Final = 0.15
"""Share of rows with a known first name in both columns, from which it is seen that relatives have different ones."""
COVERED: Final = 0.95
"""Share of the rows with a name in another script that know the first as well, from which the other says no more."""
PARTS: Final = frozenset({"given_name", "family_name"})
NAME: Final = frozenset({"name", "full name", "fullname", "names", "navn", "namn", "naam", "nome", "nombre", "nama"})
"""Headers of the person's own name, and of nobody else's."""
DIGITS: Final = re.compile(r"\d{1,3}")
MOSTLY: Final = 0.8
"""Share of the rows with a name in kanji that have it in kana as well, from which the kana are the names."""
KANA: Final = frozenset({"KATAKANA", "HIRAGANA", "HALFWIDTH", "KATAKANA-HIRAGANA"})
LATIN: Final = frozenset({"LATIN"})
UNSURE: Final = 0.6
"""Confidence in names told by their shape alone."""
DRAWN: Final = """
    SELECT row FROM (
        SELECT row, hash(names, row_number() OVER (PARTITION BY names ORDER BY row)) AS draw
        FROM (SELECT row, hash({names}) AS names FROM hashed))
    ORDER BY draw, row LIMIT {rows}"""
Words = tuple[frozenset[str], ...]
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
    draw = _draw(database, table, sorted(one.column for one in columns if one.kind in NAMES))
    for rule in (_whole_names_beside, _parts_again, _written_again, _guesses, _kana, _parts, _readings, _strangers):
        columns = rule(columns, draw)
    return _first_by_sex(columns, table)


def _draw(database: duckdb.DuckDBPyConnection, table: pa.Table, names: Sequence[str]) -> Draw:
    """The words of a column in the rows looked at, rows and columns read once, and none before it is asked for."""
    rows = cache(partial(drawn, database, table, names))

    @cache
    def words(name: str) -> Words:
        return words_of(table.column(name).take(rows()).cast(pa.string()).to_pylist())

    return words


def words_of(texts: Sequence[str | None]) -> Words:
    """The words of each text, in small letters, those of one letter left out."""
    return tuple(frozenset(word for word in WORD.findall((text or "").lower()) if len(word) > 1) for text in texts)


def united(columns: Sequence[Words]) -> Words:
    """The words of each row in all columns together."""
    return tuple(frozenset[str]().union(*row) for row in zip(*columns, strict=True))


def drawn(database: duckdb.DuckDBPyConnection, table: pa.Table, names: Sequence[str]) -> pa.Array:
    """The places of the rows looked at: all, or ROWS of them, by a hash of their names and how often these came before.

    Of rows with equal names each is drawn by itself, and which of them they are makes no difference.
    """
    if table.num_rows < 2 * ROWS:
        return pa.array(np.arange(table.num_rows))
    hashes = {f"name{place}": row_hashes(database, table.column(name)) for place, name in enumerate(names)}
    database.register("hashed", pa.table(hashes | {"row": np.arange(table.num_rows)}))
    drawn = database.sql(DRAWN.format(names=", ".join(hashes), rows=ROWS)).to_arrow_table()
    database.unregister("hashed")
    return one_chunk(drawn.column("row"))


def row_hashes(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray) -> pa.Array:
    """A hash of each row's value, shape (rows,); null where there is none."""
    return decoded(coded(column, partial(clean_values, database, recipe=(("c", "hash(v)"),))))


def _shared(left: Words, right: Words) -> _Shared:
    """Compare two columns; rows in different scripts, as of a name in Arabic and in English, are not compared."""
    both = [(one, other) for one, other in zip(left, right, strict=True) if one and other and in_one_script(one, other)]
    found = sum(not one.isdisjoint(other) for one, other in both)
    return _Shared(rows=len(both), share=found / len(both) if both else 0.0)


def in_one_script(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether words are of one script, by the first sign of each."""
    return _script(one) == _script(other)


def _script(words: frozenset[str]) -> str:
    """The script of the first sign: LATIN, CYRILLIC, CJK, KATAKANA and so on."""
    return unicodedata.name(min(words)[0], "").split(" ")[0]


def _whole_names_beside(columns: Candidates, draw: Draw) -> Candidates:
    """Several words beside a told whole name, taken for one part of it by their contents, are somebody else's name.

    The person's own first names or last names would mostly have a word of the whole name.
    """
    whole = [one for one in columns if one.kind == "full_name" and one.said() and _are_several(one)]
    guessed = [one for one in columns if one.kind in PARTS and not one.said() and _are_several(one)]
    if len({one.kind for one in guessed}) > 1:
        return columns  # both parts of a name: it is the other that may be a firm
    others = {
        one.column
        for one in guessed
        if any(_are_unlike(draw(one.column), draw(name.column)) for name in whole) and not one.header.of_alias()
    }
    return tuple(one.turned("category", 0.7) if one.column in others else one for one in columns)


def _parts_again(columns: Candidates, draw: Draw) -> Candidates:
    """A name taken for a part of it by its contents, of nothing but told parts beside it and titles, says no more.

    As "Ms G Byrne" beside Grainne and Byrne.
    """
    told = [one for one in columns if one.kind in PARTS and one.said()]
    if not {one.kind for one in told} >= PARTS:
        return columns
    own = united([draw(one.column) for one in told])
    again = {
        one.column
        for one in columns
        if one.kind in PARTS and not one.said() and _are_several(one) and _is_told(draw(one.column), own)
    }
    return tuple(one.turned("text") if one.column in again else one for one in columns)


def _is_told(names: Words, own: Words) -> bool:
    """Whether most names, where the person's own are known, hold some of their words and besides only titles."""
    both = [(one, other) for one, other in zip(names, own, strict=True) if one and other]
    again = sum(bool(one & other) and one - other <= TITLES for one, other in both)
    return len(both) >= LEAST_ROWS and again >= HALF * sum(map(bool, names))


def _written_again(columns: Candidates, draw: Draw) -> Candidates:
    """Words that no header tells, in most rows the name beside them over again, are another name of the person.

    As a name at birth, which is another's only of those who have married; compared as a group, it would say each name
    a second time.
    """
    whole = [one for one in columns if one.kind == "full_name" and _are_several(one)]
    again = {
        one.column
        for one in columns
        if may_be_names(one) and _are_several(one) and any(_are_same(draw(one.column), draw(of.column)) for of in whole)
    }
    return tuple(one.turned("full_name", UNSURE) if one.column in again else one for one in columns)


def _are_same(one: Words, other: Words) -> bool:
    """Whether most rows with both names have the same words in both."""
    both = [(left, right) for left, right in zip(one, other, strict=True) if left and right]
    return len(both) >= LEAST_ROWS and sum(left == right for left, right in both) >= HALF * len(both)


def _are_several(column: Candidate) -> bool:
    return column.shapes.words >= WHOLE_NAME_WORDS


def _are_unlike(part: Words, whole: Words) -> bool:
    """Whether names, in most rows with both, have no word of the whole names beside them."""
    seen = _shared(part, whole)
    return seen.rows >= LEAST_ROWS and seen.share < HALF


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
    bare = [
        one
        for one in near
        if one.column in seen and _is_bare(seen[one.column]) and not _fills_in(draw(one.column), draw(beside.column))
    ]
    bare = [one for one in bare if one.shapes.words < WHOLE_NAME_WORDS] or bare
    bare = [one for one in bare if _of_one(one, beside)] or bare
    whole = [one.column for one in others if seen[one.column].share > 1 - OTHER_PART]
    if len(bare) != 1 or len(others) != len(whole):
        return {}
    return {bare[0].column: other} | dict.fromkeys(whole, "full_name")


def _fills_in(names: Words, part: Words) -> bool:
    """Whether many rows without the part have a name of several words instead: there the column is the whole name.

    A part that no row has beside the name is of another file.
    """
    if not _meet(names, part):
        return False
    alone = [name for name, other in zip(names, part, strict=True) if name and not other]
    many = len(alone) >= max(LEAST_ROWS, OFTEN_ALONE * sum(map(bool, names)))
    return many and sum(len(name) > 1 for name in alone) >= HALF * len(alone)


def _of_one(column: Candidate, other: Candidate) -> bool:
    """Whether two headers begin with the same word: `client name` and `client last name`."""
    return column.header.words.split()[:1] == other.header.words.split()[:1]


def _is_bare(seen: _Shared) -> bool:
    return seen.rows >= LEAST_ROWS and seen.share < OTHER_PART


def _kana(columns: Candidates, draw: Draw) -> Candidates:
    """Japanese names in kana beside kanji: where most rows have kana, they are the names, for one reads as another.

    One file may hold them whole and the next in parts, and kanji often stand without a space between the parts. Names
    in Latin letters read as kana do, and stay.
    """
    named = [one for one in columns if one.kind in NAMES]
    kana = [one for one in named if _are_in(KANA, one)]
    if not kana:
        return columns
    others = [one for one in named if one not in kana and not _are_in(LATIN, one)]
    read, written = (
        [any(row) for row in zip(*(draw(one.column) for one in those), strict=True)] for those in (kana, others)
    )
    both = sum(one and two for one, two in zip(read, written, strict=False))
    if both < LEAST_ROWS or not _are_whole(kana):
        return columns
    left_out = others if both >= MOSTLY * sum(written) else kana
    return tuple(one.turned("text", 0.7) if one in left_out else one for one in columns)


def _are_whole(columns: Sequence[Candidate]) -> bool:
    """Whether these columns hold whole names, or both parts."""
    kinds = {one.kind for one in columns}
    return "full_name" in kinds or {"given_name", "family_name"} <= kinds


def _are_in(script: frozenset[str], column: Candidate) -> bool:
    """Whether nearly all values are in a script."""
    scripts = [_script(one) for one in words_of(column.facts.values) if one]
    return bool(scripts) and sum(one in script for one in scripts) >= COVERED * len(scripts)


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

    Relatives share the family name, so that the first name counts where there is one, or where it is known as one.
    """
    given = [one for one in columns if one.kind == "given_name"]
    own = [draw(one.column) for one in given or (one for one in columns if one.kind == "family_name")]
    whole = [one for one in columns if one.kind == "full_name"]
    most = max((one.facts.distinct for one in whole), default=0)
    strange = set[str]()
    named = bool(given)
    for one in sorted(whole, key=lambda one: (one.facts.distinct < FEW * most, *_rank(one))):
        completes = any(_fills_in(draw(one.column), part) for part in own)
        if own and not completes and _is_strange(one, united(own), draw, named=named):
            strange.add(one.column)
        else:
            own.append(draw(one.column))
            named = True
    return tuple(one.turned("category", 0.7) if one.column in strange else one for one in columns)


def _rank(column: Candidate) -> tuple[bool, int, int, str]:
    """Which of several whole names is the person's own: of these the least."""
    return column.header.of_recipient(), _numbered(column), -column.facts.distinct, column.column


def _numbered(column: Candidate) -> int:
    """Which of several applicants or owners a header names; 0 where it gives no number."""
    found = DIGITS.search(column.header.words)
    return int(found[0]) if found else 0


def _is_strange(column: Candidate, own: Words, draw: Draw, *, named: bool = False) -> bool:
    """Whether a column of names is of somebody else.

    Args:
        column: of names.
        own: words of the person's own names.
        draw: gives the words of a column.
        named: whether first names are among the person's own, so that relatives are known by theirs.
    """
    words = draw(column.column)
    seen = _shared(words, own)
    most = HIMSELF if column.header.of_recipient() else STRANGER
    strange = seen.share < most or (named and _are_kin(words, own))
    return seen.rows >= LEAST_ROWS and strange and not column.header.of_alias()


def _are_kin(one: Words, other: Words) -> bool:
    """Whether whole names share words that are no first names, though both have first names."""
    both = [(left, right) for left, right in zip(one, other, strict=True) if left & right]
    first = sum(not GIVEN_ONLY.isdisjoint(left & right) for left, right in both)
    known = sum(not (GIVEN_ONLY.isdisjoint(left) or GIVEN_ONLY.isdisjoint(right)) for left, right in both)
    return len(both) >= LEAST_ROWS and known >= KNOWN * len(both) and first < STRANGER * len(both)


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
