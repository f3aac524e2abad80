"""`python -m benchmarks.reliability`: is a record as often in the right cluster as its confidence says?

The *tune* sets are resolved by the default. A record is right where most of the other records of its cluster are of its
own person; a tie counts half. Records alone have nothing to be wrong about and are left out. An entity's confidence is
that of its least certain record; it is right where all of its records are of one person. `C360_DATA` names the data
folder; results go to `benchmarks/results/reliability.json`.
"""

import json
import sys
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.calibration import READ, resolve_table
from benchmarks.surroundings import data_folder, keep, machine, today
from resolution.intervals import wilson

RESULTS: Final = Path(__file__).parent / "results" / "reliability.json"
BANDS: Final = np.append(np.linspace(0, 0.9, 10), [0.95, 0.99, 0.999, 1.01])
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def measure(table: pa.Table) -> dict[str, object]:
    """Resolve a table and compare its confidences with its labels."""
    run, label = resolve_table(table)
    cluster, sure = run.clusters.label, run.clusters.confidence
    others = np.bincount(cluster)[cluster] - 1
    both = np.unique(cluster * (label.max() + 1) + label, return_inverse=True)[1]
    alike = np.bincount(both)[both] - 1
    right = np.where(2 * alike > others, 1.0, np.where(2 * alike == others, 0.5, 0.0))
    several = others > 0
    least = np.ones(int(cluster.max()) + 1)
    np.minimum.at(least, cluster, sure)
    pure = np.ones(len(least))
    pure[cluster[alike < others]] = 0
    held = np.bincount(cluster) > 1
    return {
        "records": int(several.sum()),
        "entities": int(held.sum()),
        "membership": bands(sure[several], right[several]),
        "entity": bands(least[held], pure[held]),
    }


def bands(said: Floats, right: Floats) -> list[dict[str, float]]:
    """Mean of what was said and of what is right, with a 95 % interval, by band of what was said."""
    band = np.searchsorted(BANDS, said, side="right")
    return [_band(said[band == at], right[band == at]) for at in np.unique(band)]


def _band(said: Floats, right: Floats) -> dict[str, float]:
    share = float(right.mean())
    low, high = wilson(share, len(said))
    return {
        "count": len(said),
        "said": round(float(said.mean()), 4),
        "right": round(share, 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }


def main() -> int:
    """Measure both sets."""
    data = data_folder()
    found = {
        "date": today(),
        "machine": machine(),
        "sets": [{"set": name, **measure(read(data))} for name, read in READ.items()],
    }
    keep(found, RESULTS)
    print(json.dumps(found, indent=1), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
