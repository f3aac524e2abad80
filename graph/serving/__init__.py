"""A graph store behind Gremlin Server's WebSocket protocol, for drivers in any language.

GraphBinary 1 and GraphSON 3, bytecode and gremlin-lang text, which is parsed and never evaluated; SASL PLAIN. Nothing
here opens a port: `gremlin_app` makes an ASGI application.

Source: Apache TinkerPop, Provider Documentation, Graph Driver Provider Requirements.
"""

from graph.serving.app import gremlin_app
from graph.serving.contract import Authenticate, ServingSettings

__all__ = ["Authenticate", "ServingSettings", "gremlin_app"]
