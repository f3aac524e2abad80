"""The ontology refuses what does not fit, says why, and describes itself."""

import msgspec
import pyarrow as pa
import pytest

from core.errors import BadInputError
from graph import ONTOLOGY, Batch, EdgeBatch, OntologySettings, VertexBatch, extend, reference_markdown, validate
from graph.ontology import EdgeType, VertexType

CLINIC = {"says": "A place.", "event_type": "visit", "id": ["attributes.clinic"]}
VISITED = {
    "says": "Went there.",
    "event_type": "visit",
    "out": {"label": "Person", "id": ["entity_id"]},
    "in": {"label": "Clinic", "id": ["attributes.clinic"]},
}


def settings(**sections: object) -> OntologySettings:
    """The `[ontology]` section of a c360.toml."""
    return msgspec.convert(sections, OntologySettings)


def vertices(label: str = "Product", **columns: list[object]) -> VertexBatch:
    """A batch of vertices."""
    return VertexBatch(label=label, table=pa.table({"id": ["pr_1"], "uid": ["pr_1"], **columns}))


@pytest.mark.parametrize(
    ("batch", "reason"),
    [
        (vertices("Planet"), "Planet: no such vertex label."),
        (vertices(colour=["red"]), "Product: it has no property colour."),
        (vertices(name=[7]), "Product: name must be string, not int64."),
        (vertices(id=["with space"]), "Product: column id holds something that is no id."),
        (vertices(id=["x\n"]), "Product: column id holds something that is no id."),
        (VertexBatch(label="Product", table=pa.table({"uid": ["a"]})), "Product: column id is missing."),
        (
            EdgeBatch(label="FLEW", out_label="Person", in_label="Person", table=pa.table({})),
            "FLEW: no such edge label.",
        ),
        (
            EdgeBatch(label="DID", out_label="Event", in_label="Person", table=pa.table({})),
            "DID: it may not lead from Event to Person.",
        ),
        (
            EdgeBatch(label="DID", out_label="Person", in_label="Event", table=pa.table({"id": ["a"], "out": ["b"]})),
            "DID: column in_ is missing.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_batch_that_does_not_fit_is_refused_with_the_reason(batch: Batch, reason: str) -> None:
    """The error names label and column, and nothing of what the batch holds."""
    with pytest.raises(BadInputError) as caught:
        validate(batch, ONTOLOGY)
    assert caught.value.message == reason


def test_a_batch_that_fits_passes() -> None:
    """Absent properties are no fault."""
    validate(vertices(), ONTOLOGY)
    validate(vertices(name=["tea"]), ONTOLOGY)


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"vertices": {"Person": CLINIC}}, "ontology.vertices.Person: is taken"),
        ({"vertices": {"clinic": CLINIC}}, "ontology.vertices.clinic: must look like Clinic"),
        ({"vertices": {"Clinic": CLINIC | {"table": "records"}}}, "Clinic: needs either event_type or table"),
        ({"vertices": {"Clinic": {"says": "", "id": ["at"]}}}, "Clinic: needs either event_type or table"),
        ({"vertices": {"Clinic": {"says": "", "id": ["at"], "table": "rejects"}}}, "Clinic.table: must be one of"),
        ({"vertices": {"Clinic": CLINIC | {"id": ["clinic"]}}}, "Clinic.id: there is no column clinic"),
        ({"vertices": {"Clinic": CLINIC | {"id": ["type.clinic"]}}}, "Clinic.id: there is no column type.clinic"),
        ({"vertices": {"Clinic": CLINIC | {"id": []}}}, "Clinic.id: names no column"),
        ({"edges": {"VISITED": VISITED}}, "VISITED.in.label: must be one of Person, Record, Event"),
        ({"identifier_limits": {"email": 0}}, "identifier_limits.email: must be at least 1"),
    ],
)
def test_an_addition_that_cannot_work_is_refused_by_its_key(section: dict[str, object], message: str) -> None:
    """The message names the key of c360.toml."""
    with pytest.raises(BadInputError, match="ontology") as caught:
        extend(settings(**section))
    assert message in caught.value.message


def test_what_a_workspace_adds_is_described_like_the_rest() -> None:
    """Added labels appear in the reference page with their properties."""
    clinic = CLINIC | {"properties": {"name": {"type": "String", "column": "attributes.clinic", "says": "Its name."}}}
    page = reference_markdown(extend(settings(vertices={"Clinic": clinic}, edges={"VISITED": VISITED})))
    assert "### Clinic\n\nA place.\n" in page
    assert "| `name` | String | Its name. |" in page
    assert "### VISITED\n\nPerson → Clinic. Went there." in page


def test_the_reference_page_names_every_label_and_property() -> None:
    """Nothing of the ontology is left out of its page."""
    page = reference_markdown(ONTOLOGY)
    items: list[VertexType | EdgeType] = [*ONTOLOGY.vertices.values(), *ONTOLOGY.edges.values()]
    for item in items:
        assert f"### {item.label}\n" in page
        assert all(f"| `{known.name}` | {known.type} | {known.says} |" in page for known in item.properties)
