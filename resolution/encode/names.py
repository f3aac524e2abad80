"""Name bags: the distinct tokens of all name columns of a record, each with the slots it stands in.

What a token means is left to comparing: a family name may stand in the given column, a full name in any.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lake.tables.types import STRINGS
from resolution.encode.codes import FAMILY, GIVEN, GROUPS, MIDDLE
from resolution.encode.columns import NULL, Numbered, Rows, changed, dictionary, numbered, put_in_order
from resolution.encode.kernels import drop_particles, fill_bags
from resolution.encode.letters import spelled, turned
from resolution.encode.nicknames import nickname_groups
from resolution.encode.pool import flat, to_numpy
from resolution.encode.romanise import romanised
from resolution.encode.spelling import GAP
from resolution.encode.wives import apart_from_husbands, are_wives

LETTERS: Final = {
    "ı": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
}  # fmt: skip
"""Latin letters that have no accent to lose, as they are spelled without them."""
ARABIC: Final = {"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه"}
"""Letters that one keyboard writes for the other's: سیاوش is سياوش, and فاطمة is فاطمه."""
MARKS: Final = r"[\p{M}'’`]+"
THAI: Final = r"\p{Thai}"
TONES: Final = r"[\x{E48}-\x{E4B}'’`]+"
GAPS: Final = r"[^\p{L}\p{N}\x{E30}-\x{E4E}]+"
FOLDED: Final = turned(dropped="'`", rest=GAP)
COLUMNS = (("given_name", GIVEN), ("middle_name", MIDDLE), ("family_name", FAMILY), ("nicknames", GIVEN))


PARTICLES = (
    "de", "da", "do", "dos", "das", "del", "della", "dela", "di", "du", "la", "le", "van", "von", "vom", "der", "den",
    "zu", "zur", "ter", "ten", "af", "av", "al", "el", "bin", "bint", "ibn", "abu", "und",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Bags of tokens as in `Codes`, the tokens, and how many records hold each."""

    token: NDArray[np.int32]
    slot: NDArray[np.uint8]
    nickname: NDArray[np.int32]
    strings: pa.Array
    counts: NDArray[np.int64]


def encode_names(records: pa.Table, rows: Future[Rows]) -> Names:
    """Split the name columns into tokens and code them by column and first appearance."""
    read = [numbered(_text(flat(records.column(name)))) for name, _ in COLUMNS]
    codes, names = zip(*(put_in_order(values, rows.result().order) for values in read), strict=True)
    lists = [pc.utf8_split_whitespace(fold(part)) for part in names]
    tokens = pa.chunked_array([part.values for part in lists], pa.string()).combine_chunks()
    coded, strings = dictionary(tokens)
    if are_wives(names[0]):
        coded, strings = _wives_apart(coded, strings, names[0], [len(part.values) for part in lists])
    coded, strings = _romanised(coded, strings)
    first = np.cumsum([0, *(len(part) for part in lists)])
    offsets = np.cumsum([0, *(len(part.values) for part in lists)])
    start = np.concatenate(
        [to_numpy(part.offsets)[:-1] + offset for part, offset in zip(lists, offsets, strict=False)] + [offsets[-1:]]
    )
    column = np.stack(
        [
            np.where(code >= 0, code + np.int32(begin), np.int32(NULL))
            for code, begin in zip(codes, first, strict=False)
        ],
        axis=1,
    )
    bits = np.array([bit for _, bit in COLUMNS], np.uint8)
    token, slot, counts = fill_bags(column, start.astype(np.int64), coded, bits, len(strings))
    return Names(token=token, slot=slot, nickname=_nicknames(strings), strings=strings, counts=counts)


def _wives_apart(
    coded: NDArray[np.int32], strings: pa.Array, given: pa.Array, lengths: Sequence[int]
) -> tuple[NDArray[np.int32], pa.Array]:
    """Tokens of which wives' are unlike their husbands'.

    Args:
        coded: tokens of all columns, one column after the other.
        strings: distinct tokens.
        given: distinct first names as the records have them.
        lengths: how many tokens each column has.
    """
    first, _, last, _ = np.split(coded, np.cumsum(lengths)[:-1])
    often, seldom = (np.bincount(part[part >= 0], minlength=len(strings)) for part in (first, last))
    husbands = strings.filter(pa.array(often > seldom))
    values = changed(
        Numbered(codes=coded, strings=strings), lambda tokens: apart_from_husbands(tokens, given, husbands)
    )
    return values.codes, values.strings


def _romanised(coded: NDArray[np.int32], strings: pa.Array) -> tuple[NDArray[np.int32], pa.Array]:
    """Tokens as they are compared: in Latin letters where names come in several scripts."""
    if pc.all(pc.string_is_ascii(strings)).as_py():
        return coded, strings
    held = np.bincount(coded[coded >= 0], minlength=len(strings))
    new = romanised(strings.to_pylist(), held.tolist())
    values = changed(Numbered(codes=coded, strings=strings), lambda _: pa.array(new, pa.string()))
    return put_in_order(values, np.arange(len(coded), dtype=np.int32))


def without_particles(names: Names) -> Names:
    """Leave out "de", "la" and "van" where the slot holds more: that two people share them says nothing.

    Of given names nothing is left out: Van is one.
    """
    particle = pc.is_in(names.strings, value_set=pa.array(PARTICLES)).to_numpy(zero_copy_only=False)
    if not particle.any():
        return names
    token, slot = names.token.copy(), names.slot.copy()
    drop_particles(token, slot, particle)
    return replace(names, token=token, slot=slot)


def fold(column: pa.Array) -> pa.Array:
    """Lower case, without accents and apostrophes; every other sign becomes a space."""
    return spelled(column, FOLDED, fold_slowly)


def fold_slowly(column: pa.Array) -> pa.Array:
    """What `fold` does, in any script."""
    plain = pc.utf8_normalize(pc.utf8_lower(column), "NFKD")
    thai = pc.fill_null(pc.match_substring_regex(plain, THAI), False)
    # Of Thai only the marks of tones: without its vowels, and the mark of what is not spoken, no name can be read.
    plain = pc.if_else(thai, pc.replace_substring_regex(plain, TONES, ""), pc.replace_substring_regex(plain, MARKS, ""))
    for letter, other in (*LETTERS.items(), *ARABIC.items()):
        plain = pc.replace_substring(plain, letter, other)
    words: pa.Array = pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, GAPS, " "))
    return words


def _text(column: pa.Array) -> pa.Array:
    """A column of names as one text a record, whether it holds one or several."""
    text: pa.Array = pc.binary_join(column.cast(STRINGS), " ") if pa.types.is_list(column.type) else column
    return text


def _nicknames(strings: pa.Array) -> NDArray[np.int32]:
    """Nickname groups of each token, -1 where there is none."""
    groups = np.full((len(strings), GROUPS), -1, np.int32)
    table = nickname_groups()
    places = to_numpy(pc.fill_null(pc.index_in(pa.array(list(table), pa.string()), strings), -1))
    for place, numbers in zip(places, table.values(), strict=True):
        if place >= 0:
            groups[place, : len(numbers[:GROUPS])] = numbers[:GROUPS]
    return groups
