"""The graph file's content as bytes, and the checksums that tell when it is not what was written."""

import zlib
from collections.abc import Iterable, Mapping
from typing import Final

import pyarrow as pa
from pyarrow import ipc

META: Final = ("stamp", "frames", "next_id", "listing")
EMPTY_LISTING: Final = zlib.crc32(b"")


def encoded(column: pa.Array) -> tuple[bytes, int]:
    """Write a part of a column as compressed Arrow, with its checksum."""
    sink = pa.BufferOutputStream()
    batch = pa.record_batch([column], names=["c"])
    with ipc.new_stream(sink, batch.schema, options=ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_batch(batch)
    data = bytes(sink.getvalue().to_pybytes())
    return data, zlib.crc32(data)


def decoded(data: object, crc: int) -> pa.Array | None:
    """Read a part of a column; None where it is not what was written."""
    if not isinstance(data, bytes) or zlib.crc32(data) != crc:
        return None
    with ipc.open_stream(pa.py_buffer(data)) as reader:
        column: pa.Array = reader.read_next_batch().column(0)
        return column


def single_crc(kind: str, key: str, state: str | None) -> int:
    """Checksum of the state of one element.

    Raises:
        TypeError: one of them is no text any more.
    """
    return zlib.crc32("\0".join((kind, key, "-" if state is None else state)).encode())


def meta_crc(values: Mapping[str, int]) -> int:
    """Checksum of the numbers that say where the file stands."""
    return zlib.crc32(repr([values.get(name) for name in META]).encode())


def listing_crc(rows: Iterable[tuple[object, ...]]) -> int:
    """Checksum of all frames and parts without their data; that of each part's data is among them."""
    found = EMPTY_LISTING
    for row in rows:
        found = zlib.crc32(repr(row).encode(), found)
    return found
