"""The ontology of every workspace, before it adds its own."""

from typing import Final

from graph.ontology.edges import EDGES
from graph.ontology.types import Ontology
from graph.ontology.vertices import VERTICES

ONTOLOGY: Final = Ontology(
    vertices={vertex.label: vertex for vertex in VERTICES}, edges={edge.label: edge for edge in EDGES}
)
