"""People who stand in a table many times, in rows that differ: all their rows together count as one.

Somebody with a thousand orders among ten thousand would make his own name and town the commonest there are, and to
share them would say nothing. His rows are no copies of each other, for each has an order of its own; but they are a
crowd: far more rows of one name share a town, a birthday or a telephone than rows of different people would.

Cost: one key a row; all else is for the rows of names that stand often.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lake.workers import cuts, in_threads
from resolution.comparing.levels import CATEGORY
from resolution.compiled import bare, kernel
from resolution.encode import Encoded
from resolution.encode.codes import (
    AT_DATE,
    AT_PLACE,
    AT_VALUE,
    CITY,
    LINE_TOKENS,
    POSTCODE,
    VALUE_WORDS,
    Codes,
)
from resolution.encode.dates import rarity_of_days, rarity_of_years
from resolution.encode.values import EMAIL
from resolution.mixing import mixed
from resolution.numbering import number_keys, pair_keys

LEAST: Final = 10
"""Rows from which they are many: with fewer, blocking compares each with each, and names hardly look commoner."""
TIMES: Final = 10
"""So many times as many rows of a name as chance would bring together share something, where they are one person's."""
FEWEST_KNOWN: Final = 5
ROWS_OF_A_VALUE: Final = 3
"""Rows to each birthday or telephone of a crowd: with fewer, they are namesakes of one town."""
CONTACTS: Final = frozenset({"phone", EMAIL})
HARDLY_ANY: Final = 0.01
"""Share of rows in crowds up to which no value can look common because of them; counting anew is not worth its time."""
NAMES: Final = np.arange(LINE_TOKENS)
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def counted_by_people(encoded: Encoded) -> Encoded:
    """The coded table with the rarity of values by how many people hold them, and with the weight of each row.

    Unchanged, with no weights, where the rows of people who stand in it many times are less than HARDLY_ANY of all.
    """
    weight = row_weights(encoded)
    if np.count_nonzero(weight < 1) <= HARDLY_ANY * len(weight):
        return encoded
    codes = encoded.codes
    return replace(
        encoded,
        weight=weight,
        codes=codes._replace(rarity=_rarity(codes, weight), date_rarity=_date_rarity(codes.date, weight)),
    )


def row_weights(encoded: Encoded) -> Floats:
    """What each row counts for: one by the size of the crowd that it stands in, mostly 1. Shape (n,)."""
    codes = encoded.codes
    weight = np.ones(len(codes.source))
    keys = row_keys(codes.line, NAMES)
    rows = np.flatnonzero(often(keys) & (codes.token[:, 1] >= 0))
    if not len(rows):
        return weight
    name, _ = number_keys(keys[rows])
    named = np.bincount(name)[name]
    own = tuple(_own(encoded, rows))
    for evidence in _shared_by_rows(encoded, rows):
        known = np.flatnonzero(evidence.code >= 0)
        group, _ = number_keys(pair_keys(name[known], evidence.code[known]))
        size = np.bincount(group)[group]
        by_chance = named[known] * np.maximum(evidence.share[known] - size / len(weight), 1 / len(weight))
        one = (size >= LEAST) & (size >= TIMES * by_chance)
        if evidence.town:
            one &= ~np.any([_varies(group, code[known]) for code in own], axis=0)
        crowd = rows[known[one]]
        weight[crowd] = np.minimum(weight[crowd], 1 / size[one])
    return weight


class Evidence(NamedTuple):
    """What rows of one person share besides the name.

    Attributes:
        code: shape (rows,). -1 where unknown.
        share: shape (rows,). Share of records that have it.
        town: whether neighbours share it, who are called alike where families stay.
    """

    code: NDArray[np.int32]
    share: Floats
    town: bool


def _shared_by_rows(encoded: Encoded, rows: Ints) -> Iterator[Evidence]:
    """What rows of one person share, for some coded rows, shape (rows,): a birthday, a town, a contact, a number."""
    codes = encoded.codes
    date = codes.date[rows]
    whole = (date[:, 1:] > 0).all(axis=1)
    days = np.where(whole, date[:, 0] << 9 | date[:, 1] << 5 | date[:, 2], -1).astype(np.int32)
    yield Evidence(days, np.exp2(codes.date_rarity[rows, 0].astype(np.float64)), town=False)
    for word in (AT_PLACE + POSTCODE, AT_PLACE + CITY, *_words_of(encoded, lambda name: not name.startswith(CATEGORY))):
        code = codes.line[rows, word]
        share = np.exp2(codes.rarity[np.maximum(code, 0)].astype(np.float64))
        yield Evidence(code, share, town=word < AT_VALUE)


def _own(encoded: Encoded, rows: Ints) -> Iterator[NDArray[np.int32]]:
    """What one person has one of, or a few: births that no age tells, telephones and e-mails; each shape (rows,)."""
    date = encoded.codes.line[rows, AT_DATE]
    yield np.where((date > 0) & ~encoded.codes.about[rows], date, -1).astype(np.int32)
    for word in _words_of(encoded, CONTACTS.__contains__):
        yield encoded.codes.line[rows, word]


def _words_of(encoded: Encoded, wanted: Callable[[str], bool]) -> Iterator[int]:
    """Where the first value of some kinds stands in a record's line."""
    return (AT_VALUE + VALUE_WORDS * at for at, kind in enumerate(encoded.kinds) if wanted(kind.name))


def _varies(group: NDArray[np.int32], code: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether rows of a group that know something hold too many values of it for one person; shape (rows,).

    Args:
        group: shape (rows,).
        code: shape (rows,). -1 where unknown.
    """
    said = np.flatnonzero(code >= 0)
    groups = int(group.max(initial=-1)) + 1
    _, first = number_keys(pair_keys(group[said], code[said]))
    known, values = (np.bincount(group[at], minlength=groups) for at in (said, said[first]))
    return ((known >= FEWEST_KNOWN) & (known < ROWS_OF_A_VALUE * values))[group]


def _rarity(codes: Codes, weight: Floats) -> NDArray[np.float32]:
    """The rarity of every string, lower by as much as people hold it less often than rows do; shape (p,)."""
    held = np.zeros((len(codes.rarity), 2))
    rows = np.arange(len(weight) + 1, dtype=np.int32)
    _hold(codes.token, rows, weight, held)
    _hold(codes.place, codes.place_start, weight, held)
    values = np.stack([codes.value, codes.user], axis=1)
    for begin in codes.value_start:
        _hold(values, begin, weight, held)
    fewer = np.ones(len(held))
    np.divide(held[:, 1] * len(weight), held[:, 0] * weight.sum(), out=fewer, where=held[:, 0] > 0)
    return np.minimum(codes.rarity + np.log2(fewer), 0).astype(np.float32)


@kernel
def _hold(code: NDArray[np.int32], begin: NDArray[np.int32], weight: Floats, held: Floats) -> None:
    """Add the rows that hold each string, and their weights.

    Args:
        code: shape (entries, columns). Codes below len(held); those below 0 are no strings, and higher ones bear marks.
        begin: shape (n + 1,). Where each row's entries begin.
        weight: shape (n,).
        held: out, shape (p, 2).
    """
    last = np.full(len(held), -1, np.int64)
    for row in range(len(weight)):
        for entry in range(begin[row], begin[row + 1]):
            for column in range(code.shape[1]):
                one = code[entry, column]
                if 0 <= one < len(held) and last[one] != row:
                    last[one] = row
                    held[one, 0] += 1
                    held[one, 1] += weight[row]


def _date_rarity(date: NDArray[np.int32], weight: Floats) -> NDArray[np.float32]:
    """As of `Codes`, by people; shape (n, 2)."""
    days, _ = number_keys(pair_keys(date[:, 0], date[:, 1] << 8 | date[:, 2]))
    days[~date.any(axis=1)] = -1
    years = rarity_of_years(date[:, 0], weight)
    return np.stack([rarity_of_days(days, years, weight), years], axis=1)


def row_keys(table: NDArray[np.int32], columns: Ints) -> NDArray[np.uint64]:
    """A number for each row of a table, equal where some columns are; shape (n,)."""
    keys = np.empty(len(table), np.uint64)
    in_threads(partial(_fill_keys, table, columns, keys), cuts(len(table)))
    return keys


@bare
def _fill_keys(table: NDArray[np.int32], columns: Ints, keys: NDArray[np.uint64], rows: tuple[int, int]) -> None:
    """As `row_keys`, for the rows from the first to the one after the last."""
    for row in range(rows[0], rows[1]):
        key = np.uint64(0)
        for at in range(len(columns)):
            key = mixed(key, table[row, columns[at]])
        keys[row] = key


def often(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which keys occur LEAST times or more."""
    found = crowded(keys)
    number, _ = number_keys(keys[found])
    found[found] = np.bincount(number)[number] >= LEAST
    return found


@kernel
def crowded(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Keys that could occur LEAST times: as many are equal to them in their low bits. Hardly any other is.

    The counts are small enough to stay near the processor.
    """
    size = 1 << 12
    while size < len(keys):
        size *= 2
    low = np.uint64(size - 1)
    count = np.zeros(size, np.uint8)
    for key in keys:
        count[key & low] += count[key & low] < LEAST
    found = np.empty(len(keys), np.bool_)
    for place in range(len(keys)):
        found[place] = count[keys[place] & low] == LEAST
    return found
