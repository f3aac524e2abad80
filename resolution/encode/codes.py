"""The coded table: what the compiled kernels read.

Rows are in ascending order of record id whatever the input's order was; that alone makes every later step independent
of row order. A code is a place in one dictionary of strings (the pool); -1 means nothing is known.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

TOKENS: Final = 8
"""Distinct name tokens kept of one record."""
GIVEN, FAMILY, MIDDLE = 1, 2, 4
"""Slot bits: which name columns a token stands in."""
STREET, NUMBER, POSTCODE, CITY, PREFIX, ADDRESS = range(6)
"""Columns of `Codes.place`."""
GROUPS: Final = 4
"""Nickname groups kept of one token."""

LINE_TOKENS: Final = 4
"""Name tokens that stand in a record's line; `Codes.token` has them all."""
AT_SLOTS, AT_DATE, AT_SEX, AT_SUFFIX, AT_SOURCE, AT_MORE, AT_PLACE = range(LINE_TOKENS, LINE_TOKENS + 7)
AT_POSTCODE, AT_CITY = AT_PLACE + 6, AT_PLACE + 7
"""The gists of the first place's postcode and city."""
AT_VALUE: Final = AT_PLACE + 8
VALUE_WORDS: Final = 3
"""Words of each kind of value in a line: its code, its gist, and what `encode.lines.short_gist` puts third."""
MORE_TOKENS, MORE_PLACES, MORE_VALUES = 1, 2, 4
"""Bits of AT_MORE: the record holds more than its line says."""
MONTH_AT, YEAR_AT = 7, 14
"""Bits of AT_DATE below the month, and below the year."""
ABOUT: Final = 99
"""The day, without a month, of births of which not even the year is sure: an age made it."""
SLOT_BITS: Final = 8
"""Bits of AT_SLOTS that say which tokens are given names; as many after them for family and for middle names."""
FROM_NAMES: Final = 1 << 30
"""Bit of `Codes.user`: all before the @ is made of the record's own names."""


class Codes(NamedTuple):
    """Arrays for n records, m places, v values of k kinds, and a pool of p strings.

    Attributes:
        chars: signs of all pool strings, as `encode.spelling.decode` writes them, end to end.
        start: shape (p + 1,). Where each string begins in `chars`.
        gist: shape (p,). Each string at a glance, as `comparing.gist` packs it: most pairs need no more.
        word: shape (tokens,). The pool's first strings, the name tokens, as `comparing.word` packs them.
        rarity: shape (p,). log2 of the share of records that hold the string, at most 0.
        nickname: shape (tokens, GROUPS). Nickname groups of the pool's first strings, the name tokens.
        token: shape (n, TOKENS). Name tokens, distinct, in order of given, middle, family, nicknames.
        slot: shape (n, TOKENS). Slot bits of each token.
        date_rarity: shape (n, 2). log2 share of records with this date, and with this year.
        place_start: shape (n + 1,). Where each record's places begin.
        place: shape (m, 6). Street, number, postcode, city, postcode prefix, number and street.
        value_start: shape (k, n + 1). Where each record's values of a kind begin.
        value: shape (v,). Codes of the values.
        user: shape (v,). Code of an e-mail's part before the @, with the bit FROM_NAMES; -1 elsewhere.
        source: shape (n,).
        line: shape (n, words). What comparing asks first of a record, side by side, as `encode.lines` packs it.
    """

    chars: NDArray[np.uint16]
    start: NDArray[np.int64]
    gist: NDArray[np.int64]
    word: NDArray[np.int64]
    rarity: NDArray[np.float32]
    nickname: NDArray[np.int32]
    token: NDArray[np.int32]
    slot: NDArray[np.uint8]
    date_rarity: NDArray[np.float32]
    place_start: NDArray[np.int32]
    place: NDArray[np.int32]
    value_start: NDArray[np.int32]
    value: NDArray[np.int32]
    user: NDArray[np.int32]
    source: NDArray[np.int32]
    line: NDArray[np.int32]

    @property
    def year(self) -> NDArray[np.int32]:
        """Years of birth as the lines hold them, 0 where unknown; shape (n,)."""
        return self.line[:, AT_DATE] >> YEAR_AT

    @property
    def month(self) -> NDArray[np.int32]:
        """Months of birth, likewise. Impossible ones are kept."""
        return self.line[:, AT_DATE] >> MONTH_AT & ((1 << MONTH_AT) - 1)

    @property
    def day(self) -> NDArray[np.int32]:
        """Days of birth, likewise. Impossible ones are kept."""
        return self.line[:, AT_DATE] & ((1 << MONTH_AT) - 1)

    @property
    def about(self) -> NDArray[np.bool_]:
        """Whether an age tells the year of birth, which may be off by one; shape (n,)."""
        return np.asarray((self.month == 0) & (self.day == ABOUT), np.bool_)

    @property
    def date(self) -> NDArray[np.int32]:
        """Year, month and day; shape (n, 3)."""
        return np.stack([self.year, self.month, self.day], axis=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSource:
    """One kind of value: its name as in the model, and whether a household often shares it."""

    name: str
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A coded table and how it came from the records.

    Attributes:
        codes: the arrays.
        order: shape (n,). Input row of each coded row.
        record_ids: sorted record ids.
        sources: names of the sources, by code.
        kinds: the kinds of `Codes.value_start`, by index.
        weight: shape (n,). What each row counts for, where somebody stands in the table many times.
    """

    codes: Codes
    order: NDArray[np.int32]
    record_ids: pa.Array
    sources: tuple[str, ...]
    kinds: tuple[FieldSource, ...]
    weight: NDArray[np.float64] | None = None
