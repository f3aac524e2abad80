from typing import Any

from gremlin_python.driver.remote_connection import RemoteConnection

class DriverRemoteConnection(RemoteConnection):
    def __init__(self, url: str, traversal_source: str = ..., **kwargs: Any) -> None: ...
    def close(self) -> None: ...
