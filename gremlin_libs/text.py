"""Gremlin as text, read into a traversal that only reads: parsed by `graph.text`, never evaluated."""

from typing import Final

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource
from gremlin_python.process.traversal import Bytecode

from core.errors import BadInputError
from graph.text import WRITING, read, step_names

TERMINALS: Final = frozenset({"toList"})
LONGEST: Final = 20_000
REFUSED: Final = WRITING | {"io", "call", "program"}


def parse(text: str, g: GraphTraversalSource) -> GraphTraversal:
    """Read Gremlin text such as `g.V().hasLabel('Person').limit(3).valueMap()`.

    Args:
        text: at most `LONGEST` characters.
        g: the source it is asked of.

    Raises:
        BadInputError: it cannot be read, and the message says where and why; or it would write.
    """
    query = read(text, longest=LONGEST)
    if query.terminal not in TERMINALS:
        raise BadInputError(f"{query.terminal}() is not read here.", remedy="End with toList() or with nothing.")
    refused = sorted(REFUSED.intersection(step_names(query.bytecode)))
    if refused or not query.bytecode.step_instructions:
        raise BadInputError(f"'{', '.join(refused) or 'tx'}' is refused here.", remedy="Only reading is allowed.")
    bytecode = Bytecode(g.bytecode)
    bytecode.source_instructions += query.bytecode.source_instructions
    bytecode.step_instructions += query.bytecode.step_instructions
    return GraphTraversal(g.graph, g.traversal_strategies, bytecode)
