from typing import Any

from gremlin_python.driver.remote_connection import RemoteConnection
from gremlin_python.process.graph_traversal import GraphTraversalSource

class AnonymousTraversalSource:
    def with_(self, k: RemoteConnection | str, v: Any = ...) -> GraphTraversalSource: ...
    def with_remote(self, remote_connection: RemoteConnection) -> GraphTraversalSource: ...

def traversal(traversal_source_class: type[GraphTraversalSource] = ...) -> AnonymousTraversalSource: ...
