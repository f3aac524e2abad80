"""Names of Hungarian wives: Lászlóné is László's wife. Two letters part two people, where elsewhere they are a slip."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

ENDING: Final = "ne"
"""Of a name without accents."""
WRITTEN: Final = r"^\p{L}{3}.*né$"
LEAST_WIVES: Final = 10
"""Distinct husbands, by whose names wives are called, accent and all, from which the ending is one: Irené is none."""
SHORTEST: Final = 3
"""Letters of a husband's name."""


def are_wives(given: pa.Array) -> bool:
    """Whether distinct first names may be wives': enough of their words have the ending."""
    return len(_written(given)) >= LEAST_WIVES


def apart_from_husbands(tokens: pa.Array, given: pa.Array, husbands: pa.Array) -> pa.Array:
    """Write wives' names like each other and like no husband's: with what stands before the ending backwards.

    Args:
        tokens: distinct names in small letters without accents.
        given: distinct first names as the records have them.
        husbands: tokens that are first names more often than last ones: Farkasné is called by a family.

    Returns:
        The tokens; the same where the table has no such names.
    """
    told = pc.utf8_slice_codeunits(_written(given), 0, -len(ENDING))
    plain = pc.replace_substring_regex(pc.utf8_normalize(told, "NFKD"), r"\p{M}+", "")
    if len(plain.filter(pc.is_in(plain, value_set=husbands)).unique()) < LEAST_WIVES:
        return tokens
    stem = pc.utf8_slice_codeunits(tokens, 0, -len(ENDING))
    known = pc.and_(pc.is_in(stem, value_set=husbands), pc.greater_equal(pc.utf8_length(stem), SHORTEST))
    wife = pc.and_(pc.ends_with(tokens, ENDING), known)
    backwards = pc.binary_join_element_wise(pc.utf8_reverse(stem), pa.scalar(ENDING), "")
    written: pa.Array = pc.if_else(wife, backwards, tokens)
    return written


def _written(given: pa.Array) -> pa.Array:
    """The distinct words with the ending, accent and all."""
    some = given.filter(pc.fill_null(pc.match_substring(given, "né"), False))
    words = pc.list_flatten(pc.utf8_split_whitespace(pc.utf8_lower(some)))
    found: pa.Array = words.filter(pc.match_substring_regex(words, WRITTEN)).unique()
    return found
