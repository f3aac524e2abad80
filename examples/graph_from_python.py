"""Use the embedded graph by itself: load Arrow tables, ask with gremlinpython, write in a transaction.

Run it with `python examples/graph_from_python.py`; it needs no server and no Java.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from gremlin_python.process.graph_traversal import __
from gremlin_python.process.traversal import P

from graph import Batch, EdgeBatch, GraphSettings, VertexBatch, open_embedded
from graph.contract import TraversalLimits

PEOPLE = pa.table({"id": ["ada", "ben", "cleo"], "name": ["Ada", "Ben", "Cleo"], "age": [36, 41, 29]})
KNOWN = pa.table({"id": ["k1", "k2"], "out": ["ada", "ben"], "in_": ["ben", "cleo"], "since": [2019, 2021]})
BATCHES: list[Batch] = [
    VertexBatch(label="person", table=PEOPLE),
    EdgeBatch(label="knows", out_label="person", in_label="person", table=KNOWN),
]

with TemporaryDirectory() as folder:
    store = open_embedded(Path(folder), GraphSettings(limits=TraversalLimits(evaluation_s=5)))
    print(store.load(BATCHES))

    g = store.g()
    print(g.V().has("person", "age", P.gt(30)).order().by("age").values("name").to_list())
    print(g.V("ada").repeat(__.out("knows")).emit().path().by("name").to_list())

    transaction = g.tx()
    inside = transaction.begin()
    inside.add_v("person").property("name", "Dora").iterate()
    print("before the commit:", g.V().count().next(), "of", inside.V().count().next())
    transaction.commit()
    print("after it:", g.V().count().next())
    store.close()
