"""Cursors: where a page ended, in a form that cannot be made up and tells nothing.

A cursor holds the snapshot, a name of the list (its field, order and filter), and the id of the last row, under a keyed
check. The row's values are looked up again in that snapshot, so that no personal value is ever in a cursor.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from core.errors import BadInputError
from core.ids import ID_PATTERN, content_id

CHECK_BYTES: Final = 12
LONGEST: Final = 400
PARTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The place after one row of one list in one snapshot."""

    snapshot: str
    listing: str
    row: str


def name_listing(*parts: str) -> str:
    """Name a list by its field, order and filter."""
    return content_id("l", *parts)


def write_cursor(key: bytes, cursor: Cursor) -> str:
    """Give the cursor as opaque text."""
    body = f"{cursor.snapshot}.{cursor.listing}.{cursor.row}".encode()
    return base64.urlsafe_b64encode(_check(key, body) + body).decode().rstrip("=")


def read_cursor(key: bytes, text: str, listing: str) -> Cursor:
    """Read a cursor back.

    Raises:
        BadInputError: it was not made here, or belongs to a list of another order or filter.
    """
    try:
        raw = base64.urlsafe_b64decode((text + "=" * (-len(text) % 4)).encode("ascii")) if len(text) < LONGEST else b""
    except (binascii.Error, ValueError):
        raw = b""
    check, body = raw[:CHECK_BYTES], raw[CHECK_BYTES:]
    if not hmac.compare_digest(check, _check(key, body)):
        raise BadInputError("This is no cursor.", remedy="Use pageInfo.endCursor of the page before.")
    parts = body.decode().split(".")
    if len(parts) != PARTS or not all(ID_PATTERN.fullmatch(part) for part in parts):
        raise BadInputError("This is no cursor.", remedy="Use pageInfo.endCursor of the page before.")
    cursor = Cursor(snapshot=parts[0], listing=parts[1], row=parts[2])
    if cursor.listing != listing:
        raise BadInputError(
            "This cursor belongs to another list.", remedy="Keep where and orderBy while you go through the pages."
        )
    return cursor


def _check(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, b"cursor\x1f" + body, sha256).digest()[:CHECK_BYTES]
