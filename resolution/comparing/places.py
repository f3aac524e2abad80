"""Compiled comparison of places: street, number, postcode and city together are one field.

Its level is the strongest agreement. Where a record holds several places, the best pair counts.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.batch import LOOK, Space, gather
from resolution.comparing.levels import PLACE_FIELD
from resolution.comparing.similar import MOST_TRIED, similar, surely_unlike
from resolution.compiled import inner, shared
from resolution.encode.codes import (
    ADDRESS,
    AT_CITY,
    AT_MORE,
    AT_PLACE,
    AT_POSTCODE,
    AT_VALUE,
    CITY,
    MORE_PLACES,
    NUMBER,
    POSTCODE,
    PREFIX,
    STREET,
    Codes,
)

CITY_AGREES, PREFIX_AGREES, CITY_AND_PREFIX = 2, 3, 4
"""What a batch is told in place of level 3: which of both agree."""
NEAR, SAME_ADDRESS = 3, 9
PARTS: Final = 6
Words = NDArray[np.int32]


@inner
def compare_places(
    codes: Codes, row: int, filled: int, level: NDArray[np.uint8], rarity: NDArray[np.float32], room: Space
) -> None:
    """Set level and rarity of the place, for a row and each of a batch."""
    line = codes.line
    one, several = line[row, AT_PLACE:AT_VALUE], line[row, AT_MORE] & MORE_PLACES
    if several == 0 and not _anywhere(one):
        return
    _settle(line, one, filled, room)
    for place in range(len(level)):
        other, found = room.other[place], room.level[place]
        if (several | line[other, AT_MORE]) & MORE_PLACES:
            _compare_sets(codes, row, other, level[place], rarity[place])
            continue
        of = -1
        if found == LOOK:
            found, of = _place_level(codes, one, line[other, AT_PLACE:AT_VALUE])
        elif found > 1:
            of = _agreeing(codes, one, found)
            found = NEAR if found <= CITY_AND_PREFIX else found
        level[place, PLACE_FIELD] = found
        if of >= 0:
            rarity[place, PLACE_FIELD] = codes.rarity[of]


@inner
def _anywhere(one: Words) -> bool:
    """Whether anything is known of a place."""
    known = -1
    for part in range(PARTS):
        known = max(known, int(one[part]))
    return known >= 0


@inner
def _settle(line: NDArray[np.int32], one: Words, filled: int, room: Space) -> None:
    """Compare a place with the first of each of a batch: what agrees at most, or LOOK where signs decide."""
    for part in range(len(one)):
        gather(line, AT_PLACE + part, filled, room, part)
    words, found = room.word, room.level
    streets, postcodes, cities = one[STREET] >= 0, one[POSTCODE] >= 0, one[CITY] >= 0
    numbers, prefixes, addresses = one[NUMBER] >= 0, one[PREFIX] >= 0, one[ADDRESS] >= 0
    for place in range(filled):
        street, street_known = words[STREET, place] == one[STREET], streets & (words[STREET, place] >= 0)
        postcode, postcode_known = words[POSTCODE, place] == one[POSTCODE], postcodes & (words[POSTCODE, place] >= 0)
        city, city_known = words[CITY, place] == one[CITY], cities & (words[CITY, place] >= 0)
        address = addresses & (words[ADDRESS, place] == one[ADDRESS])
        number, prefix = words[NUMBER, place] == one[NUMBER], prefixes & (words[PREFIX, place] == one[PREFIX])
        street, postcode, city = street & street_known, postcode & postcode_known, city & city_known
        near_postcode = postcode_known & (
            not surely_unlike(one[AT_POSTCODE - AT_PLACE], words[AT_POSTCODE - AT_PLACE, place])
        )
        near_city = city_known & (not surely_unlike(one[AT_CITY - AT_PLACE], words[AT_CITY - AT_PLACE, place]))
        open_still = near_postcode | ((not (city | prefix)) & near_city)
        look = (numbers & number & street_known & (not street)) | ((not (street | postcode)) & open_still)
        weak = max(CITY_AND_PREFIX * (city & prefix), PREFIX_AGREES * prefix, CITY_AGREES * city)
        strong = max(7 * (street & postcode), 6 * street, 5 * postcode)
        agrees = max(strong, weak, int(street_known | postcode_known | city_known))
        found[place] = SAME_ADDRESS if address else LOOK if look else agrees


@inner
def _agreeing(codes: Codes, one: Words, found: int) -> int:
    """The code of what agrees at most; of two, the rarer."""
    if found == SAME_ADDRESS:
        return int(one[ADDRESS])
    if found == 7:
        return _rarer(codes, one[STREET], one[POSTCODE])
    if found == 6:
        return int(one[STREET])
    if found == 5:
        return int(one[POSTCODE])
    if found == CITY_AND_PREFIX:
        return _rarer(codes, one[CITY], one[PREFIX])
    return int(one[PREFIX] if found == PREFIX_AGREES else one[CITY])


@shared
def _compare_sets(codes: Codes, left: int, right: int, level: NDArray[np.uint8], rarity: NDArray[np.float32]) -> None:
    """The best pair of places of records that may hold several."""
    a, b = codes.place_start[left], codes.place_start[right]
    for i in range(a, min(codes.place_start[left + 1], a + MOST_TRIED)):
        for j in range(b, min(codes.place_start[right + 1], b + MOST_TRIED)):
            found, of = _place_level(codes, codes.place[i], codes.place[j])
            share = codes.rarity[of] if of >= 0 else np.float32(0)
            if found > level[PLACE_FIELD] or (found == level[PLACE_FIELD] and share < rarity[PLACE_FIELD]):
                level[PLACE_FIELD] = found
                rarity[PLACE_FIELD] = share


@inner
def _both(a: Words, b: Words, part: int) -> bool:
    return bool(a[part] >= 0 and b[part] >= 0)


@inner
def _same(a: Words, b: Words, part: int) -> bool:
    return bool(a[part] >= 0 and a[part] == b[part])


@inner
def _rarer(codes: Codes, a: int, b: int) -> int:
    return a if codes.rarity[a] < codes.rarity[b] else b


@inner
def _place_level(codes: Codes, a: Words, b: Words) -> tuple[int, int]:  # noqa: PLR0911 (one return a level)
    """Level of `levels.PLACE_LEVELS`, from 1, and the code of what agrees."""
    street, postcode = _same(a, b, STREET), _same(a, b, POSTCODE)
    if _same(a, b, ADDRESS):
        return SAME_ADDRESS, a[ADDRESS]
    if _same(a, b, NUMBER) and _both(a, b, STREET) and not street and similar(codes, a[STREET], b[STREET]):
        return 8, _rarer(codes, a[ADDRESS], b[ADDRESS]) if _both(a, b, ADDRESS) else a[STREET]
    if street and postcode:
        return 7, _rarer(codes, a[STREET], a[POSTCODE])
    if postcode:
        return 5, a[POSTCODE]
    if street:
        return 6, a[STREET]
    if _both(a, b, POSTCODE) and similar(codes, a[POSTCODE], b[POSTCODE]):
        return 4, _rarer(codes, a[POSTCODE], b[POSTCODE])
    city, prefix = _same(a, b, CITY), _same(a, b, PREFIX)
    if city and prefix:
        return NEAR, _rarer(codes, a[CITY], a[PREFIX])
    if city or prefix:
        return NEAR, a[CITY] if city else a[PREFIX]
    if _both(a, b, CITY) and similar(codes, a[CITY], b[CITY]):
        return 2, a[CITY]
    known = _both(a, b, STREET) or _both(a, b, POSTCODE) or _both(a, b, CITY)
    return (1 if known else 0), -1
