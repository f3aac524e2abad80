"""The fast path: whole columns and adjacency instead of one traverser after the other, with the same answers."""

from graph.embedded.vectors.program import Program, program

__all__ = ["Program", "program"]
