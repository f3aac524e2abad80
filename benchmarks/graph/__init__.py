"""What the embedded graph costs, beside TinkerGraph in a real Gremlin Server on the same machine."""
