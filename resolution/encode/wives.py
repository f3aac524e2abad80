"""Names of Hungarian wives: Lászlóné is László's wife. Two letters part two people, where elsewhere they are a slip."""

import pyarrow as pa
import pyarrow.compute as pc

ENDING = "ne"
"""Of a name without accents."""
WRITTEN = r"\p{L}{3}né( |$)"
LEAST_WIVES = 10
"""Distinct first names with the ending, accent and all, from which it is one: Irené is a name by itself."""
SHORTEST = 3
"""Letters of a husband's name."""


def apart_from_husbands(tokens: pa.Array, given: pa.Array, husbands: pa.Array) -> pa.Array:
    """Write wives' names like each other and like no husband's: with what stands before the ending backwards.

    Args:
        tokens: distinct names in small letters without accents.
        given: distinct first names as the records have them.
        husbands: tokens that are first names and no family names: Farkasné is called by a family, and may be a widow.

    Returns:
        The tokens; the same where the table has no such names.
    """
    wives = pc.sum(pc.match_substring_regex(given, WRITTEN)).as_py() or 0
    if wives < LEAST_WIVES:
        return tokens
    stem = pc.utf8_slice_codeunits(tokens, 0, -len(ENDING))
    known = pc.and_(pc.is_in(stem, value_set=husbands), pc.greater_equal(pc.utf8_length(stem), SHORTEST))
    wife = pc.and_(pc.ends_with(tokens, ENDING), known)
    backwards = pc.binary_join_element_wise(pc.utf8_reverse(stem), pa.scalar(ENDING), "")
    written: pa.Array = pc.if_else(wife, backwards, tokens)
    return written
