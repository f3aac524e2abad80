"""Figures of the embedded graph in a process of its own: `python -m benchmarks.graph.ours VERTICES EDGES`."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from gremlin_python.process.graph_traversal import GraphTraversalSource, __
from gremlin_python.process.traversal import P

from benchmarks.graph.sample import batches
from graph import Batch, check
from graph.embedded.limits import resident_bytes
from graph.embedded.storage.frames import Base
from graph.projection.run import BATCH_ROWS
from graph.stores.embedded import EmbeddedStore

RUNS: Final = 20
LEAST: Final = 3
ENOUGH_S: Final = 15.0
LONG_S: Final = 30.0
Ask = Callable[[GraphTraversalSource, list[str]], Any]
ASKS: Final[dict[str, Ask]] = {
    "2-hop count from 1,000 vertices": lambda g, ids: g.V(ids).out().out().count().next(),
    "2-hop count from all vertices": lambda g, _: g.V().out().out().count().next(),
    "groupCount() by a property": lambda g, _: g.V().group_count().by("city").next(),
    "has() on a property without index": lambda g, _: g.V().has("age", P.lt(9)).count().next(),
    "has() on an indexed property": lambda g, _: g.V().has("person", "name", "name 777").id_().next(),
    "2-hop list from one vertex": lambda g, _: g.V("v5").out().out().id_().to_list(),
    "repeat(out()).times(4).count()": lambda g, _: g.V().repeat(__.out()).times(4).count().next(),
}


def start_ids(vertices: int) -> list[str]:
    """The thousand vertices that one of the questions begins at."""
    return [f"v{number * 97 % vertices}" for number in range(1000)]


def timed(ask: Callable[[], Any]) -> tuple[Any, float, float]:
    """The answer, and the medians of warm calls in ms and in processor ms of this process.

    Twenty calls, or as many as `ENOUGH_S` allows, but three at least; one where the first took longer than `LONG_S`.
    """
    began, cpu = time.perf_counter(), time.process_time()
    answer = ask()
    first_s, first_cpu_s = time.perf_counter() - began, time.process_time() - cpu
    if first_s > LONG_S:
        return answer, round(first_s * 1000, 4), round(first_cpu_s * 1000, 4)
    for _ in range(3):
        ask()
    seconds: list[float] = []
    cpu_seconds: list[float] = []
    while len(seconds) < RUNS and (len(seconds) < LEAST or sum(seconds) < ENOUGH_S):
        began, cpu = time.perf_counter(), time.process_time()
        ask()
        seconds.append(time.perf_counter() - began)
        cpu_seconds.append(time.process_time() - cpu)
    return answer, round(statistics.median(seconds) * 1000, 4), round(statistics.median(cpu_seconds) * 1000, 4)


def digest(answer: Any) -> str:
    """An answer as text that does not depend on its order."""
    if isinstance(answer, int):
        return json.dumps(answer)
    pairs: Any = answer.items() if hasattr(answer, "items") else answer
    return json.dumps(sorted([item, 0] if isinstance(item, str) else list(item) for item in pairs))


def measure(vertices: int, edges: int) -> dict[str, Any]:
    """Load a graph of this size and ask it everything."""
    sample = batches(vertices, edges)
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder))
        began, cpu = time.perf_counter(), time.process_time()
        store.load(sample)
        load_s, load_cpu_s = time.perf_counter() - began, time.process_time() - cpu
        check_s, check_cpu_s = checking(store, sample)
        store.close()
        del sample
        began = time.perf_counter()
        store = EmbeddedStore(Path(folder))
        open_ms = (time.perf_counter() - began) * 1000
        rows = {name: timed(partial(ask, store.g(), start_ids(vertices))) for name, ask in ASKS.items()}
        found = {
            "vertices": vertices,
            "edges": edges,
            "load_s": round(load_s, 2),
            "load_cpu_s": round(load_cpu_s, 2),
            "loaded_per_s": round((vertices + edges) / load_s),
            "loaded_per_cpu_s": round((vertices + edges) / load_cpu_s),
            "checked_per_s": round((vertices + edges) / check_s),
            "checked_per_cpu_s": round((vertices + edges) / check_cpu_s),
            "open_ms": round(open_ms, 1),
            "file_mb": round(sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6, 1),
            "resident_mb": round(resident_bytes() / 1e6),
            **memory(store._database.newest().graph.base),  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]  # inside
            "ms": {name: ms for name, (_, ms, _) in rows.items()},
            "cpu_ms": {name: ms for name, (_, _, ms) in rows.items()},
            "answers": {name: digest(answer) for name, (answer, _, _) in rows.items()},
        }
        store.close()
    return found


def checking(store: EmbeddedStore, sample: Iterable[Batch]) -> tuple[float, float]:
    """Seconds, and processor seconds, that `check` takes for the whole graph in batches such as a projection makes.

    Raises:
        RuntimeError: the store does not hold the sample.
    """
    parts = (replace(batch, table=batch.table.slice(start, BATCH_ROWS)) for batch in sample for start in _starts(batch))
    began, cpu = time.perf_counter(), time.process_time()
    if not all(item.equal for item in check(store, parts)):
        raise RuntimeError("The store does not hold what was loaded.")
    return time.perf_counter() - began, time.process_time() - cpu


def _starts(batch: Batch) -> range:
    return range(0, batch.table.num_rows, BATCH_ROWS)


def memory(base: Base) -> dict[str, float]:
    """Bytes of what is in memory after all questions: by vertex and by edge, properties apart."""
    properties = sum(
        _bytes(column for column in frame.columns.values()) for frame in (*base.vertex_frames, *base.edge_frames)
    )
    vertices = sum(_bytes([frame.ids]) for frame in base.vertex_frames)
    edges = 0
    for frame in base.edge_frames:
        links = [side for side in (frame.links.__dict__.get("leaving"), frame.links.__dict__.get("reaching")) if side]
        vertices += sum(side.starts.nbytes for side in links)
        edges += sum(side.edges.nbytes + side.others.nbytes for side in links)
        edges += _bytes([frame.links.out, frame.links.in_, frame.ids])
    return {
        "bytes_a_vertex": round(vertices / base.vertex_count, 1),
        "bytes_an_edge": round(edges / base.edge_count, 1),
        "property_bytes_a_vertex": round(properties / base.vertex_count, 1),
    }


def _bytes(columns: Iterable[Any]) -> int:
    """Arrays that have been read, with the indexes made of them."""
    return sum(column.bytes_held() for column in columns)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
