"""Ids that say nothing about the person they stand for.

An id is `prefix_` and 32 hexadecimal digits: 128 bits of an HMAC-SHA-256 under the workspace key (keyed) or of a
SHA-256 (content). Both are deterministic. The column forms cost about a microsecond a value and run inside DuckDB, so
no Python loop touches a record; the scalar forms agree with them (tested).

Source: RFC 2104 (HMAC).
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from core.errors import BadInputError

ID_PATTERN: Final = re.compile(r"[a-z0-9_]{1,64}")
DIGITS: Final = 32
BLOCK_BYTES: Final = 64
KEY_BYTES: Final = 32
SEPARATOR: Final = "\x1f"


def keyed_id(prefix: str, key: bytes, *parts: str) -> str:
    """Name a thing by parts that may be personal: `prefix_` + HMAC(key, parts)."""
    digest = hmac.new(key, SEPARATOR.join(parts).encode(), hashlib.sha256).hexdigest()
    return f"{prefix}_{digest[:DIGITS]}"


def content_id(prefix: str, *parts: str) -> str:
    """Name a thing by parts that are not personal: `prefix_` + SHA-256(parts)."""
    digest = hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()
    return f"{prefix}_{digest[:DIGITS]}"


def keyed_ids(prefix: str, key: bytes, parts: Sequence[pa.Array]) -> pa.Array:
    """Name many things at once; row i is `keyed_id(prefix, key, *(part[i] for part in parts))`.

    Args:
        prefix: what kind of thing.
        key: the workspace key, at most 64 bytes.
        parts: string columns of one length. A null in any part gives a null id.

    Returns:
        A string column. Cost: O(n), two SHA-256 a value.
    """
    inner, outer = _pads(key)
    message = f"encode(concat_ws('{SEPARATOR}', {_columns(parts)}))"
    digest = f"sha256(from_hex('{outer}') || unhex(sha256(from_hex('{inner}') || {message})))"
    return _digests(prefix, digest, parts)


def content_ids(prefix: str, parts: Sequence[pa.Array]) -> pa.Array:
    """Name many things at once; row i is `content_id(prefix, *(part[i] for part in parts))`."""
    return _digests(prefix, f"sha256(concat_ws('{SEPARATOR}', {_columns(parts)}))", parts)


def check_id(value: str) -> str:
    """Return the id unchanged, or say that it cannot be one."""
    if ID_PATTERN.fullmatch(value) is None:
        raise BadInputError("An id holds 1 to 64 of a-z, 0-9 and underscore.", remedy="Copy the id from an answer.")
    return value


def _pads(key: bytes) -> tuple[str, str]:
    if len(key) > BLOCK_BYTES:
        raise BadInputError("The workspace key is too long.", remedy=f"Use at most {BLOCK_BYTES} bytes.")
    padded = key.ljust(BLOCK_BYTES, b"\0")
    return bytes(b ^ 0x36 for b in padded).hex(), bytes(b ^ 0x5C for b in padded).hex()


def _columns(parts: Sequence[pa.Array]) -> str:
    return ", ".join(f"p{index}" for index in range(len(parts)))


def _digests(prefix: str, digest: str, parts: Sequence[pa.Array]) -> pa.Array:
    import duckdb  # where it is used: a twentieth of a second to load

    columns: dict[str, pa.Array] = {f"p{index}": part for index, part in enumerate(parts)}
    table = pa.table({**columns, "row": pa.array(np.arange(len(parts[0])))})
    known = " AND ".join(f"p{index} IS NOT NULL" for index in range(len(parts)))
    with duckdb.connect() as database:
        database.register("parts", table)
        named = f"CASE WHEN {known} THEN '{prefix}_' || left({digest}, {DIGITS}) END AS id"
        rows = database.sql(f"SELECT {named} FROM parts ORDER BY row")  # a scan of Arrow keeps no order by itself
        ids: pa.Table = rows.to_arrow_table()
    return ids.column("id").combine_chunks()
