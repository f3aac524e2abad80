"""Where people live, as codes: street, house number, postcode, city, postcode prefix, and number with street.

A street name loses the word for its kind, a postcode its spaces. A postcode or address that more than COMMON of the
records hold is a placeholder or a group quarter and is dropped.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.encode.codes import ADDRESS, CITY, NUMBER, POSTCODE, PREFIX, STREET
from resolution.encode.names import fold
from resolution.encode.pool import Column, Pool, World, dictionary, flat, holders, starts, to_numpy

WORKERS: Final = 2
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
KINDS_OF_STREET: Final = (
    r" (st|str|street|rd|road|ave?|avenue|ln|lane|dr|drive|ct|court|pl|place|blvd|boulevard|cir|circle|cres|crescent|"
    r"ter|terrace|pkwy|parkway|hwy|highway|way|trl|trail|close|gardens?|grove|sq|square|strasse|strase|rue)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Places as in `Codes`."""

    start: NDArray[np.int64]
    place: NDArray[np.int32]


def encode_places(records: pa.Table, pool: Pool) -> Places:
    """Code the addresses of every record."""
    lists = flat(records.column("addresses"))
    row = to_numpy(pc.list_parent_indices(lists))
    address = pc.list_flatten(lists)
    with ThreadPoolExecutor(WORKERS) as threads:
        reading = [threads.submit(read, address) for read in (_street, _number, _postcode, _city)]
        columns = [one.result() for one in reading]
    columns += [_prefix(columns[POSTCODE]), pc.binary_join_element_wise(columns[NUMBER], columns[STREET], " ")]
    coded = [_code(row, text, records.num_rows, pool, which=which) for which, text in enumerate(columns)]
    return Places(start=starts(row, records.num_rows), place=np.stack(coded, axis=1))


def _street(address: pa.StructArray) -> pa.Array:
    """The street's own name: from its column, else from the address line without its number."""
    line = pc.replace_substring_regex(pc.struct_field(address, "line"), r"^\s*\d+\s*[a-zA-Z]?[\s,]+", "")
    street = fold(pc.coalesce(_known(pc.struct_field(address, "street")), line))
    name: pa.Array = pc.replace_substring_regex(street, KINDS_OF_STREET, "")
    return name


def _number(address: pa.StructArray) -> pa.Array:
    found = pc.struct_field(
        pc.extract_regex(pc.struct_field(address, "line"), r"^\s*(?P<number>\d+\s*[a-zA-Z]?)[\s,]"), "number"
    )
    return _squeezed(pc.coalesce(_known(pc.struct_field(address, "house_number")), found))


def _postcode(address: pa.StructArray) -> pa.Array:
    return _squeezed(pc.struct_field(address, "postcode"))


def _city(address: pa.StructArray) -> pa.Array:
    return fold(pc.struct_field(address, "city"))


def _prefix(postcode: pa.Array) -> pa.Array:
    """The part that names a district: all but the last three signs of a postcode with letters, else the first three."""
    lettered = pc.match_substring_regex(postcode, r"\p{L}")
    long = pc.greater_equal(pc.utf8_length(postcode), 5)
    cut = pc.if_else(lettered, pc.utf8_slice_codeunits(postcode, 0, -3), pc.utf8_slice_codeunits(postcode, 0, 3))
    prefix: pa.Array = pc.if_else(long, cut, pa.scalar(None, pa.string()))
    return prefix


def _known(text: pa.Array) -> pa.Array:
    there: pa.Array = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    return there


def _squeezed(text: pa.Array) -> pa.Array:
    squeezed: pa.Array = pc.replace_substring_regex(pc.utf8_lower(text), r"[^\p{L}\p{N}]+", "")
    return squeezed


def _code(row: NDArray[np.int64], text: pa.Array, records: int, pool: Pool, *, which: int) -> NDArray[np.int32]:
    """Code one part of the addresses, without what too many records hold."""
    code, strings = dictionary(text)
    held = code >= 0
    counts = holders(Column(row=row[held], code=code[held]), len(strings))
    first = pool.add(strings, counts, WORLDS[which])
    if which in {POSTCODE, ADDRESS}:
        held &= np.append(counts <= max(COMMON * records, LEAST_COMMON), False)[code]
    return np.where(held, code + first, -1).astype(np.int32)
