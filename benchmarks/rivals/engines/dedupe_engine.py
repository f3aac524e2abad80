"""dedupe, which learns from labels: `python dedupe_engine.py RECORDS OUT TRUTH`.

It is given 1,000 pairs of one person and 1,000 of two from the truth, which no other engine sees; without a person to
ask, there is no other way to run it. Clusters are its own, at its customary threshold of 0.5.
"""

import random
import sys
from pathlib import Path

import dedupe
import pyarrow as pa
import pyarrow.parquet as pq

LABELS = 1000


def main(records: str, out: str, truth: str) -> None:
    """Train on the labelled pairs, then match the table."""
    table = pq.read_table(records)
    names = [name for name in table.column_names if name not in {"record_id", "source"}]
    data = {row["record_id"]: {name: row[name] for name in names} for row in table.to_pylist()}
    fields = [dedupe.variables.String(name, has_missing=True) for name in names]
    engine = dedupe.Dedupe(fields, num_cores=2)
    engine.prepare_training(data, sample_size=2000)
    engine.mark_pairs(labelled_pairs(data, truth))
    engine.train()
    entity = {}
    for number, (members, _) in enumerate(engine.partition(data, 0.5)):
        entity |= dict.fromkeys(members, f"c{number}")
    ids = list(data)
    found = pa.table({"record_id": ids, "entity_id": [entity.get(each, each) for each in ids]})
    pq.write_table(found, Path(out) / "clusters.parquet")


def labelled_pairs(
    data: dict[str, dict[str, str | None]], truth: str
) -> dict[str, list[tuple[dict[str, str | None], ...]]]:
    """Pairs of one person and of two, drawn at random."""
    draw = random.Random(1)
    people: dict[str, list[str]] = {}
    for row in pq.read_table(truth).to_pylist():
        people.setdefault(row["label"], []).append(row["record_id"])
    several = [members for members in people.values() if len(members) > 1]
    match = [tuple(data[each] for each in draw.sample(draw.choice(several), 2)) for _ in range(LABELS)]
    groups = list(people.values())
    distinct = [tuple(data[draw.choice(group)] for group in draw.sample(groups, 2)) for _ in range(LABELS)]
    return {"match": match, "distinct": distinct}


if __name__ == "__main__":
    main(*sys.argv[1:])
