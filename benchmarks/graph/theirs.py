"""The same questions to TinkerGraph in a Gremlin Server: timed over the wire, and inside the server by a script."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from gremlin_python.driver.client import Client  # noqa: TID251 (it measures the driver)
from gremlin_python.driver.driver_remote_connection import DriverRemoteConnection  # noqa: TID251 (as above)
from gremlin_python.process.anonymous_traversal import traversal

from benchmarks.graph.ours import ASKS, ENOUGH_S, LEAST, LONG_S, RUNS, digest, start_ids, timed
from benchmarks.graph.sample import GROOVY

INSIDE: Final = {
    "2-hop count from 1,000 vertices": "g.V(ids).out().out().count().next()",
    "2-hop count from all vertices": "g.V().out().out().count().next()",
    "repeat(out()).times(4).count()": "g.V().repeat(__.out()).times(4).count().next()",
    "groupCount() by a property": "g.V().groupCount().by('city').next()",
    "has() on a property without index": "g.V().has('age', P.lt(9)).count().next()",
    "has() on an indexed property": "g.V().has('person', 'name', 'name 777').id().next()",
    "2-hop list from one vertex": "g.V('v5').out().out().id().toList()",
}
SCRIPT: Final = """
def ids = (0..<1000).collect {{ 'v' + ((it * 97) % {vertices}) }}
def ask = {{ -> {ask} }}
def timed = {{ int most, double enough ->
    def found = []
    long first = System.nanoTime()
    while (found.size() < most && (found.size() < {least} || System.nanoTime() - first < enough * 1e9)) {{
        long began = System.nanoTime(); ask(); found << System.nanoTime() - began
        if (found[-1] > {long} * 1e9) return found
    }}
    found
}}
def first = timed(10, 1.0)
first[-1] > {long} * 1e9 ? first : timed({runs}, {enough})
"""
PATIENCE_MS: Final = 1_200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question to the server.

    Attributes:
        name: of the question.
        inside_ms: in the server.
        wire_ms: through the driver.
        answer: as text that compares.
    """

    name: str
    inside_ms: float
    wire_ms: float
    answer: str


def measure(url: str, vertices: int, edges: int) -> Iterator[Row]:
    """Load the graph into the server by a script and ask it everything, one question after the other."""
    client, connection = Client(url, "g"), DriverRemoteConnection(url, "g")
    g = traversal().with_(connection).with_("evaluationTimeout", PATIENCE_MS)
    try:
        _run(client, GROOVY.format(vertices=vertices, edges=edges))
        for name, ask in ASKS.items():
            inside_ms = _inside_ms(client, INSIDE[name], vertices)
            answer, wire_ms, _ = timed(partial(ask, g, start_ids(vertices)))
            yield Row(name=name, inside_ms=inside_ms, wire_ms=wire_ms, answer=digest(answer))
    finally:
        client.close()
        connection.close()


def _inside_ms(client: Client, ask: str, vertices: int) -> float:
    script = SCRIPT.format(vertices=vertices, ask=ask, runs=RUNS, least=LEAST, enough=ENOUGH_S, long=LONG_S)
    times: list[Any] = _run(client, script)
    return round(statistics.median(float(time) for time in times) / 1e6, 4)


def _run(client: Client, script: str) -> list[Any]:
    options = {"language": "gremlin-groovy", "evaluationTimeout": PATIENCE_MS}
    found: list[Any] = client.submit(script, request_options=options).all().result()
    return found
