"""GoldenMatch with no configuration, as its documentation recommends it.

`python goldenmatch_engine.py RECORDS OUT default`
"""

import sys
from pathlib import Path

import goldenmatch as gm
import pyarrow as pa
import pyarrow.parquet as pq


def main(records: str, out: str, _mode: str) -> None:
    """Match the table by GoldenMatch's own choice of keys, scorers and thresholds."""
    table = pq.read_table(records)
    ids = table.column("record_id").to_pylist()
    found = gm.dedupe_df(table, confidence_required=False, exclude_columns=["record_id"])
    entity = [""] * len(ids)
    for number, each in found.clusters.items():
        for member in each["members"]:
            entity[member] = f"c{number}"
    alone = [entity[row] or f"s{row}" for row in range(len(ids))]
    folder = Path(out)
    pq.write_table(pa.table({"record_id": ids, "entity_id": alone}), folder / "clusters.parquet")
    pairs = [(ids[left], ids[right], score) for left, right, score in found.scored_pairs or ()]
    columns = list(zip(*pairs, strict=True)) if pairs else [[], [], []]
    types = (pa.string(), pa.string(), pa.float64())
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    pq.write_table(pa.Table.from_arrays(arrays, ["l", "r", "score"]), folder / "pairs.parquet")


if __name__ == "__main__":
    main(*sys.argv[1:])
