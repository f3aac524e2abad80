"""Gremlin as text: read by a grammar into bytecode, never evaluated. Nothing is run from here.

The grammar is gremlin-lang's, the language that Gremlin Server 3.8 and Neptune read. Closures, variables of Groovy and
every other kind of code are no part of it.

Source: Apache TinkerPop, gremlin-language, Gremlin.g4.
"""

from graph.text.names import WRITING, step_names
from graph.text.query import Query, read
from graph.text.tokens import GremlinSyntaxError

__all__ = ["WRITING", "GremlinSyntaxError", "Query", "read", "step_names"]
