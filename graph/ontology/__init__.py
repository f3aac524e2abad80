"""What the graph may hold: labels, properties, ends and types, as one table that validates and documents."""

from graph.ontology.extension import extend
from graph.ontology.reference import reference_markdown
from graph.ontology.settings import OntologySettings
from graph.ontology.table import ONTOLOGY
from graph.ontology.types import EdgeType, Ontology, Property, VertexType
from graph.ontology.validation import validate

__all__ = [
    "ONTOLOGY",
    "EdgeType",
    "Ontology",
    "OntologySettings",
    "Property",
    "VertexType",
    "extend",
    "reference_markdown",
    "validate",
]
