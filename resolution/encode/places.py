"""Where people live, as codes: street, house number, postcode, city, postcode prefix, and number with street.

A street name loses the word for its kind, a postcode its spaces. A postcode or address that more than COMMON of the
records hold is a placeholder or a group quarter and is dropped.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.encode.codes import ADDRESS, CITY, NUMBER, POSTCODE, PREFIX, STREET
from resolution.encode.columns import NULL, Entries, Numbered, Rows, changed, entries, numbered, parents, put_in_order
from resolution.encode.kernels import count_holders
from resolution.encode.letters import spelled, turned
from resolution.encode.names import fold
from resolution.encode.pool import Pool, World, flat, known, starts
from resolution.encode.spelling import DROPPED
from resolution.numbering import number_keys, pair_keys

COMMON: Final = 0.06
LEAST_COMMON: Final = 10
NEAR: Final = World(records=20, share=0.05)
WORLDS: Final = {
    STREET: World(records=50, share=0.002),
    NUMBER: NEAR,
    POSTCODE: World(records=50, share=0.002),
    CITY: NEAR,
    PREFIX: NEAR,
    ADDRESS: World(records=200, share=0.001),
}
SQUEEZED: Final = turned(rest=DROPPED)
KINDS_OF_STREET: Final = (
    r" (st|str|street|rd|road|ave?|avenue|ln|lane|dr|drive|ct|court|pl|place|blvd|boulevard|cir|circle|cres|crescent|"
    r"ter|terrace|pkwy|parkway|hwy|highway|way|trl|trail|close|gardens?|grove|sq|square|strasse|strase|rue)$"
)
"""Behind the name, as in English."""
KINDS_BEFORE: Final = (
    r"^(?:rue|r|avenue|avenida|av|ave|boulevard|bd|bld|blvd|place|pl|chemin|route|rte|impasse|allee|quai|rua|travessa|"
    r"tv|praca|largo|calle|c|plaza|pza|paseo|camino|carrer|via|viale|v le|vle|corso|c so|piazza|p za|p zza|strada|str|"
    r"ulica|ul|aleja|aleje|ulice|utca|улица|ул|проспект|просп|пр т|переулок|пер|вулиця|вул|бульвар|бул|jalan|jln|jl|"
    r"odos|οδος) (\p{L}.*)$"
)
"""Before it, as in most other languages; numbered streets keep it, for a Calle 15 crosses a Carrera 15."""
KINDS_WITHIN: Final = r"(\p{L}{3})(?:strasse|straat|str)$"
"""Written together with it, as in German and Dutch."""
COMPARED: Final = {STREET, POSTCODE, CITY}
"""Parts that are compared sign by sign; of the others only who holds the same is asked, and their text is let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the places: codes of its own from 0, -1 where unknown or dropped; its strings and their holders."""

    codes: NDArray[np.int32]
    strings: pa.Array
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where each record's places begin, as in `Codes`, and the places part by part."""

    start: NDArray[np.int32]
    parts: tuple[Part, ...]


def encode_places(column: pa.ChunkedArray, rows: Future[Rows]) -> Places:
    """Code the addresses of every record."""
    lists = flat(column)
    address = pc.list_flatten(lists)
    street, number = changed(_street(address), _street_name), changed(_number(address), squeezed)
    postcode = changed(numbered(pc.struct_field(address, "postcode")), squeezed)
    city = changed(numbered(pc.struct_field(address, "city")), fold)
    columns = (street, number, postcode, city, changed(postcode, _prefix), _together(number, street))
    found, records = entries(parents(lists), rows.result()), len(lists)
    return Places(
        start=starts(found.row, records),
        parts=tuple(_part(part, found, records, which) for which, part in enumerate(columns)),
    )


def add_parts(places: Places, pool: Pool) -> list[int]:
    """Add what the parts of addresses hold to the pool; returns the first code of each part."""
    return [pool.add(part.strings, part.counts, WORLDS[which]) for which, part in enumerate(places.parts)]


def place_codes(places: Places, firsts: Sequence[int]) -> NDArray[np.int32]:
    """All parts side by side as codes of the pool, as `Codes.place`."""
    place = np.empty((int(places.start[-1]), len(places.parts)), np.int32)
    for which, (part, first) in enumerate(zip(places.parts, firsts, strict=True)):
        place[:, which] = np.where(part.codes >= 0, part.codes + np.int32(first), NULL)
    return place


def _street(address: pa.StructArray) -> Numbered:
    """The street's own name: from its column, else from the address line without its number."""
    return _else_of_line(
        pc.struct_field(address, "street"),
        pc.struct_field(address, "line"),
        lambda line: pc.replace_substring_regex(line, r"^\s*\d+\s*[a-zA-Z]?[\s,]+", ""),
    )


def _number(address: pa.StructArray) -> Numbered:
    """The house number: from its column, else the number that the address line begins with."""
    return _else_of_line(
        pc.struct_field(address, "house_number"),
        pc.struct_field(address, "line"),
        lambda line: pc.struct_field(pc.extract_regex(line, r"^\s*(?P<number>\d+\s*[a-zA-Z]?)[\s,]"), "number"),
    )


def _else_of_line(text: pa.Array, line: pa.Array, read: Callable[[pa.Array], pa.Array]) -> Numbered:
    """A part of addresses; where it is null or empty, what is read of the address line."""
    said = numbered(text)
    there = np.append(known(said.strings).to_numpy(zero_copy_only=False), False)[said.codes]
    codes = np.where(there, said.codes, np.int32(NULL))
    if line.null_count == len(line) or there.all():
        return replace(said, codes=codes)
    lines = changed(numbered(line.filter(pa.array(~there))), read)
    codes[~there] = np.where(lines.codes >= 0, lines.codes + np.int32(len(said.strings)), np.int32(NULL))
    return Numbered(codes=codes, strings=pa.concat_arrays([said.strings, lines.strings]))


def _street_name(street: pa.Array) -> pa.Array:
    name: pa.Array = fold(street)
    for kinds, kept in ((KINDS_OF_STREET, ""), (KINDS_BEFORE, r"\1"), (KINDS_WITHIN, r"\1")):
        name = pc.replace_substring_regex(name, kinds, kept)
    return name


def _prefix(postcode: pa.Array) -> pa.Array:
    """The part that names a district: all but the last three signs of a postcode with letters, else the first three."""
    lettered = pc.match_substring_regex(postcode, r"\p{L}")
    long = pc.greater_equal(pc.utf8_length(postcode), 5)
    cut = pc.if_else(lettered, pc.utf8_slice_codeunits(postcode, 0, -3), pc.utf8_slice_codeunits(postcode, 0, 3))
    prefix: pa.Array = pc.if_else(long, cut, pa.scalar(None, pa.string()))
    return prefix


def squeezed(text: pa.Array) -> pa.Array:
    """Lower case, without all but letters and digits."""
    return spelled(text, SQUEEZED, squeezed_slowly)


def squeezed_slowly(text: pa.Array) -> pa.Array:
    """What `squeezed` does, in any script."""
    done: pa.Array = pc.replace_substring_regex(pc.utf8_lower(text), r"[^\p{L}\p{N}]+", "")
    return done


def _together(number: Numbered, street: Numbered) -> Numbered:
    """House number and street as one value, null where one of them is; what it says is left out."""
    codes, known = np.full(len(number.codes), NULL, np.int32), (number.codes >= 0) & (street.codes >= 0)
    codes[known], first = number_keys(pair_keys(number.codes[known], street.codes[known]))
    return Numbered(codes=codes, strings=pa.nulls(len(first), pa.string()))


def _part(values: Numbered, found: Entries, records: int, which: int) -> Part:
    """One part of the addresses in order, without what too many records hold."""
    codes, strings = put_in_order(values, found.at)
    counts = count_holders(found.row, codes, len(strings))
    if which in {POSTCODE, ADDRESS}:
        kept = np.append(counts <= max(COMMON * records, LEAST_COMMON), False)
        codes = np.where(kept[codes], codes, np.int32(NULL))
    text = strings if which in COMPARED else pa.repeat(pa.scalar(""), len(strings))
    return Part(codes=codes, strings=text, counts=counts)
