"""The ontology as a reference page, in Markdown."""

from graph.ontology.types import EdgeType, Ontology, Property, VertexType

HEAD = """# Ontology

What the graph is made of. Written from `graph/ontology`; `make check` fails when the two differ.

Every property has a single value and is absent where nothing is known. Times are Long epoch milliseconds under names
that end in `_ts`. Ids are strings of `a-z`, `0-9` and `_`, at most 64 long, without personal data; every vertex carries
its id again in `uid`. An edge's id is SHA-256 of its label and ends (`x_…`). A projection writes every label there is
something to say of.
"""


def reference_markdown(ontology: Ontology) -> str:
    """Describe every label, its properties and its ends, in the order of the ontology."""
    vertices = "\n".join(_vertex(vertex) for vertex in ontology.vertices.values())
    edges = "\n".join(_edge(edge) for edge in ontology.edges.values())
    return f"{HEAD}\n## Vertices\n\n{vertices}\n## Edges\n\n{edges}"


def _vertex(vertex: VertexType) -> str:
    return f"### {vertex.label}\n\n{vertex.says}\n\nIds: {vertex.ids}.\n\n{_properties(vertex.properties)}"


def _edge(edge: EdgeType) -> str:
    ends = ", ".join(f"{out} → {into}" for out, into in edge.ends)
    return f"### {edge.label}\n\n{ends}. {edge.says}\n\n{_properties(edge.properties)}"


def _properties(properties: tuple[Property, ...]) -> str:
    if not properties:
        return ""
    rows = "\n".join(f"| `{item.name}` | {item.type} | {item.says} |" for item in properties)
    return f"| property | type | |\n|---|---|---|\n{rows}\n"
