"""Our engine on a table that is cleaned already: `python customer360_engine.py RECORDS OUT RULE…`.

The job is the one that the others are timed at: read the table, encode, train, predict and cluster, by the given
blocking rules alone. One processor loads the engine, which takes half a second, while another reads the table.
"""

import gc
import json
import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `c360` does

import pyarrow as pa
import pyarrow.parquet as pq
from customer360_shape import records_of
from spent import spent

from lake.arrow import start_without_pandas
from lake.memory import use_one_heap

OWN: Final = ("record_id", "email", "phone", "postcode")
"""Columns whose values are mostly of one record or a few."""


def records_in(path: str) -> pa.Table:
    """The records; values that many share are read as the file holds them, each once."""
    names = pq.read_schema(path).names
    shared = [name for name in names if name not in OWN and not name.startswith("identifiers_")]
    return records_of(pq.ParquetFile(path, read_dictionary=shared).read())


def main(path: str, out: str, *rules: str) -> None:
    """Resolve the table and write clusters and scored pairs."""
    gc.disable()
    use_one_heap()
    start_without_pandas()
    with ThreadPoolExecutor(1) as beside:
        records: list[Future[pa.Table]] = [beside.submit(records_in, path)]
        from customer360_job import resolved, write  # loaded while the table is read

        from resolution.compiled import load_kept

        load_kept()
    gc.freeze()  # what is loaded stays: looking through it for garbage would take a tenth of a second
    gc.enable()
    work = resolved(records.pop().result(), rules)
    took = spent()
    record_ids = pq.read_table(path, columns=["record_id"]).column("record_id").combine_chunks()
    print(json.dumps({"pairs": write(work, record_ids, Path(out)), **took}))


if __name__ == "__main__":
    main(*sys.argv[1:])
