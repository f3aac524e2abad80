from gremlin_python.process.graph_traversal import GraphTraversal
from gremlin_python.process.traversal import TraversalStrategy

class SubgraphStrategy(TraversalStrategy):
    def __init__(
        self,
        vertices: GraphTraversal | None = ...,
        edges: GraphTraversal | None = ...,
        vertex_properties: GraphTraversal | None = ...,
    ) -> None: ...
