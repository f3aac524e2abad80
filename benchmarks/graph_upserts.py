"""How fast a real Gremlin Server takes upserts and is checked: `python -m benchmarks.graph_upserts [vertices]`.

Starts TinkerPop's server with TinkerGraph on this machine, so client and server share its cores. The first round meets
a server that has just started, the last one that has compiled what it runs. Writes
`benchmarks/results/graph_upserts.json`; `tools/reference.py` makes a section of `docs/reference/graph-speed.md` of it.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from benchmarks.graph.__main__ import machine
from graph import Batch, EdgeBatch, GraphStore, VertexBatch, check, connect_server
from tests.gremlin_server import VERSIONS, running_server

RESULTS: Final = Path(__file__).with_name("results") / "graph_upserts.json"
VERTICES: Final = 10_000
ROUNDS: Final = 4


def batches(vertices: int, visits: int) -> list[Batch]:
    """People with three properties, and one edge from each to the next; `visits` is what a later load changes."""
    ids = [f"e_{number}" for number in range(vertices)]
    people = {"id": ids, "uid": ids, "city": [f"city {number % 100}" for number in range(vertices)]}
    edges = {"id": [f"x_{number}" for number in range(vertices)], "out": ids, "in_": [*ids[1:], ids[0]]}
    return [
        VertexBatch(label="Person", table=pa.table(people | {"visits": [visits] * vertices})),
        EdgeBatch(label="KNOWS", out_label="Person", in_label="Person", table=pa.table(edges)),
    ]


def measure(store: GraphStore, vertices: int) -> dict[str, dict[str, int]]:
    """Load into an empty graph, again unchanged, again with one property changed, and compare; elements a second."""
    store.run(store.g().V().drop())
    first, second = batches(vertices, 1), batches(vertices, 2)
    return {
        "new": _rate(2 * vertices, lambda: store.load(first)),
        "unchanged": _rate(2 * vertices, lambda: store.load(first)),
        "changed": _rate(vertices, lambda: store.load(second[:1])),
        "checked": _rate(2 * vertices, lambda: check(store, second)),
    }


def _rate(elements: int, call: Callable[[], object]) -> dict[str, int]:
    start, busy = time.perf_counter(), time.process_time()
    call()
    return {
        "per_s": round(elements / (time.perf_counter() - start)),
        "client_cpu_us_each": round((time.process_time() - busy) / elements * 1e6),
    }


def main(vertices: int) -> None:
    """Measure every version of the server, and keep what was found."""
    found: dict[str, Any] = {"vertices": vertices, "edges": vertices, "machine": machine(), "servers": {}}
    for version in VERSIONS:
        with tempfile.TemporaryDirectory() as folder, running_server(version, Path(folder)) as url:
            store = connect_server(url)
            rounds = [measure(store, vertices) for _ in range(ROUNDS)]
            store.close()
        found["servers"][version] = {"just started": rounds[0], "warm": rounds[-1]}
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else VERTICES)
