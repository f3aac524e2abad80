"""Labels to learn from as they lie in files: judged pairs, or a column that names the person.

Judged pairs stand in columns left, right and match; a reviewed sample (`same` instead of `match`) will do. Without
these, the label column of `TruthOptions` names each record's person, and all pairs of one person's records are matches.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError
from lake.query import open_file
from resolution.contract import Labels
from resolution.evaluation.compare import match_truth
from resolution.evaluation.contract import TruthOptions
from resolution.evaluation.mistakes import evenly, pairs_together
from resolution.evaluation.reviewed_files import NO, SAME, YES
from resolution.evaluation.truth_files import read_truth

MOST_PAIRS: Final = 200_000
MATCH: Final = "match"


def read_labels(path: Path, records: pa.Table, options: TruthOptions) -> Labels:
    """Read labels.

    Args:
        path: CSV, JSON lines, JSON or Parquet.
        records: columns record_id, source and source_key; pairs name a record by its id or, where unique, its key.
        options: which columns say what, where there are no pairs.

    Raises:
        MissingError: there is no such file.
        BadInputError: it has neither pairs nor the label column, or a verdict is neither yes nor no.
    """
    with open_file(path, "file", padded=True) as database:
        names = {str(row[0]).strip().lower(): str(row[0]) for row in database.sql("DESCRIBE file").fetchall()}
        verdict = next((name for name in (MATCH, SAME) if name in names), None)
        if verdict is None or not {"left", "right"} <= set(names):
            return _of_people(path, records, options)
        chosen = ", ".join(
            f'CAST("{names[name]}" AS VARCHAR) AS {as_}'
            for name, as_ in (("left", "one"), ("right", "other"), (verdict, "verdict"))
        )
        table: pa.Table = database.sql(f"SELECT {chosen} FROM file").to_arrow_table()
    return _of_pairs(table, records)


def _of_pairs(table: pa.Table, records: pa.Table) -> Labels:
    said = pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(table.column("verdict"), "")))
    match = pc.is_in(said, value_set=pa.array(sorted(YES)))
    unknown = pc.invert(pc.is_in(said, value_set=pa.array(["", *sorted({*YES, *NO})])))
    if pc.any(unknown).as_py():
        raise BadInputError("A label is neither yes nor no.", remedy="Say yes, no, true, false, 1 or 0, or nothing.")
    table = table.append_column("match", match).filter(pc.not_equal(said, ""))
    left, right = (_record_ids(table.column(side).combine_chunks(), records) for side in ("one", "other"))
    return Labels(left=left, right=right, match=table.column("match").to_numpy())


def _record_ids(named: pa.Array, records: pa.Table) -> pa.Array:
    """Record ids of what are record ids or keys; a key that several sources use names none."""
    ids = records.column("record_id").combine_chunks()
    keys = records.column("source_key").combine_chunks()
    counts = pc.value_counts(keys)
    once = pc.struct_field(counts, "values").filter(pc.equal(pc.struct_field(counts, "counts"), 1))
    by_key = ids.take(pc.index_in(named, value_set=keys))
    known = pc.if_else(pc.is_in(named, value_set=once), by_key, pa.scalar(None, pa.string()))
    found: pa.Array = pc.if_else(pc.is_in(named, value_set=ids), named, known)
    return found


def _of_people(path: Path, records: pa.Table, options: TruthOptions) -> Labels:
    if not options.label:
        raise BadInputError(
            f"{path.name} has no columns left, right and match.",
            remedy="Name them so, or name the column of the person with --label.",
            file=str(path),
        )
    known = pa.table(
        {
            "source": records.column("source"),
            "record_id": records.column("source_key"),
            "entity_id": records.column("record_id"),
        }
    )
    matched = match_truth(known, read_truth([path], options))
    there = matched.place >= 0
    places, person = matched.place[there], np.unique(matched.person[there], return_inverse=True)[1].astype(np.int64)
    together = pairs_together(person)
    drawn = evenly(together, MOST_PAIRS)
    ids = records.column("record_id").combine_chunks()
    left, right = (ids.take(pa.array(places[drawn[:, side]])) for side in (0, 1))
    return Labels(left=left, right=right, match=np.ones(len(drawn), np.bool_))
