"""Asks a served graph by graph-notebook's magics, as cells of a notebook do. Runs in graph-notebook's own environment.

`python ask.py PORT PASSWORD SERIALIZER QUERY` prints a JSON object: `results` as the notebook keeps them, as text, and
how many `nodes` and `edges` it draws of them.
"""

import json
import sys
from importlib import import_module  # these libraries are of that environment, so no type checker sees them


def main(port: str, password: str, form: str, query: str) -> None:
    """Configure the notebook for this graph, run one cell, and draw what it gave."""
    shell = import_module("IPython.core.interactiveshell").InteractiveShell.instance()
    shell.run_line_magic("load_ext", "graph_notebook.magics")
    gremlin = {"traversal_source": "g", "username": "ann", "password": password, "message_serializer": form}
    config = {"host": "127.0.0.1", "port": int(port), "ssl": False, "gremlin": gremlin}
    shell.run_cell_magic("graph_notebook_config", "", json.dumps(config))
    shell.run_cell_magic("gremlin", "--store-to found", query)
    network = import_module("graph_notebook.network.gremlin.GremlinNetwork").GremlinNetwork()
    found = shell.user_ns["found"]
    network.add_results(found)
    drawn = {"nodes": len(network.graph.nodes), "edges": len(network.graph.edges)}
    sys.stdout.write("\n" + json.dumps({"results": [str(item) for item in found], **drawn}))


if __name__ == "__main__":
    main(*sys.argv[1:])
