"""One table for all engines: a labelled set cleaned by our own reading, in plain columns, and its truth beside it.

Cleaning is not counted for the rivals, and our engine reads and cleans the prepared table once more; both favour them.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.__main__ import LabelledSet
from ingest import PeopleOptions, read_people
from resolution.evaluation import TruthOptions, match_truth, read_truth

PLAIN: Final = ("given_name", "middle_name", "family_name", "suffix", "birth_date", "sex")
PLACE: Final = ("street", "house_number", "unit", "city", "region", "postcode")
RECORDS: Final = "records.parquet"
TRUTH: Final = "truth.parquet"
LISTS: Final = {"emails": "email", "phones": "phone"}


def prepare(labelled: LabelledSet, data: Path, folder: Path) -> Path:
    """Write records.parquet and truth.parquet, and give their folder; what is there already is kept.

    Records hold record_id, source, and every plain column that is known anywhere; the first of several values.
    """
    if (folder / RECORDS).is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    records = read_people(_files(data, labelled.files), _people_options(labelled)).records
    ids = pa.array([f"r{place:08d}" for place in range(records.num_rows)])
    columns = {"record_id": ids, "source": _flat(records.column("source")), **_columns(records)}
    keyed = pa.table({"source": columns["source"], "record_id": records.column("source_key"), "entity_id": ids})
    options = _words(labelled.evaluate)
    truth = TruthOptions(
        label=options["--label"][0],
        id_columns=tuple(options.get("--id", ())),
        source_column=options.get("--source", [None])[0],
        label_pattern=options.get("--label-pattern", [None])[0],
    )
    matched = match_truth(keyed, read_truth(_files(data, labelled.truth), truth))
    there = matched.place >= 0
    labels = pa.array([f"p{person}" for person in matched.person[there]])
    pq.write_table(pa.table({"record_id": ids.take(pa.array(matched.place[there])), "label": labels}), folder / TRUTH)
    pq.write_table(pa.table(columns), folder / RECORDS)
    return folder


def _files(data: Path, globs: tuple[str, ...]) -> list[Path]:
    return [path for pattern in globs for path in sorted(data.glob(pattern))]


def _words(arguments: tuple[str, ...]) -> dict[str, list[Any]]:
    """Options of a command line by name."""
    found: dict[str, list[Any]] = {}
    for name, value in zip(arguments[::2], arguments[1::2], strict=True):
        found.setdefault(name, []).append(value)
    return found


def _people_options(labelled: LabelledSet) -> PeopleOptions:
    given = _words(labelled.resolve)
    return PeopleOptions(
        id_columns=tuple(given.get("--id", ())),
        source_column=given.get("--source", [None])[0],
        ignore=tuple(given.get("--ignore", ())),
    )


def _flat(column: pa.ChunkedArray) -> pa.Array:
    text: pa.Array = pa.concat_arrays(column.cast(pa.string()).chunks)
    return text


def _columns(records: pa.Table) -> dict[str, pa.Array]:
    """Plain columns of the records; those that are empty throughout are left out."""
    found: dict[str, pa.Array] = {name: _flat(records.column(name)) for name in PLAIN if name in records.column_names}
    for name, one in LISTS.items():
        if name in records.column_names:
            found[one] = _first(records.column(name))
    found |= {name: _first(records.column("addresses"), name) for name in PLACE}
    found |= _by_key(records, "identifiers", "system", "value")
    found |= _by_key(records, "categories", "key", "value")
    return {name: values for name, values in found.items() if values.null_count < len(values)}


def _first(column: pa.ChunkedArray, part: str = "") -> pa.Array:
    """The first known value of each list, or of a part of its structs; null where there is none."""
    lists = pa.concat_arrays(column.chunks)
    values = pc.list_flatten(lists)
    values = pc.struct_field(values, part) if part else values
    known = np.flatnonzero(np.asarray(pc.is_valid(values)))
    row, first = np.unique(np.asarray(pc.list_parent_indices(lists))[known], return_index=True)
    places = np.zeros(len(lists), np.int64)
    places[row] = known[first]
    picked: pa.Array = values.take(pa.array(places, mask=~np.isin(np.arange(len(lists)), row)))
    return picked


def _by_key(records: pa.Table, column: str, key: str, value: str) -> dict[str, pa.Array]:
    """A column for each identifier system or category, with each record's first value."""
    if column not in records.column_names:
        return {}
    lists = pa.concat_arrays(records.column(column).chunks)
    if pa.types.is_map(lists.type):
        pairs = pa.StructArray.from_arrays([lists.keys, lists.items], [key, value])
        lists = pa.ListArray.from_arrays(lists.offsets, pairs)
    keys = pc.struct_field(pc.list_flatten(lists), key)
    row = np.asarray(pc.list_parent_indices(lists))
    values = pc.struct_field(pc.list_flatten(lists), value)
    found: dict[str, pa.Array] = {}
    for name in sorted(keys.unique().to_pylist()):
        own = np.flatnonzero(np.asarray(pc.equal(keys, name)))
        first = own[np.unique(row[own], return_index=True)[1]]
        place = np.zeros(len(lists), np.int64)
        place[row[first]] = first
        there = np.isin(np.arange(len(lists)), row[first])
        found[f"{column}_{name}".replace(" ", "_")] = values.take(pa.array(place, mask=~there))
    return found
