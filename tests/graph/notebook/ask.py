"""Asks a served graph by graph-notebook's magics, as cells of a notebook do. Runs in graph-notebook's own environment.

`python ask.py PORT PASSWORD SERIALIZER QUERY` prints a JSON object: `results` as the notebook keeps them, as text, and
how many `nodes` and `edges` it draws of them.
"""

import json
import sys
from typing import Any

from graph_notebook.network.gremlin.GremlinNetwork import (  # type: ignore[import-not-found]  # of its own environment
    GremlinNetwork,  # pyright: ignore[reportUnknownVariableType]
)
from IPython.core.interactiveshell import (  # type: ignore[import-not-found]  # of its own environment
    InteractiveShell,  # pyright: ignore[reportUnknownVariableType]
)


def main(port: str, password: str, form: str, query: str) -> None:
    """Configure the notebook for this graph, run one cell, and draw what it gave."""
    shell: Any = InteractiveShell.instance()  # pyright: ignore[reportUnknownMemberType]
    shell.run_line_magic("load_ext", "graph_notebook.magics")
    gremlin = {"traversal_source": "g", "username": "ann", "password": password, "message_serializer": form}
    config = {"host": "127.0.0.1", "port": int(port), "ssl": False, "gremlin": gremlin}
    shell.run_cell_magic("graph_notebook_config", "", json.dumps(config))
    shell.run_cell_magic("gremlin", "--store-to found", query)
    found, network = shell.user_ns["found"], GremlinNetwork()
    network.add_results(found)
    drawn = {"nodes": len(network.graph.nodes), "edges": len(network.graph.edges)}
    sys.stdout.write("\n" + json.dumps({"results": [str(item) for item in found], **drawn}))


if __name__ == "__main__":
    main(*sys.argv[1:])
