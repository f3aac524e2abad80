"""The whole coded table, from records in the shape of `lake.tables.RECORDS`."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError
from lake.tables.types import ATTRIBUTES, PROFILE
from resolution.comparing.gist import gists
from resolution.encode.codes import Codes, Encoded
from resolution.encode.dates import encode_dates
from resolution.encode.kernels import mark_named_mailboxes
from resolution.encode.lines import pack_lines
from resolution.encode.names import encode_names
from resolution.encode.places import encode_places
from resolution.encode.pool import Pool, dictionary, flat, to_numpy
from resolution.encode.values import encode_values

NEEDED = pa.schema(
    [pa.field("record_id", pa.string()), pa.field("source", pa.string()), *PROFILE, pa.field("categories", ATTRIBUTES)]
)


def encode(records: pa.Table) -> Encoded:
    """Code a table of records.

    Args:
        records: columns record_id and source, and any of the profile columns and categories; what is absent is unknown.

    Raises:
        BadInputError: record_id or source is absent, or a record id occurs twice.
    """
    table = completed(records)
    order = pc.sort_indices(table.column("record_id"))
    table = table.take(order)
    record_ids = flat(table.column("record_id"))
    _check_unique(record_ids)
    pool = Pool(records=table.num_rows)
    names = encode_names(table, pool)
    date, date_rarity = encode_dates(flat(table.column("birth_date")))
    places = encode_places(table, pool)
    values = encode_values(table, pool)
    source, sources = dictionary(flat(table.column("source")))
    chars, start, rarity = pool.arrays()
    for begins in values.start:
        mark_named_mailboxes(chars, start, names.token, begins, values.value, values.user)
    codes = Codes(
        chars=chars,
        start=start,
        gist=gists(chars, start, names.nickname),
        rarity=rarity,
        nickname=names.nickname,
        token=names.token,
        slot=names.slot,
        date=date,
        date_rarity=date_rarity,
        trait=np.stack([dictionary(flat(table.column(name)))[0] for name in ("sex", "suffix")], axis=1),
        place_start=places.start,
        place=places.place,
        value_start=values.start,
        value=values.value,
        user=values.user,
        source=source,
        line=np.zeros((0, 0), np.int32),
    )
    return Encoded(
        codes=codes._replace(line=pack_lines(codes)),
        order=to_numpy(order),
        record_ids=record_ids,
        sources=tuple(sources.to_pylist()),
        kinds=values.kinds,
    )


def completed(records: pa.Table) -> pa.Table:
    """The columns that are evidence, with record id and source, in their types; absent ones are filled with nulls.

    Raises:
        BadInputError: record_id or source is absent.
    """
    missing = [name for name in ("record_id", "source") if name not in records.column_names]
    if missing:
        raise BadInputError(
            f"The records have no column {missing[0]}.",
            remedy="Give every record an id and a source.",
            column=missing[0],
        )
    columns = [
        records.column(field.name).cast(field.type)
        if field.name in records.column_names
        else pa.nulls(records.num_rows, field.type)
        for field in NEEDED
    ]
    return pa.table(columns, names=NEEDED.names)


def _check_unique(record_ids: pa.Array) -> None:
    again = pc.equal(record_ids[1:], record_ids[:-1])
    if record_ids.null_count or pc.any(again).as_py():
        raise BadInputError(
            "Record ids repeat or are missing.",
            remedy="Give each record an id of its own.",
            repeated=pc.sum(again).as_py() or 0,
        )
