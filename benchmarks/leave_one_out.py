"""`python -m benchmarks.leave_one_out`: what the default would score on a *tune* set had it not been looked at.

Values of the clustering's settings (the share of profile evidence, the largest say of a pair, what a link may lack) are
tried on both *tune* sets; the best on one is scored on the other. Only these settings are chosen anew: the rules, the
levels of comparison and where training starts were designed with both sets at hand, and no run can undo that.
`C360_DATA` names the data folder; results go to `benchmarks/results/leave_one_out.json`.
"""

import json
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.calibration import READ, work_on
from benchmarks.surroundings import data_folder, keep, today
from resolution.pipeline import cluster_records

RESULTS: Final = Path(__file__).parent / "results" / "leave_one_out.json"
PROFILE_SHARE: Final = (0.25, 0.5, 0.75)
CLIP_BITS: Final = (3.0, 5.0, 8.0)
ALONE_BITS: Final = (0.0, 3.0)
SHIPPED: Final = (0.5, 5.0, 3.0)


def scores(table: pa.Table) -> dict[tuple[float, ...], float]:
    """Pairwise F1 of clusters for each setting."""
    work, label = work_on(table)
    found: dict[tuple[float, ...], float] = {}
    for share, clip, alone in product(PROFILE_SHARE, CLIP_BITS, ALONE_BITS):
        assert work.model is not None
        model = msgspec.structs.replace(work.model, profile_share=share, clip_bits=clip, alone_bits=alone)
        clusters = cluster_records(replace(work, model=model)).clusters
        assert clusters is not None
        found[share, clip, alone] = round(_f1(clusters.label, label), 5)
        print((share, clip, alone), found[share, clip, alone], file=sys.stderr, flush=True)
    return found


def _f1(cluster: NDArray[np.int64], label: NDArray[np.int64]) -> float:
    both = _pairs(cluster * (label.max() + 1) + label)
    return 2 * both / (_pairs(cluster) + _pairs(label))


def _pairs(codes: NDArray[np.int64]) -> int:
    sizes = np.unique(codes, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def main() -> int:
    """Score every setting on both sets."""
    data = data_folder()
    every = {name: scores(read(data)) for name, read in READ.items()}
    rows: list[dict[str, object]] = []
    for name, other in zip(every, reversed(every), strict=True):
        chosen = max(every[other], key=lambda setting: every[other][setting])
        rows.append(
            {
                "set": name,
                "shipped": every[name][SHIPPED],
                "chosen_without": list(chosen),
                "f1_without": every[name][chosen],
                "best": max(every[name].values()),
                "worst": min(every[name].values()),
            }
        )
    found = {"date": today(), "tried": len(every["historical_50k"]), "sets": rows}
    keep(found, RESULTS)
    print(json.dumps(found, indent=1), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
