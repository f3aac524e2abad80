"""The page `docs/reference/graph-speed.md`, from what the benchmarks of the graph measured last."""

import json
from pathlib import Path
from typing import Any, Final

from benchmarks.surroundings import written

RESULTS: Final = Path(__file__).parents[1] / "results"


def graph_page() -> str:
    """What `make bench-graph` measured last."""
    path = RESULTS / "graph.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    head = (
        "# Speed of the embedded graph\n\nMeasured by `make bench-graph`: medians of twenty warm calls, or of as many"
        " as fifteen seconds allow (three at least; one where it takes longer than half a minute). Wall times are"
        " those of a shared machine whose load is given; compare within one table.\n"
    )
    if not found:
        return head + "\nNothing has been measured yet.\n"
    compared = _graph_compared(found["compared"]) if "compared" in found else ""
    sizes = _graph_sizes([one for name, one in found.items() if name.startswith("edges_")])
    return head + compared + sizes + _graph_upserts()


def _where(found: dict[str, Any]) -> str:
    said = found["machine"]
    return f"{written(found)}, version {said['version']}, load {said['load']}, {said['date']}"


def _graph_compared(found: dict[str, Any]) -> str:
    ours, theirs = found["embedded"], found["tinkergraph"]
    rows = "".join(
        f"| {name} | {ms:.3g} | {ours['cpu_ms'][name]:.3g} |"
        f" {theirs['inside_ms'][name]:.3g} | {theirs['wire_ms'][name]:.3g} |"
        f" {theirs['inside_ms'][name] / ms:.1f} | {'yes' if found['same_answers'][name] else 'no'} |\n"
        for name, ms in ours["ms"].items()
        if name in theirs["inside_ms"]
    )
    return (
        f"\n## Beside TinkerGraph {found['server']}\n\n{ours['vertices']:,} vertices with three properties,"
        f" {ours['edges']:,} edges; ms. {_where(found)}.\n\n"
        "| question | embedded | its processor time | TinkerGraph, inside the server | over the wire |"
        " times faster than inside | same answer |\n"
        f"|---|---|---|---|---|---|---|\n{rows}"
    )


def _graph_upserts() -> str:
    path = RESULTS / "graph_upserts.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows = "".join(
        f"| {version}, {state} | " + " | ".join(f"{one['per_s']:,}" for one in rates.values()) + " |\n"
        for version, states in found["servers"].items()
        for state, rates in states.items()
    )
    return (
        "\n## Upserts to a Gremlin Server\n\nMeasured by `python -m benchmarks.graph_upserts`: elements a second,"
        f" client and server on one machine, {found['vertices']:,} vertices with three properties and as many edges,"
        f" four connections. {_where(found)}.\n\n"
        "| server | new | unchanged | changed | `c360 graph check` |\n|---|---|---|---|---|\n" + rows
    )


def _graph_sizes(found: list[dict[str, Any]]) -> str:
    if not found:
        return ""
    found = sorted(found, key=lambda one: one["edges"])
    lines = {
        "vertices": "vertices",
        "seconds to load": "load_s",
        "processor seconds to load": "load_cpu_s",
        "elements loaded a second": "loaded_per_s",
        "elements loaded a processor second": "loaded_per_cpu_s",
        "elements checked a second (`c360 graph check`)": "checked_per_s",
        "elements checked a processor second": "checked_per_cpu_s",
        "ms to open": "open_ms",
        "file, MB": "file_mb",
        "process, MB": "resident_mb",
        "bytes a vertex, without properties": "bytes_a_vertex",
        "bytes an edge, without properties": "bytes_an_edge",
        "bytes of properties a vertex, with indexes": "property_bytes_a_vertex",
    }
    rows = [_line(name, [f"{one[key]:,}" for one in found]) for name, key in lines.items()]
    rows += [_line(f"{name}, ms", [f"{one['ms'][name]:.3g}" for one in found]) for name in found[0]["ms"]]
    rows += [_line(f"{name}, processor ms", [f"{one['cpu_ms'][name]:.3g}" for one in found]) for name in found[0]["ms"]]
    where = "; ".join(f"{one['edges']:,} edges: {_where(one)}" for one in found)
    head = _line("edges", [f"{one['edges']:,}" for one in found]) + f"|---|{'---|' * len(found)}\n"
    return f"\n## By size\n\n{where}.\n\n{head}" + "".join(rows)


def _line(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |\n"
