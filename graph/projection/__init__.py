"""Lake tables become vertices and edges: SQL that says how, and one function that runs it."""

from graph.projection.run import project

__all__ = ["project"]
