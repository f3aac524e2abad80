"""Where a graph can live: in this process, or on a Gremlin Server."""
