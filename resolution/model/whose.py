"""Whose the values of a table are: a person's own, of many, of the records or of what happened."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.levels import (
    CATEGORY,
    DATE_FIELD,
    FAMILY_FIELD,
    FIRST_FIELDS,
    GIVEN_FIELD,
    PLACE_FIELD,
    VALUE_FIELDS,
    FieldShape,
)
from resolution.encode.codes import Encoded
from resolution.model.misread import SAME, STREET_LEVEL
from resolution.model.weights import AGREES

HALF: Final = 0.5
HELPED: Final = 0.1
"""Share of candidate pairs that know a date, a sex or a number of a person's own, from which these tell who it is."""
YEAR_LEVEL: Final = 4
"""Level of a birth date whose year alone agrees; those above hold more."""
DATE_DIFFERS: Final = FIRST_FIELDS[DATE_FIELD].unlike
MOST_STRANGERS: Final = 0.2
"""Share of strangers among pairs that agree in a person's own value from which it is nobody's own."""
FEWEST_SAME: Final = 50
SELDOM: Final = 0.1
"""Share of pairs that agree in all else, below which values that strangers share say nothing of who somebody is."""
FEWEST_REPEATED: Final = 0.002
"""Share of values in a second record below which a number may be of records and not of people."""
FEWEST_ALIKE: Final = 20
"""Pairs that are one person by all else which it takes to say so."""
ALIKE_IN: Final = 2


def shared_after_all(level: NDArray[np.uint8], shared: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which values taken for a person's own are often the same for two people: account numbers of a family, codes.

    Args:
        level: shape (pairs, fields). Candidate pairs.
        shared: shape (fields,). Fields known to be shared.

    Returns:
        Shape (fields,). Where, among pairs that agree exactly, more than MOST_STRANGERS have both another given name
        and another birth date, of those that know both; another family name, where most pairs know
        these and hardly any knows birth dates.
    """
    if not len(level):
        return np.zeros_like(shared)
    dated, named = ((level[:, [DATE_FIELD, FAMILY_FIELD]] > 0).mean(axis=0) >= (HELPED, HALF)).tolist()
    other, differs = (FAMILY_FIELD, 1) if named and not dated else (DATE_FIELD, DATE_DIFFERS)
    known = (level[:, GIVEN_FIELD] > 0) & (level[:, other] > 0)
    strange = (level[:, GIVEN_FIELD] == 1) & (level[:, other] >= 1) & (level[:, other] <= differs)
    found = np.zeros(len(shared), np.bool_)
    for place in range(VALUE_FIELDS, len(shared)):
        same = known & (level[:, place] == SAME)
        found[place] = same.sum() >= FEWEST_SAME and strange[same].mean() > MOST_STRANGERS
    return found & ~shared


def of_events(level: NDArray[np.uint8], fields: Sequence[FieldShape]) -> NDArray[np.bool_]:
    """Which values are hardly ever the same where all else is: of flights and orders, of branches and days.

    Args:
        level: shape (pairs, fields). Candidate pairs.
        fields: what they are.

    Returns:
        Shape (fields,). Where, of FEWEST_SAME or more pairs of one name that know both values, and that agree in a
        birth date, a street or a number as well, fewer than SELDOM agree.
    """
    named = level[(level[:, GIVEN_FIELD] >= AGREES) & (level[:, FAMILY_FIELD] >= AGREES)]
    said = (named[:, DATE_FIELD] > YEAR_LEVEL + 1) | (named[:, PLACE_FIELD] >= STREET_LEVEL)
    same = named == SAME
    numbers = np.array([not field.name.startswith(CATEGORY) for field in fields])
    numbers[:VALUE_FIELDS] = False
    same[:, ~numbers] = False
    found = np.zeros(level.shape[1], np.bool_)
    for place in np.flatnonzero(numbers):
        alike = (said | (same.sum(axis=1) > same[:, place])) & (named[:, place] > 0)
        found[place] = alike.sum() >= FEWEST_SAME and same[alike, place].mean() < SELDOM
    return found


def numbers_of_records(encoded: Encoded, level: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which values number the records and not the people: orders, visits, rows of another system.

    Taken for a person's own, they would make relatives of all records of one person. Where no two records are alike, as
    in a register without duplicates, nothing tells a number of records from one of people: it is taken for the latter.

    Args:
        encoded: the coded table.
        level: shape (pairs, fields). Candidate pairs.

    Returns:
        Shape (fields,). Where, of FEWEST_SAME or more values, less than the share FEWEST_REPEATED stand in a second
        record, although FEWEST_ALIKE or more pairs that know both values agree in ALIKE_IN of name, birth date, street
        and a value.
    """
    found = np.zeros(level.shape[1], np.bool_)
    found[VALUE_FIELDS:] = [
        _hardly_repeated(encoded.codes.value[start[0] : start[-1]]) for start in encoded.codes.value_start
    ]
    if not found.any():
        return found
    named = (level[:, GIVEN_FIELD] >= AGREES) & (level[:, FAMILY_FIELD] >= AGREES)
    dated, placed = level[:, DATE_FIELD] > YEAR_LEVEL + 1, level[:, PLACE_FIELD] >= STREET_LEVEL
    valued = (level[:, VALUE_FIELDS:] == SAME).any(axis=1)
    alike = named.astype(np.int8) + dated + placed + valued >= ALIKE_IN
    found[found] = (alike[:, None] & (level[:, found] > 0)).sum(axis=0) >= FEWEST_ALIKE
    return found


def _hardly_repeated(values: NDArray[np.int32]) -> bool:
    """Whether of FEWEST_SAME or more values less than the share FEWEST_REPEATED stand in a second record.

    Args:
        values: codes of one kind of value, which lie side by side.
    """
    counts = np.bincount(values - values.min(initial=np.iinfo(np.int32).max))
    repeated = counts[counts > 1].sum()
    return bool(len(values) >= FEWEST_SAME and repeated < FEWEST_REPEATED * len(values))
