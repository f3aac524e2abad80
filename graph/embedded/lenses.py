"""Which part of the graph SubgraphStrategy and PartitionStrategy show, and what a partition adds to what is written."""

from typing import Any

from graph.embedded.building import passes
from graph.embedded.compiler import Dialect
from graph.embedded.plan import Plan
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.run import Run
from graph.embedded.steps import new_compiler
from graph.embedded.storage.graph import Graph
from graph.embedded.strategies import Configuration, Strategies
from graph.embedded.views import Lens, Sees, View, within_partition


def look_through(run: Run, strategies: Strategies, dialect: Dialect, *, remember: bool) -> None:
    """Let a run read the part of its graph that the strategies show, and write into its partition.

    Args:
        run: not yet begun.
        strategies: from the source.
        dialect: for the traversals that a SubgraphStrategy holds; they see the whole graph.
        remember: whether the graph stays as it is meanwhile.
    """
    builders = (("PartitionStrategy", _partition_lens), ("SubgraphStrategy", _subgraph_lens))
    lenses = tuple(build(strategies[name], run, dialect) for name, build in builders if name in strategies)
    view = View(run.graph, lenses, remember=remember)
    run.graph, run.sees = view, view.sees


def _subgraph_lens(configuration: Configuration, run: Run, dialect: Dialect) -> Lens:
    return Lens(
        vertices=_criterion(configuration.get("vertices"), run.graph, run, dialect),
        edges=_criterion(configuration.get("edges"), run.graph, run, dialect),
        properties=_criterion(configuration.get("vertexProperties"), run.graph, run, dialect),
        whole_edges=configuration.get("checkAdjacentVertices") is not False,
    )


def _criterion(given: Any, graph: Graph, run: Run, dialect: Dialect) -> Sees | None:
    if given is None:
        return None
    if not isinstance(given, Plan):
        raise unsupported("SubgraphStrategy", "a criterion that is no traversal")
    test = passes(new_compiler(dialect).pipeline(given))
    inner = Run(graph=graph, writer=run.writer, tracking=run.tracking)
    return lambda element: bool(test(inner.start(element), inner))


def _partition_lens(configuration: Configuration, run: Run, dialect: Dialect) -> Lens:
    del dialect
    key, written = configuration.get("partitionKey"), configuration.get("writePartition")
    if not isinstance(key, str):
        raise TraversalError("The partition key cannot be null", remedy="Give partition_key.")
    if written is not None:
        run.partition = (key, written)
    run.partition_meta = bool(configuration.get("includeMetaProperties"))
    seen = within_partition(run.graph, key, list(configuration.get("readPartitions") or ()))
    return Lens(vertices=seen, edges=seen, properties=seen if run.partition_meta else None, whole_edges=False)
