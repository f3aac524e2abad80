"""How fast elements are upserted into a real Gremlin Server: `python -m benchmarks.graph_upserts [vertices]`.

Starts TinkerPop's server with TinkerGraph on this machine, so client and server share its cores.
"""

import json
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from graph import Batch, EdgeBatch, VertexBatch, connect_server
from tests.gremlin_server import VERSIONS, running_server

VERTICES = 20_000


def batches(vertices: int, visits: int) -> list[Batch]:
    """People with three properties, and one edge from each to the next; `visits` is what a later run changes."""
    ids = [f"e_{number}" for number in range(vertices)]
    people = {"id": ids, "uid": ids, "city": [f"city {number % 100}" for number in range(vertices)]}
    edges = {"id": [f"x_{number}" for number in range(vertices)], "out": ids, "in_": [*ids[1:], ids[0]]}
    return [
        VertexBatch(label="Person", table=pa.table(people | {"visits": [visits] * vertices})),
        EdgeBatch(label="KNOWS", out_label="Person", in_label="Person", table=pa.table(edges)),
    ]


def main(vertices: int) -> None:
    """Load into an empty graph, again unchanged, and again with one property changed."""
    found: dict[str, object] = {
        "at": datetime.now(UTC).isoformat(),
        "machine": platform.platform(),
        "vertices": vertices,
    }
    found |= {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "server": VERSIONS[0]}
    with tempfile.TemporaryDirectory() as folder, running_server(VERSIONS[0], Path(folder)) as url:
        store = connect_server(url)
        for name, visits, elements in (
            ("new", 1, 2 * vertices),
            ("unchanged", 1, 2 * vertices),
            ("changed", 2, vertices),
        ):
            start = time.perf_counter()
            store.load(batches(vertices, visits))
            found[f"{name}_per_s"] = round(elements / (time.perf_counter() - start))
        store.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else VERTICES)
