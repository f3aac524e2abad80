"""Atoms of records: the small parts that blocking keys are made of, as integers; -1 for none."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.kernels import end_codes, first_entries, half_codes, sound_codes, start_codes
from resolution.blocking.rules import Atom
from resolution.comparing.levels import CATEGORY
from resolution.encode.codes import (
    ADDRESS,
    AT_DATE,
    CITY,
    FAMILY,
    FROM_NAMES,
    GIVEN,
    NUMBER,
    POSTCODE,
    PREFIX,
    STREET,
    YEAR_AT,
    Encoded,
)

Atoms = NDArray[np.int32]
MOST_PLACES: Final = 2
MOST_VALUES: Final = 2


def atoms(encoded: Encoded, atom: Atom) -> Atoms:
    """All atoms of one sort; shape (records, most of one record). Atoms of one name token stand in one column."""
    return np.ascontiguousarray(_used(ATOMS[atom](encoded)), np.int32)


def _used(found: Atoms) -> Atoms:
    """Without the last columns, as far as no record has an atom in them."""
    used = found.shape[1]
    while used and not (found[:, used - 1] >= 0).any():
        used -= 1
    return found[:, :used]


def _one(encoded: Encoded) -> Atoms:
    return np.zeros((len(encoded.order), 1), np.int32)


def _token(encoded: Encoded) -> Atoms:
    return encoded.codes.token


def _by_token(encoded: Encoded, codes: NDArray[np.int32]) -> Atoms:
    token = _used(encoded.codes.token)
    return np.append(codes, np.int32(-1))[token]


def _sound(encoded: Encoded) -> Atoms:
    codes = encoded.codes
    return _by_token(encoded, sound_codes(codes.chars, codes.start, len(codes.nickname)))


def _family_sound(encoded: Encoded) -> Atoms:
    found = _sound(encoded)
    return np.where(encoded.codes.slot[:, : found.shape[1]] & FAMILY, found, np.int32(-1))


def _start(encoded: Encoded) -> Atoms:
    codes = encoded.codes
    return _by_token(encoded, start_codes(codes.chars, codes.start, len(codes.nickname)))


def _end(encoded: Encoded) -> Atoms:
    codes = encoded.codes
    return _by_token(encoded, end_codes(codes.chars, codes.start, len(codes.nickname)))


def _initial(encoded: Encoded) -> Atoms:
    """First letter of the first given name."""
    codes = encoded.codes
    token = codes.token[:, 0]
    letter = np.append(codes.chars[codes.start[: len(codes.nickname)]].astype(np.int32), np.int32(-1))[token]
    return np.where((token >= 0) & (codes.slot[:, 0] & GIVEN > 0), letter, -1)[:, None]


def _date(encoded: Encoded) -> Atoms:
    codes = encoded.codes
    known = (codes.year > 0) & (codes.month > 0) & (codes.day > 0)
    return np.where(known, codes.line[:, AT_DATE], -1)[:, None]


def _known_date(encoded: Encoded) -> Atoms:
    """The date as far as it is known: those who have a year alone share it with their like, an age's with them."""
    codes = encoded.codes
    known = np.where(codes.about, codes.year << YEAR_AT, codes.line[:, AT_DATE])
    return np.where(codes.year > 0, known, -1)[:, None]


def _month_day(encoded: Encoded) -> Atoms:
    month, day = encoded.codes.month, encoded.codes.day
    low, high = np.minimum(month, day), np.maximum(month, day)
    return np.where(low > 0, low * 100 + high, -1)[:, None]


def _loose_date(encoded: Encoded) -> Atoms:
    """The date with day and month in either order."""
    year = encoded.codes.year
    rest = _month_day(encoded)[:, 0]
    return np.where((year > 0) & (rest > 0), year * 10000 + rest, -1)[:, None]


def _year(encoded: Encoded) -> Atoms:
    year = encoded.codes.year
    return np.where(year > 0, year, -1)[:, None]


def _year_month(encoded: Encoded) -> Atoms:
    year, month = encoded.codes.year, encoded.codes.month
    return np.where((year > 0) & (month > 0), year * 100 + month, -1)[:, None]


def _place(part: int) -> Callable[[Encoded], Atoms]:
    def of(encoded: Encoded) -> Atoms:
        codes = encoded.codes
        return first_entries(codes.place_start, np.ascontiguousarray(codes.place[:, part]), MOST_PLACES)

    return of


def _slot(slot: int) -> Callable[[Encoded], Atoms]:
    def of(encoded: Encoded) -> Atoms:
        token = _used(encoded.codes.token)
        return np.where(encoded.codes.slot[:, : token.shape[1]] & slot, token, np.int32(-1))

    return of


def _named(kind: str) -> Callable[[Encoded], Atoms]:
    """The first values of the kinds of one name: email, phone, identifier."""

    def of(encoded: Encoded) -> Atoms:
        chosen = [
            first_entries(encoded.codes.value_start[index], encoded.codes.value, MOST_VALUES)
            for index, one in enumerate(encoded.kinds)
            if one.name.partition(":")[0] == kind
        ]
        return np.hstack([np.zeros((len(encoded.order), 0), np.int32), *chosen])

    return of


def _kinds(encoded: Encoded, values: NDArray[np.int32], *, category: bool) -> Atoms:
    """The first values of every kind that is, or is not, a category."""
    chosen = [
        first_entries(encoded.codes.value_start[index], values, MOST_VALUES)
        for index, kind in enumerate(encoded.kinds)
        if kind.name.startswith(CATEGORY) == category
    ]
    return np.hstack([np.zeros((len(encoded.order), 0), np.int32), *chosen])


def _value(encoded: Encoded) -> Atoms:
    return _kinds(encoded, encoded.codes.value, category=False)


def _half(encoded: Encoded) -> Atoms:
    codes = encoded.codes
    halves = half_codes(codes.chars, codes.start, codes.value)
    return np.hstack([_kinds(encoded, halves[:, side].copy(), category=False) for side in range(2)])


def _user(encoded: Encoded) -> Atoms:
    user = encoded.codes.user
    return _kinds(encoded, np.where(user >= 0, user & ~FROM_NAMES, user), category=False)


def _category(encoded: Encoded) -> Atoms:
    return _kinds(encoded, encoded.codes.value, category=True)


ATOMS: Final[dict[Atom, Callable[[Encoded], Atoms]]] = {
    "one": _one,
    "token": _token,
    "sound": _sound,
    "family_sound": _family_sound,
    "start": _start,
    "end": _end,
    "initial": _initial,
    "date": _date,
    "loose_date": _loose_date,
    "known_date": _known_date,
    "year": _year,
    "month_day": _month_day,
    "year_month": _year_month,
    "postcode": _place(POSTCODE),
    "district": _place(PREFIX),
    "city": _place(CITY),
    "address": _place(ADDRESS),
    "street": _place(STREET),
    "number": _place(NUMBER),
    "value": _value,
    "half": _half,
    "user": _user,
    "category": _category,
    "given": _slot(GIVEN),
    "family": _slot(FAMILY),
    "email": _named("email"),
    "phone": _named("phone"),
    "identifier": _named("identifier"),
}
